/// What was heard.
extension OpenPlay {
    /// When it began.
    var begunAt: Double { origin.begunAt }

    /// Seconds heard by a time.
    func seconds(at now: Double) -> Double {
        let open = running.map { max(0, heardEnd(at: now) - $0.since) } ?? 0
        return min(seen.totalS + open, media.durationS ?? .infinity)
    }

    /// Where in the track it is at a time, if it was never left unheard.
    func position(at now: Double) -> Double { place.position(ranS: ranS(at: now)) }

    /// Whether the track is so near its end that it may have ended.
    func hasReachedEnd(at now: Double) -> Bool { place.isAtEnd(ranS: ranS(at: now), of: media.durationS) }

    /// Whether it was heard to its end, rather than moved there.
    func isHeardToEnd(at now: Double) -> Bool {
        guard let durationS = media.durationS else { return false }
        return hasReachedEnd(at: now) && ranS(at: now) + missedS >= (durationS - place.startS) / 2
    }

    /// Whether it is heard at a time: it runs, and its track is not over.
    func isCounting(at now: Double) -> Bool { running != nil && heardEnd(at: now) >= now }

    /// Until when it was seen playing, at a time.
    func heardUntil(_ now: Double) -> Double { running == nil ? seen.end ?? now : heardEnd(at: now) }

    /// Whether it began a moment ago.
    func isYoung(at now: Double) -> Bool { ranS(at: now) <= TrackPlace.lateS }

    func ranS(at now: Double) -> Double { place.ranS + (running.map { max(0, now - $0.since) } ?? 0) }

    /// Until when a running play is heard: not beyond its track's end, and not through a long silence.
    func heardEnd(at now: Double) -> Double {
        guard let running else { return now }
        if let durationS = media.durationS { return min(now, running.since + max(0, durationS - seen.totalS)) }
        guard now - lastReportAt > Silence.noticedS else { return now }
        return min(now, max(running.since, lastReportAt + longestSilenceS))
    }

    /// When it is over unless somebody says something, and as of when.
    var silentEnd: (deadline: Double, end: Double)? {
        guard let running, away == nil else { return nil }
        guard let durationS = media.durationS else {
            return (lastReportAt + Silence.unknownLengthS, lastReportAt + longestSilenceS)
        }
        let now = max(lastReportAt, running.since)
        let leftS = durationS - (place.isTrusted ? position(at: now) : seconds(at: now))
        let heardEnd = seen.totalS < durationS ? heardEnd(at: now) : seen.end ?? now
        let end = leftS > 0 ? now + leftS : heardEnd
        return (max(end, lastReportAt) + Silence.afterEndS, end)
    }
}

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
