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

    /// How it began.
    struct Origin: Codable, Equatable, Sendable {
        /// When it began; it may be heard only later.
        var begunAt: Double
        /// Whether its beginning was seen; else it may have been played for long.
        var isSeen: Bool
        /// What began it.
        var cause: Cause
    }

    var media: Media
    var origin: Origin
    var seen = Witness()
    var running: Running?
    private(set) var place: TrackPlace
    var away: Away?
    /// Seconds in which nothing could be known.
    var missedS = 0.0
    /// When the speaker last said something.
    var lastReportAt: Double
    /// `seconds` as they were then: what silence cannot take back.
    var confirmedS = 0.0
    /// Whether an announcement came over it, after which it goes on wherever the player says that it is.
    private(set) var isInterposed = false
    /// Whose listen it goes on with; nil when it is the speaker's own.
    var owner: String?
    /// The speaker that it plays along with, whose listen this is.
    var lead: String?
    /// The speaker that it last played along with, and until when.
    var lastLead: Lead?
    /// Whether somebody marked it; a mark stays with its play.
    var isMarked = false
    /// The source that describes it; others only add what it does not say.
    let describedBy: String
    /// Most seconds that count of a silence, where the length is not known.
    let longestSilenceS: Double

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
        origin = Origin(begunAt: start.beganAt, isSeen: start.isSeen, cause: Cause(report.update))
        describedBy = report.update.reporter
        place = TrackPlace(startS: start.positionS, isTrusted: start.isTrusted)
        running = Running(since: start.heardFrom, reporter: describedBy)
        lastReportAt = report.at
        longestSilenceS = rules.completeAfterS + Silence.marginS
        confirmedS = seconds(at: report.at)
    }
}

/// What happens to it.
extension OpenPlay {
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

    /// Takes over a position that a player reported.
    mutating func seek(to seconds: Double, at now: Double) {
        place.seek(to: seconds, ranS: ranS(at: now), of: media.durationS)
    }
}

/// Other clocks.
extension OpenPlay {
    /// Puts it onto a clock with another zero.
    mutating func shift(by seconds: Double) {
        origin.begunAt += seconds
        seen.shift(by: seconds)
        running?.since += seconds
        lastReportAt += seconds
        away?.since += seconds
        if let since = away?.retainedSince { away?.retainedSince = since + seconds }
        lastLead?.until += seconds
    }
}
