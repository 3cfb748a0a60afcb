/// Ward's clustering of unit vectors: the two clusters are merged whose union is the least spread, over and over.
///
/// Distances are updated by the formula of Lance and Williams ("A general theory of classificatory sorting strategies",
/// 1967), so only the pairwise cosines are needed. Each cluster remembers the nearest of those before it, so that a
/// merge looks at few pairs again.
struct WardClustering {
    private var distance: [Float]
    private var members: [[Int]]
    /// For each cluster the nearest one before it; the first has none.
    private var nearest: [Int?]
    private let count: Int

    /// Prepares `count` items.
    ///
    /// - Parameters:
    ///   - count: How many items.
    ///   - cosines: The cosines of an item with all those before it.
    init(count: Int, cosines: (Int) -> [Float]) {
        self.count = count
        members = (0..<count).map { [$0] }
        nearest = Array(repeating: nil, count: count)
        distance = [Float](repeating: 0, count: count * count)
        for a in 0..<count {
            for (b, cosine) in cosines(a).enumerated() {
                distance[a * count + b] = 2 - 2 * cosine
                distance[b * count + a] = distance[a * count + b]
            }
        }
    }

    /// Merges until so many clusters are left.
    ///
    /// - Returns: The items of each.
    consuming func clusters(atMost limit: Int) -> [[Int]] {
        var alive = Array(0..<count)
        for item in alive { nearest[item] = nearest(before: item, alive) }
        while alive.count > max(1, limit), let (a, b) = nearestPair(alive) {
            merge(b, into: a, alive)
            alive.removeAll { $0 == b }
            update(after: b, wentInto: a, alive)
        }
        return alive.map { members[$0] }
    }

    private func nearestPair(_ alive: [Int]) -> (Int, Int)? {
        var found: (Int, Int)?
        var least = Float.infinity
        for b in alive {
            guard let a = nearest[b], distance[b * count + a] < least else { continue }
            least = distance[b * count + a]
            found = (a, b)
        }
        return found
    }

    private func nearest(before item: Int, _ alive: [Int]) -> Int? {
        var found: Int?
        var least = Float.infinity
        for other in alive {
            guard other < item else { break }
            guard distance[item * count + other] < least else { continue }
            least = distance[item * count + other]
            found = other
        }
        return found
    }

    /// Puts right what a merge made wrong: the union is elsewhere, and may be nearer now.
    private mutating func update(after gone: Int, wentInto union: Int, _ alive: [Int]) {
        for item in alive where item >= union {
            guard item != union, let known = nearest[item], known != gone, known != union else {
                nearest[item] = nearest(before: item, alive)
                continue
            }
            let (before, now) = (distance[item * count + known], distance[item * count + union])
            if now < before || now == before && union < known { nearest[item] = union }
        }
    }

    private mutating func merge(_ b: Int, into a: Int, _ alive: [Int]) {
        let sizeA = Float(members[a].count)
        let sizeB = Float(members[b].count)
        let between = distance[a * count + b]
        for other in alive where other != a && other != b {
            let size = Float(members[other].count)
            let joined =
                ((sizeA + size) * distance[a * count + other] + (sizeB + size) * distance[b * count + other] - size
                    * between)
                / (sizeA + sizeB + size)
            distance[a * count + other] = joined
            distance[other * count + a] = joined
        }
        members[a] += members[b]
    }
}
