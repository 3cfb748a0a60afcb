/// Who is heard next, by who was heard before.
///
/// Whoever does not go on is followed by one of the others, so that the chance to go on is what can be counted in
/// histories: how often two plays with so much time between them are of one person.
struct ListenerTransition {
    /// Chance of each person, then of somebody else, to go on.
    let stay: [Double]
    /// Chances of whoever comes in.
    let arrival: [Double]

    /// What is believed of a play before it is heard.
    ///
    /// - Parameter belief: What is believed of the play before.
    /// - Returns: Chances of each.
    func forward(_ belief: [Double]) -> [Double] {
        let leaving = belief.indices.map { (1 - stay[$0]) * belief[$0] / others(than: $0) }
        let all = leaving.reduce(0, +)
        return belief.indices.map { stay[$0] * belief[$0] + arrival[$0] * (all - leaving[$0]) }
    }

    /// What a play and all after it say of the play before.
    ///
    /// - Parameter likelihood: How likely they are of each.
    /// - Returns: How likely they are of each who is heard before, with a sum of 1.
    func backward(_ likelihood: [Double]) -> [Double] {
        let all = zip(arrival, likelihood).reduce(0) { $0 + $1.0 * $1.1 }
        return likelihood.indices.map { place in
            let coming = max(all - arrival[place] * likelihood[place], 0) / others(than: place)
            return stay[place] * likelihood[place] + (1 - stay[place]) * coming
        }.normalized
    }

    /// Chance that somebody else than one comes in. It is above 0 also where nobody else can.
    private func others(than place: Int) -> Double { max(1 - arrival[place], 1e-9) }
}
