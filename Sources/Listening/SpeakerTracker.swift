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
    private(set) var lastEnded: Past?
    /// A track that ended by silence. The player may report it for ever.
    private var finished: Media?
    /// The description of a finished track that the player still reports, after another track without a name began.
    private var outdated: Media?
    /// The last position that each source reported. A repeated one is not new.
    private var lastPositions: [String: ReportedPosition] = [:]

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
        // After an interruption, neither "playing" without a track nor "unavailable" tells what became of the play.
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

    /// Applies a retained report of the speaker. It is never evidence of listening, but tells what became of a play that
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

    /// Remembers the position that a source reports which is not followed, so that it is not new later.
    mutating func notePosition(_ update: PlayerUpdate) {
        if let position = update.position { lastPositions[update.reporter] = position }
    }

    /// The speaker cannot be heard since a time.
    mutating func interrupt(at time: Double) {
        var ignored: [EndedPlay] = []
        confirmCandidate(&ignored)
        open?.leave(at: time)
        interlude?.leave(at: time)
    }

    /// Whether a position is new. A repeated one without a stamp is new only after a very long silence.
    private mutating func isFresh(_ update: PlayerUpdate, after gapS: Double) -> Bool {
        guard let position = update.position else { return false }
        defer { lastPositions[update.reporter] = position }
        guard let before = lastPositions[update.reporter], before.seconds == position.seconds,
            before.stamp == position.stamp
        else {
            return true
        }
        return position.stamp == nil && gapS > Silence.unknownLengthS
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

/// What ends plays.
extension SpeakerTracker {
    /// Ends the play, if there is one, as it was at a time.
    mutating func end(_ ending: ListenRules.Ending, at time: Double, by cause: Cause, _ ended: inout [EndedPlay]) {
        pendingEnd = nil
        guard var play = open else { return }
        open = nil
        play.close(at: time)
        lastEnded = Past(media: play.media, at: play.seen.end ?? time)
        ended.append(EndedPlay(play, ending, at: time, by: cause))
    }

    /// Ends what came over the play, if anything did.
    mutating func endInterlude(at time: Double, by cause: Cause, _ ended: inout [EndedPlay]) {
        guard var sound = interlude else { return }
        interlude = nil
        sound.close(at: time)
        ended.append(EndedPlay(sound, .stopped, at: time, by: cause))
    }

    /// Makes the reported track the open one: it does play.
    mutating func confirmCandidate(_ ended: inout [EndedPlay]) {
        guard let next = candidate?.play else { return }
        candidate = nil
        end(.replaced, at: next.begunAt, by: next.cause, &ended)
        open = next
    }

    /// When ``expire(at:)`` has something to end.
    var deadline: Double? {
        if let pendingEnd { return pendingEnd.deadline }
        return [candidate?.deadline, soundDeadline, awayDeadline, silentDeadline].compactMap { $0 }.min()
    }

    private var soundDeadline: Double? { interlude.map { $0.begunAt + Silence.interludeS } }
    private var awayDeadline: Double? { open?.away.map { $0.since + Silence.awayS } }
    private var silentDeadline: Double? { interlude == nil ? open?.silentEnd?.deadline : nil }

    /// Whether it plays nothing and waits whether the same track goes on.
    var isStopping: Bool { pendingEnd != nil && candidate == nil }

    /// Ends what waited in vain until a deadline.
    mutating func expire(at now: Double) -> [EndedPlay] {
        var ended: [EndedPlay] = []
        let isDue = { (deadline: Double?) in deadline.map { $0 <= now } ?? false }
        if let pendingEnd {
            endInterlude(at: now, by: pendingEnd.cause, &ended)
            end(.stopped, at: pendingEnd.since, by: pendingEnd.cause, &ended)
        } else if isDue(candidate?.deadline) {
            confirmCandidate(&ended)
        } else if isDue(soundDeadline), let sound = interlude {
            let cause = Cause("nothing came after it for \(Int(Silence.interludeS)) s")
            endInterlude(at: now, by: cause, &ended)
            end(.stopped, at: sound.begunAt, by: cause, &ended)
        } else if isDue(awayDeadline) {
            end(.unseen, at: now, by: Cause("nothing was heard of the speaker again"), &ended)
        } else if isDue(silentDeadline), let silent = open?.silentEnd {
            finished = open?.media
            end(.stopped, at: silent.end, by: Cause("nothing was said until its end had passed"), &ended)
        }
        return ended
    }

    /// Nothing more will come.
    ///
    /// A play in progress has heard what it has heard, but silence never completes it.
    mutating func finish(at time: Double) -> [EndedPlay] {
        var ended: [EndedPlay] = []
        let cause = Cause("nothing more came")
        confirmCandidate(&ended)
        endInterlude(at: time, by: cause, &ended)
        if let pendingEnd {
            end(.stopped, at: pendingEnd.since, by: pendingEnd.cause, &ended)
        } else if let open {
            let judgement = rules.judge(heardS: open.confirmedS, durationS: open.media.durationS)
            let isSeen = open.away == nil && judgement.outcome == .completed
            end(isSeen ? .stopped : .unseen, at: time, by: cause, &ended)
        }
        return ended
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

/// What a report is compared with.
extension SpeakerTracker {
    /// What a report names, without a name that is known to be outdated.
    mutating func believed(_ media: Media?, _ report: Report) -> Media? {
        guard let media, let old = outdated else { return media }
        guard media.isSameTrack(as: old), !media.hasSameLength(as: old) else {
            outdated = nil
            return media
        }
        return Media(durationS: media.durationS)
    }

    /// Notes that the player still reports the name of a track that is over.
    mutating func noteOutdatedName(of media: Media) { outdated = media }

    /// Whether a report only repeats a track that ended by silence.
    mutating func isStuck(_ media: Media, _ report: Report) -> Bool {
        let hasNoNews = report.update.position == nil ? report.gapS < Silence.chatterS : !report.isFresh
        guard let finished, media.isSameTrack(as: finished), hasNoNews else {
            finished = nil
            return false
        }
        return true
    }

    mutating func forgetFinished() { finished = nil }

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
