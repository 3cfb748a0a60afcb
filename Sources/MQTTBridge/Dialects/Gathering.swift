import Listening

/// Values that come one by one and belong together, gathered by player until it is quiet.
struct Gathering<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// What came together.
    struct Pile: Sendable {
        var value: Value
        /// When the oldest and the newest of it came.
        let since: Moment
        var last: Moment
    }

    private struct Turn {
        var key: Key
        var at: Double
    }

    /// What is added to for longer than this many settling times is believed as it is.
    private static var patience: Double { 5 }

    private let settleS: Double
    private let isPatient: Bool
    private var piles: [Key: Pile] = [:]
    /// Piles in the order in which they are looked at; one that was added to is looked at again later.
    private var turns: [Turn] = []
    private var firstTurn = 0

    /// - Parameters:
    ///   - settleS: How long nothing must be added, in seconds.
    ///   - isPatient: Whether it is waited for however long something is added.
    init(settleS: Double, isPatient: Bool = false) {
        self.settleS = settleS
        self.isPatient = isPatient
    }

    /// A pile; nil when nothing was gathered.
    subscript(key: Key) -> Pile? { piles[key] }

    /// When something may be settled.
    var nextDeadline: Double? { firstTurn < turns.count ? turns[firstTurn].at : nil }

    /// Adds to a pile.
    ///
    /// - Parameters:
    ///   - key: Which.
    ///   - now: When.
    ///   - start: What a new pile begins as.
    ///   - change: Adds to it.
    /// - Returns: What `change` returned.
    mutating func add<Result>(
        to key: Key, at now: Moment, startingWith start: @autoclosure () -> Value, _ change: (inout Value) -> Result
    ) -> Result {
        guard let index = piles.index(forKey: key) else {
            var value = start()
            let result = change(&value)
            let pile = Pile(value: value, since: now, last: now)
            piles[key] = pile
            turns.append(Turn(key: key, at: deadline(of: pile)))
            return result
        }
        piles.values[index].last = now
        return change(&piles.values[index].value)
    }

    /// Takes a pile out.
    mutating func take(_ key: Key) -> Pile? {
        let pile = piles.removeValue(forKey: key)
        while firstTurn < turns.count, piles[turns[firstTurn].key] == nil { firstTurn += 1 }
        return pile
    }

    /// Takes out what is settled, in the order in which it began.
    mutating func settled(at now: Moment) -> [(key: Key, pile: Pile)] {
        var settled: [(key: Key, pile: Pile)] = []
        while firstTurn < turns.count, turns[firstTurn].at <= now.uptimeS {
            let key = turns[firstTurn].key
            firstTurn += 1
            guard let pile = piles[key] else { continue }
            if deadline(of: pile) <= now.uptimeS {
                piles[key] = nil
                settled.append((key, pile))
            } else {
                turns.append(Turn(key: key, at: deadline(of: pile)))
            }
        }
        if firstTurn > 64, firstTurn * 2 > turns.count {
            turns.removeFirst(firstTurn)
            firstTurn = 0
        }
        return settled.sorted { $0.pile.since.uptimeS < $1.pile.since.uptimeS }
    }

    /// Whether something has been added to a pile for too long.
    func isOverdue(_ key: Key, at now: Moment) -> Bool {
        piles[key].map { now.uptimeS - $0.since.uptimeS > settleS * Self.patience } ?? false
    }

    private func deadline(of pile: Pile) -> Double {
        let quiet = pile.last.uptimeS + settleS
        return isPatient ? quiet : min(quiet, pile.since.uptimeS + settleS * Self.patience)
    }
}
