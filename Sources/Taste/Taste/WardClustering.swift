/// Ward's clustering of unit vectors: the two clusters are merged whose union is the least spread, over and over.
///
/// Distances are updated by the formula of Lance and Williams ("A general theory of classificatory sorting strategies",
/// 1967), so only the pairwise cosines are needed. Cubic at worst, which for some 150 members is a few milliseconds.
struct WardClustering {
    private var distance: [Float]
    private var members: [[Int]]
    private let count: Int

    /// Prepares `count` items.
    ///
    /// - Parameters:
    ///   - count: How many items.
    ///   - cosine: The cosine of two items.
    init(count: Int, cosine: (Int, Int) -> Float) {
        self.count = count
        members = (0..<count).map { [$0] }
        distance = [Float](repeating: 0, count: count * count)
        for a in 0..<count {
            for b in 0..<a {
                distance[a * count + b] = 2 - 2 * cosine(a, b)
                distance[b * count + a] = distance[a * count + b]
            }
        }
    }

    /// Merges until so many clusters are left.
    ///
    /// - Returns: The items of each.
    consuming func clusters(atMost limit: Int) -> [[Int]] {
        var alive = Array(0..<count)
        while alive.count > max(1, limit) {
            guard let (a, b) = nearestPair(alive) else { break }
            merge(b, into: a, alive)
            alive.removeAll { $0 == b }
        }
        return alive.map { members[$0] }
    }

    private func nearestPair(_ alive: [Int]) -> (Int, Int)? {
        var nearest: (Int, Int)?
        var least = Float.infinity
        for (position, a) in alive.enumerated() {
            for b in alive[..<position] where distance[a * count + b] < least {
                least = distance[a * count + b]
                nearest = (b, a)
            }
        }
        return nearest
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
