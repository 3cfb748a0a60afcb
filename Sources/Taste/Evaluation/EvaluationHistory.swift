import Foundation

/// A profile's plays, cut where it can be asked what comes next.
struct EvaluationHistory {
    static let dayS = 86_400.0
    private static let questions = 20
    /// So much silence parts two sessions.
    private static let sessionGapS = 1_800.0
    /// What comes after the last cut must last so long.
    private static let weekS = 7 * dayS
    /// Part of the history that is known before the first cut.
    private static let knownShare = 0.8

    /// The plays, in order of start.
    let plays: [CountedPlay]

    func known(before cut: Int) -> ArraySlice<CountedPlay> { plays[..<cut] }

    /// Plays that count within some days from a cut on.
    func coming(after cut: Int, days: Double) -> some Sequence<CountedPlay> {
        let end = plays[cut].startedAt.addingTimeInterval(days * Self.dayS)
        return plays[cut...].prefix { $0.startedAt < end }.filter(\.counts)
    }

    /// Places in the last fifth of the plays, each moved to the next start of a session, none in the last week.
    var cuts: [Int] {
        guard let last = plays.last else { return [] }
        let first = Int(Self.knownShare * Double(plays.count))
        let lastWeek = last.startedAt.addingTimeInterval(-Self.weekS)
        let end = plays.partitioningIndex { $0.startedAt > lastWeek }
        guard end > first else { return [] }
        var cuts: [Int] = []
        for question in 0..<Self.questions {
            let place = first + (end - first) * question / Self.questions
            guard let start = plays[place...].indices.first(where: beginsSession), cuts.last != start else { continue }
            cuts.append(start)
        }
        return cuts
    }

    private func beginsSession(_ position: Int) -> Bool {
        guard position > 0 else { return true }
        return plays[position].startedAt.timeIntervalSince(plays[position - 1].startedAt) >= Self.sessionGapS
    }
}

extension Array {
    /// The first place from which on a condition holds, which holds for all that follow.
    func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var range = indices
        while let middle = range.middle {
            range = holds(self[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
        }
        return range.lowerBound
    }
}

extension Range<Int> {
    fileprivate var middle: Int? { isEmpty ? nil : lowerBound + count / 2 }
}
