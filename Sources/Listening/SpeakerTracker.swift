/// The state machine of one speaker: reports in, finished plays out.
struct SpeakerTracker: Codable, Equatable, Sendable {
    /// What will end a play unless the same track goes on before.
    struct PendingEnd: Codable, Equatable, Sendable {
        var since: Double
        var deadline: Double
        var cause: Cause
    }

    /// Another track, reported at the position of the open one: perhaps it plays, perhaps it is only the next one.
    struct Candidate: Codable, Equatable, Sendable {
        var play: OpenPlay
        var deadline: Double
    }

    /// A track and when it ended.
    struct Past: Codable, Equatable, Sendable {
        var media: Media
        var at: Double
    }

    var rules: ListenRules
    var open: OpenPlay?
    /// An announcement or an advert, with `open` waiting beneath it.
    var interlude: OpenPlay?
    var pendingEnd: PendingEnd?
    var candidate: Candidate?
    var state = PlayerState.unknown
    /// The source that is followed, where several report the speaker.
    var reporter = ""
    var lastReportAt: Double?
    /// The track that ended last.
    var lastEnded: Past?
    /// A track that ended by silence. The player may report it for ever.
    var finished: Media?
    /// The description of a finished track that the player still reports, after another track without a name began.
    var outdated: Media?
    /// The last position that each source reported. A repeated one is not new.
    var lastPositions: [String: ReportedPosition] = [:]

    init(rules: ListenRules) { self.rules = rules }

    /// Processes a report of the speaker.
    ///
    /// - Returns: Plays that are over by it, in the order they ended.
    mutating func receive(_ update: PlayerUpdate) -> [EndedPlay] {
        var ended: [EndedPlay] = []
        let gap = update.at.uptimeS - (lastReportAt ?? update.at.uptimeS)
        let report = Report(
            update: update, previousAt: lastReportAt, wasPlaying: state == .playing,
            isFresh: isFresh(update, after: gap))
        let wasAway = open?.away != nil
        // After an interruption, neither "playing" without a track nor "unavailable" says what became of the play.
        let isEmpty = update.state == .unavailable || update.state == .unknown
        if wasAway, isEmpty || (update.state == .playing && update.media == nil) { return [] }
        state = update.state
        reporter = update.reporter
        lastReportAt = report.at
        if wasAway, update.state == .idle || update.state == .off {
            waitForReturn(report.update)
            return []
        }
        comeBack(report)
        open?.confirm(at: report.at)
        interlude?.confirm(at: report.at)
        candidate?.play.confirm(at: report.at)
        switch update.state {
        case .playing: play(report, wasAway: wasAway, &ended)
        case .paused, .buffering: halt(report, &ended)
        case .idle, .off, .unavailable, .unknown: stop(report, &ended)
        }
        return ended
    }

    /// Applies a retained report of the speaker. It is never evidence of listening, but says what became of a play that
    /// could not be heard for a while.
    mutating func applyRetained(_ update: PlayerUpdate) {
        guard let play = open, play.away != nil else { return }
        let isSame = update.media.map { $0.isSameTrack(as: play.media) } ?? true
        switch update.state {
        case .playing where isSame: open?.applyRetainedPlaying(since: update.at.uptimeS)
        case .playing, .idle, .off: waitForReturn(update)
        case .paused, .buffering, .unavailable, .unknown: break
        }
    }

    /// After an interruption, nothing or something else plays. The play is over as of the interruption, unless the speaker was
    /// only not ready yet.
    private mutating func waitForReturn(_ update: PlayerUpdate) {
        guard let away = open?.away, pendingEnd == nil else { return }
        pendingEnd = PendingEnd(
            since: away.since, deadline: update.at.uptimeS + max(rules.flapS, Silence.returnS), cause: Cause(update))
    }

    /// Whether an update says that the open track plays.
    func isPlaying(_ update: PlayerUpdate) -> Bool {
        guard update.state == .playing, let media = update.media, let open else { return false }
        return media.isSameTrack(as: open.media)
    }

    /// The speaker cannot be heard since a time.
    mutating func interrupt(at time: Double) {
        var ignored: [EndedPlay] = []
        confirmCandidate(&ignored)
        open?.leave(at: time)
        interlude?.leave(at: time)
    }

    private mutating func comeBack(_ report: Report) {
        guard let play = open, play.away != nil else {
            interlude?.comeBack(at: report.at, reporter: report.update.reporter, positionS: nil)
            return
        }
        let isSame = report.update.media.map { $0.isSameTrack(as: play.media) } ?? false
        open?.comeBack(
            at: report.at, reporter: report.update.reporter,
            positionS: isSame ? report.presentPosition(in: play.media) : nil)
        interlude?.comeBack(at: report.at, reporter: report.update.reporter, positionS: nil)
    }
}

/// What others decide.
extension SpeakerTracker {
    /// Another source is followed from now on.
    mutating func follow(to name: String, at now: Double) {
        reporter = name
        state = .playing
        open?.resume(at: now, reporter: name)
    }

    /// Leaves the listen to another speaker that plays on.
    mutating func abandon(at now: Double) {
        pendingEnd = nil
        lastEnded = open.map { Past(media: $0.media, at: $0.seen.end ?? now) }
        open = candidate?.play
        candidate = nil
    }

    /// Ends a listen of another speaker. What is heard from then on is a listen of this one.
    mutating func part(at time: Double) -> EndedPlay? {
        guard let play = open else { return nil }
        var over = play
        over.close(at: time)
        open?.restart(at: time)
        return EndedPlay(over, .stopped, at: time, by: Cause("its owner plays something else"))
    }
}

/// Other clocks.
extension SpeakerTracker {
    /// Puts it onto a clock with another zero.
    mutating func shift(by seconds: Double) {
        open?.shift(by: seconds)
        interlude?.shift(by: seconds)
        candidate?.play.shift(by: seconds)
        candidate?.deadline += seconds
        pendingEnd?.since += seconds
        pendingEnd?.deadline += seconds
        if let at = lastReportAt { lastReportAt = at + seconds }
        lastEnded?.at += seconds
    }
}
