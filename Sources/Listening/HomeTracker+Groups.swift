/// Groups: one track on several speakers is one listen, of the speaker that led when it began.
extension HomeTracker {
    /// Looks again at who of a group plays along with whom.
    mutating func regroup(_ name: String, _ touched: Set<String>, at now: Double) {
        guard !touched.isEmpty || !groups.areSilent(on: name) else { return }
        let members = touched.union(groups.members(with: name)).sorted()
        // One that begins to follow can be followed no longer.
        for _ in members where !align(members, at: now) { break }
        scheduleHandOver(of: name, at: now)
    }

    /// - Returns: Whether anything changed.
    private mutating func align(_ members: [String], at now: Double) -> Bool {
        var hasChanged = false
        for member in members {
            guard let play = speakers[member]?.open else { continue }
            let leader = leader(of: member, play)
            guard leader != play.lead else { continue }
            speakers[member]?.open?.follow(leader, at: now)
            hasChanged = true
        }
        return hasChanged
    }

    /// Whose listen it is that a member of a group hears; nil when it is its own.
    private func leader(of name: String, _ play: OpenPlay) -> String? {
        let others = groups.members(with: name).filter { other in
            guard other != name, let theirs = speakers[other]?.open, theirs.away == nil else { return false }
            return theirs.lead == nil && theirs.media.isSameTrack(as: play.media)
        }
        if let lead = play.lead, others.contains(lead) { return lead }
        let first = others.sorted().reduce(name) { precedes($1, $0) ? $1 : $0 }
        return first == name ? nil : first
    }

    /// Whether one of two that play a track has the listen: the one that began earlier, or, when both began together, the one
    /// that leads.
    private func precedes(_ one: String, _ other: String) -> Bool {
        guard let mine = speakers[one]?.open, let theirs = speakers[other]?.open else { return false }
        let ranks = (groups.rank(of: one), groups.rank(of: other))
        guard abs(mine.begunAt - theirs.begunAt) <= TrackPlace.lateS, ranks.0 != ranks.1 else {
            return (mine.begunAt, one) < (theirs.begunAt, other)
        }
        return ranks.0 < ranks.1
    }

    /// Schedules the hand-over of the listen of a speaker that no longer plays to one that plays along.
    private mutating func scheduleHandOver(of name: String, at now: Double) {
        guard let speaker = speakers[name], let play = speaker.open, play.running == nil, play.lead == nil,
            speaker.pendingEnd == nil, !play.isInterposed, successor(of: name, play, at: now) != nil
        else {
            handOverTimes[name] = nil
            return
        }
        handOverTimes[name] = handOverTimes[name] ?? now + speaker.rules.flapS
        checkSoon(name)
    }

    /// Hands the listen of a speaker over to one of its group that plays on.
    ///
    /// - Returns: Whether there is one.
    mutating func handOver(_ name: String, at now: Double) -> Bool {
        guard var play = speakers[name]?.open, play.lead == nil, let successor = successor(of: name, play, at: now)
        else {
            return false
        }
        play.close(at: now)
        speakers[name]?.abandon(at: now)
        speakers[successor]?.open?.takeOver(play, of: name, at: now)
        let owner = play.owner ?? name
        successors[owner] = successor == owner ? nil : successor
        if successor == owner { speakers[successor]?.open?.owner = nil }
        for member in speakers.keys.sorted() where speakers[member]?.open?.lead == name {
            speakers[member]?.open?.follow(member == successor ? nil : successor, at: now)
        }
        checkSoon(successor)
        return true
    }

    /// A speaker of the group that followed the listen until it stopped, and plays on.
    private func successor(of name: String, _ play: OpenPlay, at now: Double) -> String? {
        let end = play.heardUntil(now)
        let successors = speakers.filter { _, other in
            guard let theirs = other.open, theirs.isCounting(at: now), theirs.media.isSameTrack(as: play.media) else {
                return false
            }
            if theirs.lead == name { return true }
            return theirs.lead == nil && theirs.lastLead?.name == name
                && (theirs.lastLead?.until ?? 0) >= end - TrackPlace.lateS
        }
        return successors.keys.min { one, other in
            let (mine, theirs) = (groups.rank(of: one), groups.rank(of: other))
            return mine == theirs ? one < other : mine < theirs
        }
    }

    /// Ends the listen that another speaker continues when its owner plays something itself.
    mutating func release(_ name: String, hasBegun: Bool, _ ended: [EndedPlay]) -> [Play] {
        for play in ended { if let owner = play.play.owner { successors[owner] = nil } }
        guard hasBegun, let successor = successors[name], speakers[successor]?.open?.owner == name,
            let mine = speakers[name]?.open, mine.lead != successor
        else { return [] }
        successors[name] = nil
        let over = speakers[successor]?.part(at: mine.begunAt)
        checkSoon(successor)
        return over.map { [judged($0, on: successor)] } ?? []
    }
}
