/// Deadlines, and what becomes of them.
extension HomeTracker {
    func deadline(of name: String) -> Double? {
        guard let speaker = speakers[name] else { return nil }
        return [speaker.deadline, handOverTimes[name]].compactMap { $0 }.min()
    }

    /// The speaker whose deadline is the first, with that.
    func earliest() -> (name: String, deadline: Double)? {
        var first: (name: String, deadline: Double)?
        for name in speakers.keys {
            guard let deadline = deadline(of: name) else { continue }
            guard let known = first, (known.deadline, known.name) <= (deadline, name) else {
                first = (name, deadline)
                continue
            }
        }
        return first
    }

    mutating func expire(_ name: String, at deadline: Double) -> [Play] {
        if let due = handOverTimes[name], due <= deadline {
            handOverTimes[name] = nil
            _ = handOver(name, at: deadline)
            return []
        }
        // What a group plays on goes on, whoever of it stops.
        if speakers[name]?.isStopping == true, handOver(name, at: deadline) { return [] }
        let ended = speakers[name]?.expire(at: deadline) ?? []
        let plays = ended.map { judged($0, on: name) }
        for play in ended where play.play.owner != nil { successors[play.play.owner ?? ""] = nil }
        regroup(name, [], at: deadline)
        return plays
    }

    /// Deadlines of a speaker may have changed.
    mutating func checkSoon(_ name: String) {
        nextCheck = min(nextCheck, deadline(of: name) ?? .infinity)
    }
}

/// Clocks.
extension HomeTracker {
    /// A wall clock that drifts from the running one by more than this was set, in seconds.
    private static let stepS = 1.0

    mutating func setClock(_ now: Moment) {
        if let offsetS, abs(now.offsetS - offsetS) <= Self.stepS { return }
        offsetS = now.offsetS
    }

    /// When anything was reported or heard last.
    func lastHeard(at now: Double) -> Double? {
        speakers.values.flatMap { speaker in
            [speaker.lastReportAt, speaker.open?.heardUntil(now), speaker.interlude?.heardUntil(now)].compactMap { $0 }
        }.max()
    }

    /// Puts everything onto a clock with another zero.
    mutating func shift(to now: Moment, from saved: Moment) {
        let seconds = min((offsetS ?? saved.offsetS) - now.offsetS, now.uptimeS - saved.uptimeS)
        for name in speakers.keys { speakers[name]?.shift(by: seconds) }
        for name in sources.keys { sources[name]?.shift(by: seconds) }
        groups.shift(by: seconds)
        handOverTimes = handOverTimes.mapValues { $0 + seconds }
        nextCheck += seconds
        offsetS = now.offsetS
    }
}
