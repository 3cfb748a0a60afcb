/// The state machine of one speaker: words in, plays that are over out.
struct SpeakerTracker: Codable, Equatable, Sendable {
    /// What will end a play unless the same track goes on before.
    struct PendingEnd: Codable, Equatable, Sendable {
        var since: Double
        var deadline: Double
        var cause: Cause
    }

    /// Another track that is told of at the place where the open one is: perhaps it plays, perhaps it is only next.
    struct Rumour: Codable, Equatable, Sendable {
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
    var rumour: Rumour?
    var state = PlayerState.unknown
    /// The source that has the word, where several speak of the speaker.
    var voice = ""
    var lastWordAt: Double?
    /// The track that ended last.
    private(set) var lastEnded: Past?
    /// A track that silence ended; the player may go on telling of it for ever.
    private var finished: Media?
    /// A description that stays though another track, whose name is not told, has begun.
    private var outdated: Media?
    /// The last position that each source told, which says nothing when it is sent again.
    private var told: [String: ReportedPosition] = [:]

    init(rules: ListenRules) { self.rules = rules }

    /// Takes in what the speaker says now.
    ///
    /// - Returns: Plays that are over by it, in the order they ended.
    mutating func receive(_ update: PlayerUpdate) -> [EndedPlay] {
        var ended: [EndedPlay] = []
        let gap = update.at.uptimeS - (lastWordAt ?? update.at.uptimeS)
        let word = Word(
            update: update, previousAt: lastWordAt, wasPlaying: state == .playing, isFresh: isFresh(update, after: gap))
        let wasAway = open?.away != nil
        // Neither that it plays something nor that it is away tells anything of a play that could not be heard.
        let isEmpty = update.state == .unavailable || update.state == .unknown
        if wasAway, isEmpty || (update.state == .playing && update.media == nil) { return [] }
        state = update.state
        voice = update.voice
        lastWordAt = word.at
        comeBack(word)
        open?.confirm(at: word.at)
        interlude?.confirm(at: word.at)
        rumour?.play.confirm(at: word.at)
        switch update.state {
        case .playing: play(word, wasAway: wasAway, &ended)
        case .paused, .buffering: halt(word, &ended)
        case .idle, .off, .unavailable, .unknown: stop(word, &ended)
        }
        return ended
    }

    /// Takes in what a broker remembers of the speaker: never evidence of listening, but a hint at what became of a play
    /// that could not be heard for a while.
    mutating func presume(_ update: PlayerUpdate) {
        guard let play = open, let away = play.away, pendingEnd == nil else { return }
        let now = update.at.uptimeS
        let isSame = update.media.map { $0.isSameTrack(as: play.media) } ?? true
        switch update.state {
        case .playing where isSame: open?.presumePlaying(since: now)
        case .playing, .idle, .off:
            pendingEnd = PendingEnd(since: away.since, deadline: now + rules.flapS, cause: Cause(update))
        case .paused, .buffering, .unavailable, .unknown: break
        }
    }

    /// Whether an update says that the open track plays.
    func isPlaying(_ update: PlayerUpdate) -> Bool {
        guard update.state == .playing, let media = update.media, let open else { return false }
        return media.isSameTrack(as: open.media)
    }

    /// Takes note of where a source that has not the word says that the track is, so that it is not news later.
    mutating func overhear(_ update: PlayerUpdate) {
        if let position = update.position { told[update.voice] = position }
    }

    /// The speaker cannot be heard since a time.
    mutating func interrupt(at time: Double) {
        var ignored: [EndedPlay] = []
        confirmRumour(&ignored)
        open?.leave(at: time)
        interlude?.leave(at: time)
    }

    /// Whether a position is new; one without a stamp is, when it comes again, only after a very long silence.
    private mutating func isFresh(_ update: PlayerUpdate, after gapS: Double) -> Bool {
        guard let position = update.position else { return false }
        defer { told[update.voice] = position }
        guard let before = told[update.voice], before.seconds == position.seconds, before.stamp == position.stamp else {
            return true
        }
        return position.stamp == nil && gapS > Silence.unknownLengthS
    }

    private mutating func comeBack(_ word: Word) {
        guard let play = open, play.away != nil else {
            interlude?.comeBack(at: word.at, voice: word.update.voice, positionS: nil)
            return
        }
        let isSame = word.update.media.map { $0.isSameTrack(as: play.media) } ?? false
        open?.comeBack(
            at: word.at, voice: word.update.voice, positionS: isSame ? word.presentPosition(in: play.media) : nil)
        interlude?.comeBack(at: word.at, voice: word.update.voice, positionS: nil)
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

    /// The track that was told of plays indeed.
    mutating func confirmRumour(_ ended: inout [EndedPlay]) {
        guard let next = rumour?.play else { return }
        rumour = nil
        end(.replaced, at: next.begunAt, by: next.cause, &ended)
        open = next
    }

    /// When ``expire(at:)`` has something to end.
    var deadline: Double? {
        if let pendingEnd { return pendingEnd.deadline }
        return [rumour?.deadline, soundDeadline, awayDeadline, silentDeadline].compactMap { $0 }.min()
    }

    private var soundDeadline: Double? { interlude.map { $0.begunAt + Silence.interludeS } }
    private var awayDeadline: Double? { open?.away.map { $0.since + Silence.awayS } }
    private var silentDeadline: Double? { interlude == nil ? open?.silentEnd?.deadline : nil }

    /// Whether it plays nothing and waits whether the same track goes on.
    var isStopping: Bool { pendingEnd != nil && rumour == nil }

    /// Ends what waited in vain until a deadline.
    mutating func expire(at now: Double) -> [EndedPlay] {
        var ended: [EndedPlay] = []
        let isDue = { (deadline: Double?) in deadline.map { $0 <= now } ?? false }
        if let pendingEnd {
            endInterlude(at: now, by: pendingEnd.cause, &ended)
            end(.stopped, at: pendingEnd.since, by: pendingEnd.cause, &ended)
        } else if isDue(rumour?.deadline) {
            confirmRumour(&ended)
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
        confirmRumour(&ended)
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
    /// Another source has the word from now on.
    mutating func passWord(to name: String, at now: Double) {
        voice = name
        state = .playing
        open?.resume(at: now, voice: name)
    }

    /// Another speaker goes on with the listen.
    mutating func abandon(at now: Double) {
        pendingEnd = nil
        lastEnded = open.map { Past(media: $0.media, at: $0.seen.end ?? now) }
        open = rumour?.play
        rumour = nil
    }

    /// Ends the listen that is another speaker's; what is heard from then on is this one's.
    mutating func part(at time: Double) -> EndedPlay? {
        guard let play = open else { return nil }
        var over = play
        over.close(at: time)
        open?.restart(at: time)
        return EndedPlay(over, .stopped, at: time, by: Cause("its owner plays something else"))
    }
}

/// What a word is compared with.
extension SpeakerTracker {
    /// What a word tells of, as far as it can be believed.
    mutating func believed(_ media: Media?, _ word: Word) -> Media? {
        guard let media, let old = outdated else { return media }
        guard media.isSameTrack(as: old), !media.hasSameLength(as: old) else {
            outdated = nil
            return media
        }
        return Media(durationS: media.durationS)
    }

    /// Takes note that the player goes on telling the name of a track that is over.
    mutating func distrustName(of media: Media) { outdated = media }

    /// Whether a word only says again what silence has ended.
    mutating func isStuck(_ media: Media, _ word: Word) -> Bool {
        guard let finished, media.isSameTrack(as: finished), word.update.position != nil, !word.isFresh else {
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
        rumour?.play.shift(by: seconds)
        rumour?.deadline += seconds
        pendingEnd?.since += seconds
        pendingEnd?.deadline += seconds
        if let at = lastWordAt { lastWordAt = at + seconds }
        lastEnded?.at += seconds
    }
}
