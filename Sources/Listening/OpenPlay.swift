/// A play that is not over: what was seen of it so far, and where in the track it is.
///
/// All instants are seconds on the clock that only runs. Nothing in it changes by time alone: the same reports give the
/// same value, whenever it is looked at.
struct OpenPlay: Codable, Equatable, Sendable {
    /// Time since which it is seen playing, and by whom.
    struct Running: Codable, Equatable, Sendable {
        var since: Double
        var reporter: String
    }

    /// What is not known because nothing could be heard.
    struct Away: Codable, Equatable, Sendable {
        var since: Double
        var wasRunning: Bool
        /// Since when a broker's memory says that the track goes on.
        var retainedSince: Double?
    }

    var media: Media
    /// When it began; it may be heard only later.
    private(set) var begunAt: Double
    /// Whether its beginning was seen; else it may have been played for long.
    private(set) var isBeginningSeen: Bool
    private(set) var seen = Witness()
    private(set) var running: Running?
    private(set) var place: TrackPlace
    private(set) var away: Away?
    /// Seconds in which nothing could be known.
    private(set) var missedS = 0.0
    /// When the speaker last said something.
    private(set) var lastReportAt: Double
    /// `seconds` as they were then: what silence cannot take back.
    private(set) var confirmedS = 0.0
    /// Whether an announcement came over it, after which it goes on wherever the player says that it is.
    private(set) var isInterposed = false
    /// Whose listen it goes on with; nil when it is the speaker's own.
    var owner: String?
    /// The speaker that it plays along with, whose listen this is.
    private(set) var lead: String?
    /// The speaker that it last played along with, and until when.
    private(set) var lastLead: Lead?
    /// Whether somebody marked it; a mark stays with its play.
    var isMarked = false
    /// What began it.
    let cause: Cause
    /// The source that tells of it; others only add what it does not say.
    let describedBy: String
    /// Most seconds that count of a silence, where the length is not known.
    private let longestSilenceS: Double

    struct Lead: Codable, Equatable, Sendable {
        var name: String
        var until: Double
    }

    /// A play that begins.
    ///
    /// - Parameters:
    ///   - media: What plays.
    ///   - start: Since when it is heard, and where in the track it was then.
    ///   - report: The report that begins it.
    ///   - rules: When a play counts.
    init(_ media: Media, _ start: TrackStart, _ report: Report, under rules: ListenRules) {
        self.media = media
        begunAt = start.beganAt
        isBeginningSeen = start.isSeen
        place = TrackPlace(startS: start.positionS, isTrusted: start.isTrusted)
        running = Running(since: start.heardFrom, reporter: report.update.reporter)
        lastReportAt = report.at
        cause = Cause(report.update)
        describedBy = report.update.reporter
        longestSilenceS = rules.completeAfterS + Silence.marginS
        confirmedS = seconds(at: report.at)
    }

    // MARK: What was heard

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

    private func ranS(at now: Double) -> Double { place.ranS + (running.map { max(0, now - $0.since) } ?? 0) }

    /// Until when a running play is heard: not beyond its track's end, and not through a long silence.
    private func heardEnd(at now: Double) -> Double {
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

    // MARK: What happens to it

    /// Puts down what was seen up to a time.
    mutating func settle(at now: Double) {
        guard let open = running, now > open.since else { return }
        seen.add(Stretch(from: open.since, to: heardEnd(at: now), reporter: open.reporter, lead: lead))
        place.run(now - open.since)
        running?.since = now
    }

    /// The speaker says something: what was seen until now is certain.
    mutating func confirm(at now: Double) {
        if media.durationS == nil, now - lastReportAt > Silence.noticedS { settle(at: now) }
        lastReportAt = max(lastReportAt, now)
        confirmedS = seconds(at: now)
    }

    mutating func resume(at now: Double, reporter: String) {
        isInterposed = false
        guard running?.reporter != reporter else { return }
        settle(at: now)
        running = Running(since: now, reporter: reporter)
    }

    mutating func halt(at now: Double) {
        settle(at: now)
        running = nil
    }

    /// An announcement comes over it.
    mutating func interpose(at now: Double) {
        halt(at: now)
        isInterposed = true
    }

    /// Ends it as it was at a time.
    mutating func close(at time: Double) {
        halt(at: time)
        seen.cut(at: time)
    }

    /// Plays along with another speaker from now on, or with nobody.
    mutating func follow(_ name: String?, at now: Double) {
        guard lead != name else { return }
        settle(at: now)
        if let lead { lastLead = Lead(name: lead, until: now) }
        lead = name
    }

    /// Takes over a position that a player reported.
    mutating func seek(to seconds: Double, at now: Double) {
        place.seek(to: seconds, ranS: ranS(at: now), of: media.durationS)
    }

    /// Goes on with another speaker's listen of the same track, which that one plays no longer.
    mutating func takeOver(_ other: OpenPlay, of name: String, at now: Double) {
        settle(at: now)
        var listen = other
        listen.media = other.media.filled(from: media)
        listen.seen.append(seen)
        listen.running = running
        listen.place = place
        listen.away = away
        listen.missedS = max(missedS, other.missedS)
        listen.lastReportAt = lastReportAt
        listen.isInterposed = isInterposed
        listen.owner = other.owner ?? name
        listen.lead = nil
        listen.lastLead = nil
        listen.isMarked = other.isMarked || isMarked
        listen.confirmedS = listen.seconds(at: now)
        self = listen
    }
}

extension OpenPlay {
    /// Begins anew as the speaker's own; what was heard before was another one's.
    mutating func restart(at time: Double) {
        settle(at: time)
        seen = Witness(followedS: seen.totalS)
        begunAt = time
        owner = nil
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

/// Other clocks.
extension OpenPlay {
    /// Puts it onto a clock with another zero.
    mutating func shift(by seconds: Double) {
        begunAt += seconds
        seen.shift(by: seconds)
        running?.since += seconds
        lastReportAt += seconds
        away?.since += seconds
        if let since = away?.retainedSince { away?.retainedSince = since + seconds }
        lastLead?.until += seconds
    }
}
