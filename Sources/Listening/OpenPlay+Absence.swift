/// Time in which the speaker cannot be heard.
extension OpenPlay {
    /// Nothing is known of the speaker since a time, which may have passed already.
    mutating func leave(at time: Double) {
        guard away == nil else { return }
        let wasRunning = running != nil
        close(at: time)
        away = Away(since: time, wasRunning: wasRunning)
        confirmedS = min(confirmedS, seen.totalS)
    }

    /// The broker remembers that the track plays, after nobody could hear it for a while.
    mutating func applyRetainedPlaying(since time: Double) {
        if away?.retainedSince == nil { away?.retainedSince = time }
    }

    /// The speaker is heard again.
    ///
    /// - Parameters:
    ///   - now: Since when.
    ///   - reporter: The source that reports it.
    ///   - positionS: Where in the track it is; nil when it does not say.
    mutating func comeBack(at now: Double, reporter: String, positionS: Double?) {
        guard let gap = away else { return }
        away = nil
        var from = now
        if gap.wasRunning, let positionS,
            abs(positionS - position(at: now) - (now - gap.since)) <= TrackPlace.gapToleranceS
        {
            from = gap.since
        } else if gap.wasRunning, let since = gap.retainedSince, let durationS = media.durationS,
            now - since <= durationS - seen.totalS + Silence.lateEndS
        {
            from = since
        }
        missedS += max(0, from - gap.since)
        running = Running(since: from, reporter: reporter)
        settle(at: now)
        running = nil
    }
}
