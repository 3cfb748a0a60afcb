extension SpeakerTracker {
    mutating func play(_ report: Report, wasAway: Bool, _ ended: inout [EndedPlay]) {
        guard let media = believed(report.update.media, report) else { return goOn(report) }
        guard !isStuck(media, report) else { return }
        guard !repeatsCandidate(media, report, &ended) else { return }
        let freeSince = freeSince(media, report)
        if comesBetween(media, report) { return interpose(media, report, &ended) }
        endInterlude(at: report.at, by: Cause(report.update), &ended)
        guard let current = open, isSame(media, report, as: current) else {
            return replace(with: media, report, freeSince, &ended)
        }
        guard !isOtherSong(media, report, as: current) else {
            noteOutdatedName(of: current.media)
            let start = TrackStart(report, positionS: report.firstPosition(in: media), freeSince: freeSince)
            end(.replaced, at: start.heardFrom, by: Cause(report.update), &ended)
            return interpose(Media(durationS: media.durationS), report, &ended)
        }
        let isRepeat = isRepeat(of: current, report)
        let wasGone = wasAway || pendingEnd != nil
        let isOver =
            current.isInterposed
            ? current.hasReachedEnd(at: report.at)
            : wasGone && !fits(current, report) || isRunOut(current, report)
        guard !isRepeat, !isOver else {
            return replace(with: media, report, freeSince, ending: isRepeat ? .replaced : .stopped, &ended)
        }
        goOn(with: media, report)
    }

    /// It is paused or busy.
    ///
    /// Another track that waits there has taken the place of the one that played.
    mutating func halt(_ report: Report, _ ended: inout [EndedPlay]) {
        forgetFinished()
        let media = believed(report.update.media, report)
        let track = media.flatMap { $0.isTrack && !$0.isInterlude(under: rules) ? $0 : nil }
        if let told = track ?? open?.media, repeatsCandidate(told, report, &ended) { confirmCandidate(&ended) }
        guard interlude == nil || track != nil else { return interlude?.halt(at: report.at) ?? () }
        endInterlude(at: report.at, by: Cause(report.update), &ended)
        if let track, let current = open, !isSame(track, report, as: current) || isRepeat(of: current, report) {
            return end(.replaced, at: report.at, by: Cause(report.update), &ended)
        }
        pendingEnd = nil
        open?.halt(at: report.at)
        seek(report)
    }

    /// It plays nothing, at least for now.
    mutating func stop(_ report: Report, _ ended: inout [EndedPlay]) {
        forgetFinished()
        confirmCandidate(&ended)
        let cause = Cause(report.update)
        endInterlude(at: report.at, by: cause, &ended)
        guard open != nil, pendingEnd == nil else { return }
        open?.halt(at: report.at)
        pendingEnd = PendingEnd(since: report.at, deadline: report.at + rules.flapS, cause: cause)
    }

    /// It plays, and does not say what.
    private mutating func goOn(_ report: Report) {
        pendingEnd = nil
        if interlude != nil {
            interlude?.resume(at: report.at, reporter: report.update.reporter)
        } else {
            open?.resume(at: report.at, reporter: report.update.reporter)
        }
    }

    /// It plays the track that it played.
    private mutating func goOn(with media: Media, _ report: Report) {
        pendingEnd = nil
        guard let play = open else { return }
        if play.media != media {
            let isDescriber = play.describedBy == report.update.reporter
            open?.media = isDescriber ? media.filled(from: play.media) : play.media.filled(from: media)
        }
        open?.resume(at: report.at, reporter: report.update.reporter)
        seek(report)
    }

    private mutating func seek(_ report: Report) {
        guard let play = open, let position = report.freshPosition(in: play.media, of: play) else { return }
        open?.seek(to: position, at: report.at)
    }

    /// A sound comes over the track, which waits beneath.
    private mutating func interpose(_ media: Media, _ report: Report, _ ended: inout [EndedPlay]) {
        pendingEnd = nil
        open?.interpose(at: report.at)
        guard interlude?.media != media else {
            return interlude?.resume(at: report.at, reporter: report.update.reporter) ?? ()
        }
        endInterlude(at: report.at, by: Cause(report.update), &ended)
        interlude = OpenPlay(media, TrackStart(at: report.at), report, under: rules)
    }

    /// Another track begins, or the same one anew.
    private mutating func replace(
        with media: Media, _ report: Report, _ freeSince: Double?, ending: ListenRules.Ending? = nil,
        _ ended: inout [EndedPlay]
    ) {
        let position = report.firstPosition(in: media)
        if ending == nil, let position, isCandidate(media, at: position, report) {
            let play = OpenPlay(media, TrackStart(at: report.at), report, under: rules)
            candidate = Candidate(play: play, deadline: report.at + rules.flapS)
            return
        }
        let start = TrackStart(report, positionS: position, freeSince: freeSince)
        end(ending ?? (media.isTrack ? .replaced : .stopped), at: start.heardFrom, by: Cause(report.update), &ended)
        open = OpenPlay(media, start, report, under: rules)
        seek(report)
    }
}
