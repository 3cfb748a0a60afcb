/// Groups: one track on several speakers is one listen, of the speaker that led when it began.
extension HomeTracker {
    /// Looks again at who of a group plays along with whom.
    mutating func regroup(_ name: String, _ touched: Set<String>, at now: Double) {
        guard !touched.isEmpty || !groups.areSilent(on: name) else { return }
        let members = touched.union(groups.members(with: name)).sorted()
        // One that begins to follow can be followed no longer.
        for _ in members where !align(members, at: now) { break }
        scheduleYield(of: name, at: now)
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
        return ranks.0.lexicographicallyPrecedes(ranks.1)
    }

    /// A speaker that no longer plays leaves its listen to those that play along, unless it goes on soon.
    private mutating func scheduleYield(of name: String, at now: Double) {
        guard let speaker = speakers[name], let play = speaker.open, play.running == nil, play.lead == nil,
            speaker.pendingEnd == nil, !play.isInterposed, heir(of: name, play, at: now) != nil
        else {
            yields[name] = nil
            return
        }
        yields[name] = yields[name] ?? now + speaker.rules.flapS
        checkSoon(name)
    }

    /// Gives a speaker's listen to one that played along and plays on.
    ///
    /// - Returns: Whether there is one.
    mutating func handOver(_ name: String, at now: Double) -> Bool {
        guard var play = speakers[name]?.open, play.lead == nil, let heir = heir(of: name, play, at: now) else {
            return false
        }
        play.close(at: now)
        speakers[name]?.abandon(at: now)
        speakers[heir]?.open?.inherit(play, of: name, at: now)
        let owner = play.owner ?? name
        carriers[owner] = heir == owner ? nil : heir
        if heir == owner { speakers[heir]?.open?.owner = nil }
        for member in speakers.keys.sorted() where speakers[member]?.open?.lead == name {
            speakers[member]?.open?.follow(member == heir ? nil : heir, at: now)
        }
        checkSoon(heir)
        return true
    }

    /// One that played a speaker's listen along until it stopped, and plays on.
    private func heir(of name: String, _ play: OpenPlay, at now: Double) -> String? {
        let end = play.seen.end ?? play.begunAt
        let heirs = speakers.filter { _, other in
            guard let theirs = other.open, theirs.isCounting(at: now), theirs.media.isSameTrack(as: play.media) else {
                return false
            }
            if theirs.lead == name { return true }
            return theirs.lead == nil && theirs.lastLead?.name == name
                && (theirs.lastLead?.until ?? 0) >= end - TrackPlace.lateS
        }
        return heirs.keys.min { one, other in
            let (mine, theirs) = (groups.rank(of: one), groups.rank(of: other))
            return mine == theirs ? one < other : mine.lexicographicallyPrecedes(theirs)
        }
    }

    /// A speaker whose listen another one goes on with plays for itself: the listen is over.
    mutating func release(_ name: String, hasBegun: Bool, _ ended: [EndedPlay]) -> [Play] {
        for play in ended { if let owner = play.play.owner { carriers[owner] = nil } }
        guard hasBegun, let carrier = carriers[name], speakers[carrier]?.open?.owner == name,
            let mine = speakers[name]?.open, mine.lead != carrier
        else { return [] }
        carriers[name] = nil
        let over = speakers[carrier]?.part(at: mine.begunAt)
        checkSoon(carrier)
        return over.map { [judged($0, on: carrier)] } ?? []
    }
}
