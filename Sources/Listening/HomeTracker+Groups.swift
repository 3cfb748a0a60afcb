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
        if let lead = play.lead {
            if others.contains(lead) { return lead }
            // Who follows one that begins to follow another follows that other.
            if let next = speakers[lead]?.open?.lead, others.contains(next) { return next }
        }
        let first = first(of: others.union([name]))
        return first == name ? nil : first
    }

    /// Which of those that play a track has the listen: of those that began together with the earliest, the one that leads.
    ///
    /// It depends on all of them. Two by two, one could precede another that precedes a third that precedes the first.
    private func first(of names: Set<String>) -> String? {
        let starts = names.compactMap { name in speakers[name]?.open.map { (name: name, at: $0.begunAt) } }
        let earliest = starts.map(\.at).min() ?? 0
        return starts.filter { $0.at - earliest <= TrackPlace.lateS }
            .min { (groups.rank(of: $0.name), $0.at, $0.name) < (groups.rank(of: $1.name), $1.at, $1.name) }?.name
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

    /// Ends the listens that other speakers continue when their owners play something themselves, or the same no longer
    /// together with them.
    mutating func release(_ ended: [EndedPlay]) -> [Play] {
        for play in ended { if let owner = play.play.owner { successors[owner] = nil } }
        var plays: [Play] = []
        for (owner, successor) in successors.sorted(by: { $0.key < $1.key }) {
            guard speakers[successor]?.open?.owner == owner, let own = speakers[owner]?.open, own.lead != successor
            else { continue }
            successors[owner] = nil
            let apartAt = own.lastLead.flatMap { $0.name == successor ? $0.until : nil } ?? own.begunAt
            plays += speakers[successor]?.part(at: max(own.begunAt, apartAt)).map { [judged($0, on: successor)] } ?? []
            checkSoon(successor)
        }
        return plays
    }
}

/// Speakers that play together: whose listen it is.
extension OpenPlay {
    /// Plays along with another speaker from now on, or with nobody.
    mutating func follow(_ name: String?, at now: Double) {
        guard lead != name else { return }
        settle(at: now)
        if let lead { lastLead = Lead(name: lead, until: now) }
        lead = name
    }

    /// Goes on with another speaker's listen of the same track, which that one plays no longer.
    ///
    /// What is heard from now on is this speaker's; what the listen is stays the other's.
    mutating func takeOver(_ other: OpenPlay, of name: String, at now: Double) {
        settle(at: now)
        media = other.media.filled(from: media)
        origin = other.origin
        seen = other.seen.followed(by: seen)
        missedS = max(missedS, other.missedS)
        owner = other.owner ?? name
        (lead, lastLead) = (nil, nil)
        isMarked = other.isMarked || isMarked
        confirmedS = seconds(at: now)
    }

    /// Begins anew as the speaker's own; what was heard before was another one's.
    mutating func restart(at time: Double) {
        settle(at: time)
        seen = Witness(followedS: seen.totalS)
        origin.begunAt = time
        owner = nil
    }
}
