extension SpeakerTracker {
    /// It plays.
    mutating func play(_ word: Word, wasAway: Bool, _ ended: inout [EndedPlay]) {
        guard let media = believed(word.update.media, word) else { return goOn(word) }
        guard !isStuck(media, word) else { return }
        guard !isRumoured(media, word, &ended) else { return }
        let freeSince = freeSince(media, word)
        if comesBetween(media, word) { return interpose(media, word, &ended) }
        endInterlude(at: word.at, by: Cause(word.update), &ended)
        guard let current = open, isSame(media, word, as: current) else {
            return replace(with: media, word, freeSince, &ended)
        }
        guard !isOtherSong(media, word, as: current) else {
            distrustName(of: current.media)
            let start = TrackStart(word, positionS: word.firstPosition(in: media), freeSince: freeSince)
            end(.replaced, at: start.heardFrom, by: Cause(word.update), &ended)
            return interpose(Media(durationS: media.durationS), word, &ended)
        }
        let isRepeat = isRepeat(of: current, word)
        let wasGone = wasAway || pendingEnd != nil
        let isOver = current.isInterposed ? current.hasReachedEnd(at: word.at) : wasGone && !fits(current, word)
        guard !isRepeat, !isOver else {
            return replace(with: media, word, freeSince, ending: isRepeat ? .replaced : .stopped, &ended)
        }
        goOn(with: media, word)
    }

    /// It is paused or busy.
    ///
    /// Another track that waits there has taken the place of the one that played.
    mutating func halt(_ word: Word, _ ended: inout [EndedPlay]) {
        forgetFinished()
        let media = believed(word.update.media, word)
        let track = media.flatMap { $0.isTrack && !$0.isInterlude(under: rules) ? $0 : nil }
        if let told = track ?? open?.media, isRumoured(told, word, &ended) { confirmRumour(&ended) }
        guard interlude == nil || track != nil else { return interlude?.halt(at: word.at) ?? () }
        endInterlude(at: word.at, by: Cause(word.update), &ended)
        if let track, let current = open, !isSame(track, word, as: current) || isRepeat(of: current, word) {
            return end(.replaced, at: word.at, by: Cause(word.update), &ended)
        }
        pendingEnd = nil
        open?.halt(at: word.at)
        seek(word)
    }

    /// It plays nothing, at least for now.
    mutating func stop(_ word: Word, _ ended: inout [EndedPlay]) {
        forgetFinished()
        confirmRumour(&ended)
        let cause = Cause(word.update)
        endInterlude(at: word.at, by: cause, &ended)
        guard open != nil, pendingEnd == nil else { return }
        open?.halt(at: word.at)
        pendingEnd = PendingEnd(since: word.at, deadline: word.at + rules.flapS, cause: cause)
    }

    /// It plays, and does not say what.
    private mutating func goOn(_ word: Word) {
        pendingEnd = nil
        if interlude != nil {
            interlude?.resume(at: word.at, voice: word.update.voice)
        } else {
            open?.resume(at: word.at, voice: word.update.voice)
        }
    }

    /// It plays the track that it played.
    private mutating func goOn(with media: Media, _ word: Word) {
        pendingEnd = nil
        guard let play = open else { return }
        if play.media != media {
            let isTeller = play.teller == word.update.voice
            open?.media = isTeller ? media.filled(from: play.media) : play.media.filled(from: media)
        }
        open?.resume(at: word.at, voice: word.update.voice)
        seek(word)
    }

    private mutating func seek(_ word: Word) {
        guard let play = open, let position = word.freshPosition(in: play.media, of: play) else { return }
        open?.seek(to: position, at: word.at)
    }

    /// A sound comes over the track, which waits beneath.
    private mutating func interpose(_ media: Media, _ word: Word, _ ended: inout [EndedPlay]) {
        pendingEnd = nil
        open?.interpose(at: word.at)
        guard interlude?.media != media else { return interlude?.resume(at: word.at, voice: word.update.voice) ?? () }
        endInterlude(at: word.at, by: Cause(word.update), &ended)
        interlude = OpenPlay(media, TrackStart(at: word.at), word, under: rules)
    }

    /// Another track begins, or the same one anew.
    private mutating func replace(
        with media: Media, _ word: Word, _ freeSince: Double?, ending: ListenRules.Ending? = nil,
        _ ended: inout [EndedPlay]
    ) {
        let position = word.firstPosition(in: media)
        if ending == nil, let position, isRumour(media, at: position, word) {
            let play = OpenPlay(media, TrackStart(at: word.at), word, under: rules)
            rumour = Rumour(play: play, deadline: word.at + rules.flapS)
            return
        }
        let start = TrackStart(word, positionS: position, freeSince: freeSince)
        end(ending ?? (media.isTrack ? .replaced : .stopped), at: start.heardFrom, by: Cause(word.update), &ended)
        open = OpenPlay(media, start, word, under: rules)
        seek(word)
    }
}

/// What a word means for the play that is open.
extension SpeakerTracker {
    /// Whether a sound only comes between two parts of the track that is open.
    private func comesBetween(_ media: Media, _ word: Word) -> Bool {
        guard !media.isSound else { return true }
        guard media.isInterlude(under: rules), let open, !open.hasReachedEnd(at: word.at) else { return false }
        return !isSame(media, word, as: open)
    }

    /// Whether a track that is told of is the one that is open.
    private func isSame(_ media: Media, _ word: Word, as play: OpenPlay) -> Bool {
        let known = play.media
        guard media != known else { return true }
        guard media.isSameTrack(as: known) else { return false }
        guard word.update.voice == play.teller else { return true }
        let isGrown = media.hasGrownTitle(from: known)
        guard isGrown || !media.agrees(with: known) else { return true }
        guard media.hasSameLength(as: known) else { return false }
        if let position = word.freshPosition(in: media, of: play) {
            return abs(position - play.position(at: word.at)) <= TrackPlace.gapToleranceS
        }
        guard media.hasSameAlbum(as: known) else { return false }
        return !play.hasReachedEnd(at: word.at) && (!isGrown || known.durationS != nil || play.isYoung(at: word.at))
    }

    /// Whether the position fell back together with another length: another song, whose name is not told.
    private func isOtherSong(_ media: Media, _ word: Word, as play: OpenPlay) -> Bool {
        guard play.teller == word.update.voice, !media.hasSameLength(as: play.media),
            let position = word.freshPosition(in: media, of: play)
        else { return false }
        return position < play.position(at: word.at) - TrackPlace.toleranceS
    }

    /// Whether a track is told of at the place where the open one is.
    private func isRumour(_ media: Media, at position: Double, _ word: Word) -> Bool {
        guard let open, open.running != nil, media.isTrack, open.media.isTrack else { return false }
        return position > TrackPlace.toleranceS
            && abs(position - open.position(at: word.at)) <= TrackPlace.toleranceS
    }

    /// Whether a word only says again what is a rumour.
    ///
    /// A rumour is dropped when the old track is told of again, and confirmed when the new one moves on or a third begins.
    private mutating func isRumoured(_ media: Media, _ word: Word, _ ended: inout [EndedPlay]) -> Bool {
        guard let next = rumour?.play, let current = open else { return false }
        if media.isSameTrack(as: next.media) {
            guard let position = word.freshPosition(in: media, of: next), !isRumour(media, at: position, word) else {
                return true
            }
            confirmRumour(&ended)
        } else if media.isSameTrack(as: current.media) {
            rumour = nil
        } else {
            confirmRumour(&ended)
        }
        return false
    }

    /// Since when nothing was heard, though the player said that it plays; nil when it did not say so.
    private func freeSince(_ media: Media, _ word: Word) -> Double? {
        guard word.wasPlaying, interlude == nil else { return nil }
        if let open { return open.heardUntil(word.at) }
        guard let past = lastEnded, word.at - past.at < Silence.noticedS, !media.isSameTrack(as: past.media) else {
            return nil
        }
        return past.at
    }

    /// Whether a reported position says that the track, having been heard to its end, began anew.
    private func isRepeat(of play: OpenPlay, _ word: Word) -> Bool {
        guard let durationS = play.media.durationS, let position = word.freshPosition(in: play.media, of: play),
            play.isHeardToEnd(at: word.at)
        else { return false }
        let place = play.position(at: word.at)
        return position < min(place, durationS) - TrackPlace.toleranceS && position < durationS / 2
            && position <= max(0, place - durationS) + TrackPlace.lateS
    }

    /// Whether a position is told that the play can go on from after it stopped, or none that says otherwise.
    private func fits(_ play: OpenPlay, _ word: Word) -> Bool {
        guard let position = word.presentPosition(in: play.media) else { return !play.hasReachedEnd(at: word.at) }
        return position >= play.position(at: word.at) - TrackPlace.toleranceS
    }
}
