import Foundation

/// The state machine of one speaker: updates in, plays that are over out.
struct SpeakerTracker: Codable, Equatable, Sendable {
    /// How long a track waits for an announcement over it to end, in seconds.
    private static let interludeS = 600.0
    /// How long a play waits for word of a speaker that cannot be heard, in seconds.
    private static let awayS = 21_600.0

    /// What will end a play unless the same track goes on before.
    struct PendingEnd: Codable, Equatable, Sendable {
        var since: Date
        var deadline: Date
    }

    var rules: ListenRules
    var open: OpenPlay?
    /// An announcement or an advert, with `open` waiting beneath it.
    var interlude: OpenPlay?
    var pendingEnd: PendingEnd?
    var state = PlayerState.unknown
    /// The source that speaks for the speaker, where several do.
    var voice = ""
    var lastWordAt: Date?
    /// The last plays that ended, the newest last, for those who played along.
    private(set) var recentlyEnded: [EndedPlay] = []
    private static let recentPlays = 4

    init(rules: ListenRules) { self.rules = rules }

    /// Takes in what the speaker says now.
    ///
    /// - Returns: Plays that are over by it, in the order they ended.
    mutating func receive(_ update: PlayerUpdate, elders: [String]) -> [EndedPlay] {
        if let lastWordAt, update.at < lastWordAt { clockWentBack(to: update.at) }
        var ended = advance(to: update.at)
        let word = Word(
            update: update, elders: elders, previousAt: lastWordAt, wasPlaying: state == .playing,
            wasAway: open?.awaySince != nil)
        // That it plays, but not what, tells nothing of a play that could not be heard.
        if word.wasAway, update.state == .playing, update.media == nil { return ended }
        state = update.state
        voice = update.speakerName
        lastWordAt = update.at
        switch update.state {
        case .playing: play(word, &ended)
        case .paused, .buffering: halt(word, &ended)
        case .idle, .off: stop(at: update.at, &ended)
        // Of a speaker that could not be heard anyway, this says nothing new.
        case .unavailable, .unknown: if !word.wasAway { stop(at: update.at, &ended) }
        }
        return ended
    }

    /// Takes in what a broker remembers of the speaker: never evidence of listening, but a hint at what became of a play
    /// that could not be heard for a while.
    mutating func presume(_ update: PlayerUpdate) {
        guard let play = open, let since = play.awaySince, pendingEnd == nil else { return }
        let isSame = update.media.map { $0.isSameTrack(as: play.media) } ?? true
        switch update.state {
        case .playing where isSame: open?.presumePlaying(since: update.at)
        case .playing, .idle, .off: awaitEnd(since: since, from: update.at)
        case .paused, .buffering, .unavailable, .unknown: break
        }
    }

    /// Ends the play as it was at a time, unless it goes on soon.
    mutating func awaitEnd(since time: Date, from now: Date) {
        pendingEnd = PendingEnd(since: time, deadline: now.addingTimeInterval(rules.flapS))
    }

    /// Lets time pass: ends what waited in vain.
    mutating func advance(to now: Date) -> [EndedPlay] {
        guard let deadline, deadline <= now else {
            open?.run(to: now)
            interlude?.run(to: now)
            return []
        }
        var ended: [EndedPlay] = []
        if pendingEnd == nil, interlude != nil {
            endInterlude(at: deadline, &ended)
        } else {
            endInterlude(at: deadline, &ended)
            end(pendingEnd == nil ? .unseen : .stopped, at: pendingEnd?.since ?? deadline, &ended)
        }
        return ended
    }

    /// When ``advance(to:)`` has something to end.
    var deadline: Date? {
        if let pendingEnd { return pendingEnd.deadline }
        if let interlude { return interlude.startedAt.addingTimeInterval(Self.interludeS) }
        return open?.awaySince?.addingTimeInterval(Self.awayS)
    }

    /// The speaker cannot be heard any more.
    mutating func interrupt(at time: Date) {
        open?.leave(at: time)
        interlude?.leave(at: time)
    }

    /// Nothing more will come.
    ///
    /// A play in progress has heard what it has heard, but silence never completes it.
    mutating func finish(at time: Date) -> [EndedPlay] {
        var ended = advance(to: time)
        endInterlude(at: time, &ended)
        if let pendingEnd {
            end(.stopped, at: pendingEnd.since, &ended)
        } else if let open {
            let judgement = rules.judge(heardS: open.confirmedS, durationS: open.media.durationS)
            let isSeen = open.awaySince == nil && judgement.outcome == .completed
            end(isSeen ? .stopped : .unseen, at: time, &ended)
        }
        return ended
    }

    /// Ends the play, if there is one, as it was at a time.
    mutating func end(_ ending: ListenRules.Ending, at time: Date, _ ended: inout [EndedPlay]) {
        pendingEnd = nil
        guard var play = open else { return }
        open = nil
        play.run(to: time)
        play.rewind(to: time)
        let over = EndedPlay(play, ending)
        recentlyEnded = recentlyEnded.suffix(Self.recentPlays - 1) + [over]
        ended.append(over)
    }

    /// The clock was set back: nothing counts across the step, and nothing waits for the old time to come again.
    private mutating func clockWentBack(to time: Date) {
        lastWordAt = time
        open?.clockWentBack(to: time)
        interlude?.clockWentBack(to: time)
        if pendingEnd != nil { awaitEnd(since: time, from: time) }
    }

    /// Ends what came over the play, if anything did.
    mutating func endInterlude(at time: Date, _ ended: inout [EndedPlay]) {
        guard var sound = interlude else { return }
        interlude = nil
        sound.run(to: time)
        ended.append(EndedPlay(sound, .stopped))
    }
}
