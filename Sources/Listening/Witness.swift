/// A stretch of time in which a speaker was seen playing a track, on the clock that only runs.
struct Stretch: Codable, Equatable, Sendable {
    /// Where it began and ended, in seconds.
    var from: Double
    var to: Double
    /// Who said so.
    var reporter: String
    /// The speaker whose listen it belongs to, when it was played along with that one.
    var lead: String?

    var seconds: Double { to - from }
}

/// All stretches of a play; everything that counts is derived from them.
struct Witness: Codable, Equatable, Sendable {
    /// Older stretches are kept as sums beyond this many.
    private static let limit = 64

    private(set) var stretches: [Stretch] = []
    /// Seconds of stretches that are not kept one by one.
    private var earlierOwnS = 0.0
    private var earlierFollowedS = 0.0

    /// Nothing was seen yet.
    ///
    /// - Parameter followedS: Seconds that were another speaker's before.
    init(followedS: Double = 0) { earlierFollowedS = followedS }

    /// Seconds that are the speaker's own.
    var ownS: Double { earlierOwnS + stretches.reduce(0) { $1.lead == nil ? $0 + $1.seconds : $0 } }
    /// Seconds that were played along with another speaker.
    var followedS: Double { earlierFollowedS + stretches.reduce(0) { $1.lead == nil ? $0 : $0 + $1.seconds } }
    /// Seconds of both.
    var totalS: Double { earlierOwnS + earlierFollowedS + stretches.reduce(0) { $0 + $1.seconds } }
    /// When the track was first seen playing, as far as that is kept.
    var start: Double? { stretches.first?.from }
    /// When the track was last seen playing.
    var end: Double? { stretches.last?.to }

    mutating func add(_ stretch: Stretch) {
        guard stretch.to > stretch.from else { return }
        if let last = stretches.last, last.to == stretch.from, last.reporter == stretch.reporter,
            last.lead == stretch.lead
        {
            stretches[stretches.count - 1].to = stretch.to
            return
        }
        stretches.append(stretch)
        guard stretches.count > Self.limit else { return }
        let oldest = stretches.removeFirst()
        if oldest.lead == nil { earlierOwnS += oldest.seconds } else { earlierFollowedS += oldest.seconds }
    }

    /// Takes back what lies after a time.
    mutating func cut(at time: Double) {
        while let last = stretches.last, last.to > time {
            if last.from < time {
                stretches[stretches.count - 1].to = time
            } else {
                stretches.removeLast()
            }
        }
    }

    /// This, and then what another speaker saw after it.
    func followed(by other: Witness) -> Witness {
        var all = self
        let end = end ?? -.infinity
        for stretch in other.stretches where stretch.to > end {
            all.add(Stretch(from: max(stretch.from, end), to: stretch.to, reporter: stretch.reporter))
        }
        return all
    }

    mutating func shift(by seconds: Double) {
        for index in stretches.indices {
            stretches[index].from += seconds
            stretches[index].to += seconds
        }
    }
}
