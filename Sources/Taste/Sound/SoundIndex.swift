/// The sounds of a catalog as points of one embedding space, for the exact nearest neighbours of a point.
///
/// Every point is compared: nothing is built that could miss one. Each coordinate is kept in 8 bits, which all rows are compared
/// by, and what they leave out in 8 more. Only the rows that could be among the nearest are compared by those, too. The error of a
/// code is known, so the nearest are found for certain, and few others with them. Where the errors leave the order of two rows
/// open, their coordinates as they are stored decide. 100,000 points of 512 coordinates take about 100 MB.
public struct SoundIndex: Sendable {
    /// Room for what is lost in the arithmetic of 32 bits, as a cosine.
    private static let slack: Float = 2e-6

    /// How many coordinates a point of this space has.
    public let dimensions: Int
    /// Blocks of a point.
    private let size: Int
    /// In rising order.
    private var ids: [TrackID] = []
    /// The codes of all points.
    private var codes = Codes()
    /// The codes of what the codes leave out.
    private var rests = Codes()

    /// Codes, one after the other.
    fileprivate struct Codes {
        var blocks: [CodedSound.Block] = []
        /// What a unit of each code is.
        var scales: [Float] = []
        /// How far each code lies from what it is a code of.
        var errors: [Float] = []
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
        codes.reserve(capacity, size)
        rests.reserve(capacity, size)
    }

    /// How many points it has.
    public var count: Int { ids.count }

    /// Adds the point of a track. Tracks come in the order of their ids; a point of another space is left out.
    public mutating func add(_ id: TrackID, _ point: SoundPoint) {
        guard point.values.count == dimensions, ids.last?.rawValue ?? .min < id.rawValue else { return }
        let code = CodedSound(point.unit)
        ids.append(id)
        codes.append(code)
        rests.append(CodedSound(code.rest))
    }

    /// The tracks that can be among the nearest to a point: those that are, and hardly any others.
    ///
    /// - Parameters:
    ///   - point: A point of the same space.
    ///   - limit: How many neighbours are wanted.
    ///   - isAllowed: Which tracks count.
    /// - Returns: The tracks; none for a point of another space.
    public func candidates(near point: SoundPoint, limit: Int, among isAllowed: (TrackID) -> Bool) -> SoundCandidates {
        guard point.values.count == dimensions, limit > 0, !ids.isEmpty else { return SoundCandidates([], limit: 0) }
        let query = CodedSound(point.unit)
        let rest = CodedSound(query.rest)
        let factor = CodedSound.Factor(query.blocks, scale: query.scale)
        let restFactor = CodedSound.Factor(rest.blocks, scale: rest.scale)
        // |q·x - q̂·x̂| ≤ |q̂|·|x - x̂| + |q - q̂|·|x|, where q and x have length 1, and q̂ and x̂ are their codes.
        let (blur, restBlur) = (query.error + Self.slack, rest.error + Self.slack)
        var coarse = LikelyRows(limit: limit)
        let cosines = codes.cosines(factor)
        for row in ids.indices {
            coarse.offer(row, cosines[row], (1 + blur) * codes.errors[row] + blur) { isAllowed(ids[row]) }
        }
        var fine = LikelyRows(limit: limit)
        for (row, cosine, _) in coarse.rows {
            let left = codes.cosine(row, restFactor) + rests.cosine(row, factor) + rests.cosine(row, restFactor)
            fine.offer(row, cosine + left, (1 + restBlur) * rests.errors[row] + restBlur) { true }
        }
        return SoundCandidates(
            fine.rows.map { (ids[$0.row], 2 * $0.cosine - $0.most, $0.most) }, limit: limit)
    }

    /// About how near two tracks are, -1…1; nil when one of them has no point here.
    public func nearness(of first: TrackID, to second: TrackID) -> Float? {
        guard let a = row(of: first), let b = row(of: second) else { return nil }
        return codes.cosine(b, CodedSound.Factor(codes.blocks[a * size..<(a + 1) * size], scale: codes.scales[a]))
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

/// The rows whose cosine may be among the highest, where each is known up to a bound.
private struct LikelyRows {
    /// The highest cosines, each as low as it may be.
    private var sure: TopK<Float>
    private var threshold = -Float.infinity
    /// What was likely when it was offered: the cosine, and how high it may be.
    private var offered: [(row: Int, cosine: Float, most: Float)] = []

    init(limit: Int) { sure = TopK(limit: limit) }

    /// What is likely now, in no order.
    var rows: [(row: Int, cosine: Float, most: Float)] { offered.filter { $0.most >= threshold } }

    @inline(__always)
    mutating func offer(_ row: Int, _ cosine: Float, _ bound: Float, isAllowed: () -> Bool) {
        guard cosine + bound >= threshold, isAllowed() else { return }
        offered.append((row, cosine, cosine + bound))
        guard cosine - bound > threshold else { return }
        sure.offer(cosine - bound)
        threshold = sure.worst ?? threshold
    }
}

extension SoundIndex.Codes {
    mutating func reserve(_ count: Int, _ size: Int) {
        blocks.reserveCapacity(count * size)
        scales.reserveCapacity(count)
        errors.reserveCapacity(count)
    }

    mutating func append(_ code: CodedSound) {
        blocks += code.blocks
        scales.append(code.scale)
        errors.append(code.error)
    }

    /// The scalar product of each row and other coordinates.
    ///
    /// Four rows that are far from each other are read in turn. One after the other, the processor would wait at each page of
    /// memory.
    func cosines(_ factor: borrowing CodedSound.Factor) -> [Float] {
        var cosines = [Float](repeating: 0, count: scales.count)
        let quarter = (scales.count + 3) / 4
        for first in 0..<quarter {
            for row in stride(from: first, to: scales.count, by: quarter) { cosines[row] = cosine(row, factor) }
        }
        return cosines
    }

    /// The scalar product of a row and other coordinates.
    @inline(__always)
    func cosine(_ row: Int, _ factor: borrowing CodedSound.Factor) -> Float {
        let size = factor.count
        let code = blocks.span.extracting(row &* size..<(row &+ 1) &* size)
        return CodedSound.product(code, factor) * scales[row] * factor.scale
    }
}
