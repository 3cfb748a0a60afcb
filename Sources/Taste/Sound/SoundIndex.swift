/// The sounds of a catalog as points of one embedding space, for the exact nearest neighbours of a point.
///
/// Every point is compared: nothing is built that could miss one. Each coordinate is kept in 8 bits, which all rows are compared
/// by, and what they leave out in 8 more, which only the rows are compared by that could be among the nearest. How much a code
/// blurs is known, so that what is left after that are, for certain, the nearest and hardly any others; their coordinates as they
/// are stored decide. 100,000 points of 512 coordinates take 105 MB.
public struct SoundIndex: Sendable {
    /// Room for what is lost in the arithmetic of 32 bits, as a cosine.
    private static let slack: Float = 2e-6

    /// How many coordinates a point of this space has.
    public let dimensions: Int
    /// Blocks of a point.
    private let size: Int
    /// In rising order.
    private var ids: [TrackID] = []
    /// The codes of all points, one point after the other.
    private var codes = Codes()
    /// How far the code of each point lies from the point.
    private var errors: [Float] = []
    /// The codes of what the codes leave out.
    private var rests = Codes()
    /// How far the two codes of any point lie from it at most.
    private var restError: Float = 0

    /// Codes, and what a unit of each is.
    fileprivate struct Codes {
        var blocks: [CodedSound.Block] = []
        var scales: [Float] = []
    }

    /// Creates an index without points.
    ///
    /// - Parameters:
    ///   - dimensions: Coordinates of a point.
    ///   - capacity: How many points are expected.
    public init(dimensions: Int, capacity: Int = 0) {
        self.dimensions = dimensions
        size = CodedSound.blocks(of: dimensions)
        ids.reserveCapacity(capacity)
        errors.reserveCapacity(capacity)
        codes.reserve(capacity, size)
        rests.reserve(capacity, size)
    }

    /// How many points it has.
    public var count: Int { ids.count }

    /// Adds the point of a track. Tracks come in the order of their ids; a point of another space is left out.
    public mutating func add(_ id: TrackID, _ point: SoundPoint) {
        guard point.values.count == dimensions, ids.last?.rawValue ?? .min < id.rawValue else { return }
        let code = CodedSound(point.unit)
        let rest = CodedSound(code.rest)
        ids.append(id)
        codes.append(code)
        errors.append(code.error)
        rests.append(rest)
        restError = max(restError, rest.error)
    }

    /// The tracks that can be among the nearest to a point, in no order: those that are, and hardly any others.
    ///
    /// - Parameters:
    ///   - point: A point of the same space.
    ///   - limit: How many neighbours are wanted.
    ///   - isAllowed: Which tracks count.
    /// - Returns: The tracks; none for a point of another space.
    public func candidates(near point: SoundPoint, limit: Int, among isAllowed: (TrackID) -> Bool) -> [TrackID] {
        guard point.values.count == dimensions, limit > 0, !ids.isEmpty else { return [] }
        let query = CodedSound(point.unit)
        let rest = CodedSound(query.rest)
        let (spread, spreadRest) = (CodedSound.spread(query.blocks), CodedSound.spread(rest.blocks))
        // |q·x - q̂·x̂| ≤ |q̂|·|x - x̂| + |q - q̂|·|x|, where q and x have length 1, and q̂ and x̂ are their codes.
        let (blur, restBlur) = (query.error + Self.slack, rest.error + Self.slack)
        let coarse = ids.indices.map { codes.cosine($0, spread, query.scale) }
        let rows = likely(limit, of: ids.indices) { row in
            (coarse[row], (1 + blur) * errors[row] + blur)
        } isAllowed: {
            isAllowed(ids[$0])
        }
        let fine = rows.map { row in
            coarse[row] + codes.cosine(row, spreadRest, rest.scale) + rests.cosine(row, spread, query.scale)
                + rests.cosine(row, spreadRest, rest.scale)
        }
        let bound = (1 + restBlur) * restError + restBlur
        return likely(limit, of: rows.indices, cosine: { (fine[$0], bound) }).map { ids[rows[$0]] }
    }

    /// Puts tracks in the order of their exact nearness to a point, the nearest first and of equal ones the lower id.
    ///
    /// - Parameters:
    ///   - tracks: What ``candidates(near:limit:among:)`` found, with their points as they are stored.
    ///   - point: The same point.
    ///   - limit: How many are wanted.
    /// - Returns: The nearest tracks.
    public static func nearest(
        _ tracks: [(id: TrackID, point: SoundPoint)], to point: SoundPoint, limit: Int
    ) -> [TrackID] {
        tracks.map { (cosine: $0.point.cosine(to: point), id: $0.id) }
            .sorted { ($1.cosine, $0.id) < ($0.cosine, $1.id) }
            .prefix(limit).map(\.id)
    }

    /// About how near two tracks are, -1…1; nil when one of them has no point here.
    public func nearness(of first: TrackID, to second: TrackID) -> Float? {
        guard let a = row(of: first), let b = row(of: second) else { return nil }
        let spread = CodedSound.spread(codes.blocks[a * size..<(a + 1) * size])
        return codes.cosine(b, spread, codes.scales[a])
    }

    private func row(of id: TrackID) -> Int? {
        var (low, high) = (0, ids.count)
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low < ids.count && ids[low] == id ? low : nil
    }
}

// The scan.
extension SoundIndex {
    /// The places whose cosine may be among the highest, given each cosine and how far it may be off.
    private func likely(
        _ limit: Int, of places: Range<Int>, cosine: (Int) -> (value: Float, bound: Float),
        isAllowed: (Int) -> Bool = { _ in true }
    ) -> [Int] {
        var sure = TopK<Float>(limit: limit)
        var threshold = -Float.infinity
        for place in places {
            let cosine = cosine(place)
            guard cosine.value - cosine.bound > threshold, isAllowed(place) else { continue }
            sure.offer(cosine.value - cosine.bound)
            threshold = sure.worst ?? threshold
        }
        return places.filter { place in
            let cosine = cosine(place)
            return cosine.value + cosine.bound >= threshold && isAllowed(place)
        }
    }
}

extension SoundIndex.Codes {
    mutating func reserve(_ count: Int, _ size: Int) {
        blocks.reserveCapacity(count * size)
        scales.reserveCapacity(count)
    }

    mutating func append(_ code: CodedSound) {
        blocks += code.blocks
        scales.append(code.scale)
    }

    /// The scalar product of a row and coordinates whose code was spread.
    @inline(__always)
    func cosine(_ row: Int, _ spread: [CodedSound.Spread], _ scale: Float) -> Float {
        let size = spread.count
        let code = blocks.span.extracting(row &* size..<(row &+ 1) &* size)
        return Float(CodedSound.product(code, spread.span)) * scales[row] * scale
    }
}
