import Foundation

/// How a report reaches its speaker.
extension HomeTracker {
    func resolved(_ name: String) -> String { aliases[name] ?? name }

    func date(of instant: Double) -> Date { Date(timeIntervalSinceReferenceDate: instant + (offsetS ?? 0)) }

    func judged(_ ended: EndedPlay, on name: String) -> Play {
        ended.judged(on: name, by: speakers[name]?.rules ?? ListenRules(), date: date)
    }

    /// Passes an update to its speaker, and updates the group.
    mutating func deliver(_ name: String, _ update: PlayerUpdate) -> [Play] {
        let now = update.at.uptimeS
        let deadlineBefore = deadline(of: name)
        let ended = speakers[name]?.receive(update) ?? []
        var plays = ended.map { judged($0, on: name) }
        let touched = groups.note(
            update.groupMembers.map(resolved), queue: update.queue, of: name, isPlaying: update.state == .playing,
            at: now)
        regroup(name, touched, at: now)
        if !successors.isEmpty { plays += release(ended) }
        checkSoon(name)
        if deadlineBefore == nextCheck, deadline(of: name) != nextCheck {
            nextCheck = earliest()?.deadline ?? .infinity
        }
        return plays
    }
}
