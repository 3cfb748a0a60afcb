extension SpeakerTracker {
    /// It plays.
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
        let isOver = current.isInterposed ? current.hasReachedEnd(at: report.at) : wasGone && !fits(current, report)
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

/// What a report means for the open play.
extension SpeakerTracker {
    /// Whether a sound only comes between two parts of the track that is open.
    private func comesBetween(_ media: Media, _ report: Report) -> Bool {
        guard !media.isSound else { return true }
        guard media.isInterlude(under: rules), let open, !open.hasReachedEnd(at: report.at) else { return false }
        return !isSame(media, report, as: open)
    }

    /// Whether a reported track is the open one.
    private func isSame(_ media: Media, _ report: Report, as play: OpenPlay) -> Bool {
        let known = play.media
        guard media != known else { return true }
        guard media.isSameTrack(as: known) else { return false }
        guard report.update.reporter == play.describedBy else { return true }
        // An advert may show the names of the song that it comes over, with a length of its own.
        if let length = media.durationS, let knownS = known.durationS,
            (length < rules.minTrackS) != (knownS < rules.minTrackS)
        {
            return false
        }
        let isGrown = media.hasGrownTitle(from: known)
        guard isGrown || !media.agrees(with: known) else { return true }
        guard media.hasSameLength(as: known) else { return false }
        if let position = report.freshPosition(in: media, of: play) {
            return abs(position - play.position(at: report.at)) <= TrackPlace.gapToleranceS
        }
        guard media.hasSameAlbum(as: known) else { return false }
        return !play.hasReachedEnd(at: report.at) && (!isGrown || known.durationS != nil || play.isYoung(at: report.at))
    }

    /// Whether the position fell back and the length changed: another song, whose name is not reported.
    private func isOtherSong(_ media: Media, _ report: Report, as play: OpenPlay) -> Bool {
        guard play.describedBy == report.update.reporter, !media.hasSameLength(as: play.media),
            let position = report.freshPosition(in: media, of: play)
        else { return false }
        // Length and position of a new track may be corrected a few seconds after its title.
        return position < play.position(at: report.at) - TrackPlace.lateS
    }

    /// Whether a track is reported at the position of the open one.
    private func isCandidate(_ media: Media, at position: Double, _ report: Report) -> Bool {
        guard let open, open.running != nil, media.isTrack, open.media.isTrack else { return false }
        return position > TrackPlace.toleranceS
            && abs(position - open.position(at: report.at)) <= TrackPlace.toleranceS
    }

    /// Whether a report only repeats the candidate.
    ///
    /// A candidate is dropped when the old track is reported again, and confirmed when it moves on or a third track begins.
    private mutating func repeatsCandidate(_ media: Media, _ report: Report, _ ended: inout [EndedPlay]) -> Bool {
        guard let next = candidate?.play, let current = open else { return false }
        if media.isSameTrack(as: next.media) {
            guard let position = report.freshPosition(in: media, of: next), !isCandidate(media, at: position, report)
            else {
                return true
            }
            confirmCandidate(&ended)
        } else if media.isSameTrack(as: current.media) {
            candidate = nil
        } else {
            confirmCandidate(&ended)
        }
        return false
    }

    /// Since when nothing was heard, though the player said that it plays; nil when it did not say so.
    private func freeSince(_ media: Media, _ report: Report) -> Double? {
        guard report.wasPlaying, interlude == nil else { return nil }
        if let open { return open.heardUntil(report.at) }
        guard let past = lastEnded, report.at - past.at < Silence.noticedS, !media.isSameTrack(as: past.media) else {
            return nil
        }
        return past.at
    }

    /// Whether a reported position says that the track, having been heard to its end, began anew.
    private func isRepeat(of play: OpenPlay, _ report: Report) -> Bool {
        guard let durationS = play.media.durationS, let position = report.freshPosition(in: play.media, of: play),
            play.isHeardToEnd(at: report.at)
        else { return false }
        let place = play.position(at: report.at)
        return position < min(place, durationS) - TrackPlace.toleranceS && position < durationS / 2
            && position <= max(0, place - durationS) + TrackPlace.lateS
    }

    /// Whether the reported position, if there is one, continues the play after it stopped.
    private func fits(_ play: OpenPlay, _ report: Report) -> Bool {
        guard let position = report.presentPosition(in: play.media) else { return !play.hasReachedEnd(at: report.at) }
        return position >= play.position(at: report.at) - TrackPlace.toleranceS
    }
}
