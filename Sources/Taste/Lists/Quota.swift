/// Deals slots to groups in proportion: each slot goes to the group that is furthest behind its share.
struct Quota<Group: Hashable & Comparable> {
    private var shares: [(group: Group, share: Double, got: Double)]
    private var dealt = 0.0

    /// Groups with importances of any scale.
    init(importance: [Group: Double]) {
        let sum = importance.values.reduce(0, +)
        shares = importance.sorted { $0.key < $1.key }.map { ($0.key, sum > 0 ? $0.value / sum : 0, 0) }
    }

    /// The group that gets the next slot; nil when all are closed.
    mutating func next() -> Group? {
        var best: Int?
        for position in shares.indices {
            if let found = best, claim(of: position) <= claim(of: found) { continue }
            best = position
        }
        guard let best else { return nil }
        shares[best].got += 1
        dealt += 1
        return shares[best].group
    }

    /// Takes out a group that has nothing more to give, and its last slot back.
    mutating func close(_ group: Group) {
        shares.removeAll { $0.group == group }
        dealt -= 1
    }

    private func claim(of position: Int) -> Double { shares[position].share * (dealt + 1) - shares[position].got }
}
