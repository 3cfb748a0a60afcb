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
