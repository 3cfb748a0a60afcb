import Foundation

/// A way to forget: how much a play weighs by its age.
///
/// Each is a non-negative fit of the seven counters of ``PlayCounters``, scaled to a sum of 1: to the power law
/// (days + τ)^-d, or to a half-life.
public struct Kernel: Equatable, Sendable {
    /// Exponent and offset of the power law, as in `(1.25,3)`, or the half-life, as in `7 d`.
    public let name: String
    let weights: SIMD8<Double>

    private init(_ name: String, _ weights: SIMD8<Double>) {
        self.name = name
        self.weights = weights
    }

    /// All kernels.
    public static let all = [
        Kernel("(0.5,1)", SIMD8(0.41727, 0.24728, 0.17141, 0.07931, 0.04303, 0.02466, 0.01706, 0)),
        Kernel("(0.5,3)", SIMD8(0.13922, 0.33735, 0.24659, 0.13679, 0.06849, 0.04385, 0.02772, 0)),
        Kernel("(0.5,10)", SIMD8(0, 0.17996, 0.33614, 0.23022, 0.12363, 0.07919, 0.05086, 0)),
        Kernel("(0.75,1)", SIMD8(0.58913, 0.2322, 0.11818, 0.03785, 0.01517, 0.00514, 0.00233, 0)),
        Kernel("(0.75,3)", SIMD8(0.24014, 0.41483, 0.2143, 0.08355, 0.03049, 0.01215, 0.00455, 0)),
        Kernel("(0.75,10)", SIMD8(0.00203, 0.29658, 0.39611, 0.18985, 0.07456, 0.02947, 0.01139, 0)),
        Kernel("(1,1)", SIMD8(0.7205, 0.1879, 0.07013, 0.01564, 0.00459, 0.00089, 0.00036, 0)),
        Kernel("(1,3)", SIMD8(0.35137, 0.43245, 0.15781, 0.04331, 0.01144, 0.00283, 0.00078, 0)),
        Kernel("(1,10)", SIMD8(0.00897, 0.41297, 0.39552, 0.13276, 0.03792, 0.00916, 0.00271, 0)),
        Kernel("(1.25,1)", SIMD8(0.81405, 0.14028, 0.03823, 0.00597, 0.00127, 0.00013, 0.00006, 0)),
        Kernel("(1.25,3)", SIMD8(0.46423, 0.40616, 0.10477, 0.02024, 0.00387, 0.00057, 0.00015, 0)),
        Kernel("(1.25,10)", SIMD8(0.02224, 0.51836, 0.35527, 0.08363, 0.01734, 0.00243, 0.00073, 0)),
        Kernel("(1.5,1)", SIMD8(0.87723, 0.10041, 0.01981, 0.00218, 0.00034, 0.00001, 0.00001, 0)),
        Kernel("(1.5,3)", SIMD8(0.57119, 0.35403, 0.06465, 0.00878, 0.00122, 0.0001, 0.00003, 0)),
        Kernel("(1.5,10)", SIMD8(0.04375, 0.60379, 0.29551, 0.04883, 0.00736, 0.00053, 0.00023, 0)),
        Kernel("(2,1)", SIMD8(0.94457, 0.05018, 0.00495, 0.00028, 0.00002, 0, 0, 0)),
        Kernel("(2,3)", SIMD8(0.74807, 0.22933, 0.02109, 0.00142, 0.0001, 0, 0, 0)),
        Kernel("(2,10)", SIMD8(0.11605, 0.69647, 0.1722, 0.01414, 0.00111, 0, 0.00002, 0)),
        Kernel("1 d", SIMD8(1, 0, 0, 0, 0, 0, 0, 0)),
        Kernel("2 d", SIMD8(0.66783, 0.33217, 0, 0, 0, 0, 0, 0)),
        Kernel("4 d", SIMD8(0, 1, 0, 0, 0, 0, 0, 0)),
        Kernel("7 d", SIMD8(0, 0.73834, 0.26166, 0, 0, 0, 0, 0)),
        Kernel("14 d", SIMD8(0, 0.13767, 0.86233, 0, 0, 0, 0, 0)),
        Kernel("30 d", SIMD8(0, 0, 0.68638, 0.31362, 0, 0, 0, 0)),
        Kernel("60 d", SIMD8(0, 0, 0.06394, 0.93606, 0, 0, 0, 0)),
        Kernel("90 d", SIMD8(0, 0, 0, 0.84892, 0.15108, 0, 0, 0)),
        Kernel("180 d", SIMD8(0, 0, 0, 0.34753, 0.65247, 0, 0, 0)),
        Kernel("365 d", SIMD8(0, 0, 0, 0, 0.78863, 0.21137, 0, 0)),
        Kernel("730 d", SIMD8(0, 0, 0, 0, 0.24199, 0.75801, 0, 0)),
        Kernel("all", SIMD8(0, 0, 0, 0, 0, 0, 1, 0)),
    ]

    /// The kernel in use until a profile's own weeks have voted: the best single one for most people.
    static let standard = all[all.firstIndex { $0.name == "(1.25,3)" } ?? 0]
}

/// The counters of a track, faded to a moment.
struct FadedTrack {
    /// What a track that is played for the first time counts more than an old one, as a share.
    private static let novelty = 0.5
    /// Largest ``boost``.
    static let mostBoost = 1 + novelty
    /// How fast a track ceases to be new.
    private static let noveltyHalfLifeS = 30 * 86_400.0

    let id: TrackID
    /// Row in the catalog; nil where it is not in it any more.
    let row: Int32?
    let first: Date
    let last: Date
    let counts: SIMD8<Double>
    /// 1.5 at a track's first play, and half as much above 1 every 30 days.
    let boost: Double

    init(_ id: TrackID, _ counters: PlayCounters, row: Int32? = nil, at time: Date) {
        self.id = id
        self.row = row
        first = counters.first
        last = counters.last
        counts = counters.faded(at: time)
        boost = Self.boost(firstPlayedAt: counters.first, at: time)
    }

    static func boost(firstPlayedAt first: Date, at time: Date) -> Double {
        1 + novelty * exp2(-max(0, time.timeIntervalSince(first)) / noveltyHalfLifeS)
    }
}

extension FadedTrack {
    /// All tracks of a taste in the order of the catalog, because sums of floating-point numbers depend on the order and a
    /// dictionary has none.
    static func all(of taste: ProfileTaste, in index: CatalogIndex, at time: Date) -> [FadedTrack] {
        let tracks = taste.counters.map { FadedTrack($0, $1, row: index.trackRows[$0], at: time) }
        var places = [Int32](repeating: -1, count: index.trackCount)
        var unknown: [FadedTrack] = []
        for (place, track) in tracks.enumerated() {
            if let row = track.row { places[Int(row)] = Int32(place) } else { unknown.append(track) }
        }
        return places.compactMap { $0 < 0 ? nil : tracks[Int($0)] } + unknown.sorted { $0.id < $1.id }
    }
}

/// A weighted sum of kernels, some of which let what was found of late count for more.
struct KernelMixture: Equatable, Sendable {
    /// Weights of the counters for every track.
    var steady = SIMD8<Double>(repeating: 0)
    /// Weights of the counters that count more for new tracks.
    var fresh = SIMD8<Double>(repeating: 0)

    func score(_ track: FadedTrack) -> Double {
        (steady * track.counts).sum() + (fresh * track.counts).sum() * track.boost
    }
}

/// Sums of products of counters over all tracks, from which the length of any kernel's scores follows.
struct CounterProducts {
    private var rows = [SIMD8<Double>](repeating: SIMD8(repeating: 0), count: 7)

    /// Adds up the tracks, in a fixed order.
    init(_ tracks: [FadedTrack], isBoosted: Bool) {
        for track in tracks {
            let counts = isBoosted ? track.counts * track.boost : track.counts
            for row in rows.indices { rows[row] += counts * counts[row] }
        }
    }

    /// √Σ score² of what a kernel scores.
    func length(of kernel: SIMD8<Double>) -> Double {
        rows.indices.reduce(0) { $0 + kernel[$1] * (rows[$1] * kernel).sum() }.squareRoot()
    }
}
