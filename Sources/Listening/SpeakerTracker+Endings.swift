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
        end(.replaced, at: next.begunAt, by: next.origin.cause, &ended)
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
