/// What a report means for the open play.
extension SpeakerTracker {
    /// Whether a sound only comes between two parts of the track that is open.
    func comesBetween(_ media: Media, _ report: Report) -> Bool {
        guard !media.isSound else { return true }
        guard media.isInterlude(under: rules), let open, !open.hasReachedEnd(at: report.at) else { return false }
        return !isSame(media, report, as: open)
    }

    /// Whether a reported track is the open one.
    func isSame(_ media: Media, _ report: Report, as play: OpenPlay) -> Bool {
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
    func isOtherSong(_ media: Media, _ report: Report, as play: OpenPlay) -> Bool {
        guard play.describedBy == report.update.reporter, !media.hasSameLength(as: play.media),
            let position = report.freshPosition(in: media, of: play)
        else { return false }
        // Length and position of a new track may be corrected a few seconds after its title.
        return position < play.position(at: report.at) - TrackPlace.lateS
    }

    /// Whether a track is reported at the position of the open one.
    func isCandidate(_ media: Media, at position: Double, _ report: Report) -> Bool {
        guard let open, open.running != nil, media.isTrack, open.media.isTrack else { return false }
        return position > TrackPlace.toleranceS
            && abs(position - open.position(at: report.at)) <= TrackPlace.toleranceS
    }

    /// Whether a report only repeats the candidate.
    ///
    /// A candidate is dropped when the old track is reported again, and confirmed when it moves on or a third track begins.
    mutating func repeatsCandidate(_ media: Media, _ report: Report, _ ended: inout [EndedPlay]) -> Bool {
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
    func freeSince(_ media: Media, _ report: Report) -> Double? {
        guard report.wasPlaying, interlude == nil else { return nil }
        if let open { return open.heardUntil(report.at) }
        guard let past = lastEnded, report.at - past.at < Silence.noticedS, !media.isSameTrack(as: past.media) else {
            return nil
        }
        return past.at
    }

    /// Whether a reported position says that the track, having been heard to its end, began anew.
    func isRepeat(of play: OpenPlay, _ report: Report) -> Bool {
        guard let durationS = play.media.durationS, let position = report.freshPosition(in: play.media, of: play),
            play.isHeardToEnd(at: report.at)
        else { return false }
        let place = play.position(at: report.at)
        return position < min(place, durationS) - TrackPlace.toleranceS && position < durationS / 2
            && position <= max(0, place - durationS) + TrackPlace.lateS
    }

    /// Whether a player that halted at the very end of a track, as some do between two tracks, now plays it anew: it does not
    /// say where, and nothing of the track is left.
    func isRunOut(_ play: OpenPlay, _ report: Report) -> Bool {
        guard play.running == nil, report.update.position == nil, let durationS = play.media.durationS else {
            return false
        }
        return play.isHeardToEnd(at: report.at) && play.position(at: report.at) >= durationS - TrackPlace.toleranceS
    }

    /// Whether the reported position, if there is one, continues the play after it stopped.
    func fits(_ play: OpenPlay, _ report: Report) -> Bool {
        guard let position = report.presentPosition(in: play.media) else { return !play.hasReachedEnd(at: report.at) }
        return position >= play.position(at: report.at) - TrackPlace.toleranceS
    }
}

/// What players go on saying though it is over: names, positions, and tracks that ended.
extension SpeakerTracker {
    /// Remembers the position that a source reports which is not followed, so that it is not new later.
    mutating func notePosition(_ update: PlayerUpdate) {
        if let position = update.position { lastPositions[update.reporter] = position }
    }

    /// Whether a position is new. A repeated one without a stamp is new only after a very long silence.
    mutating func isFresh(_ update: PlayerUpdate, after gapS: Double) -> Bool {
        guard let position = update.position else { return false }
        defer { lastPositions[update.reporter] = position }
        guard let before = lastPositions[update.reporter], before.seconds == position.seconds,
            before.stamp == position.stamp
        else {
            return true
        }
        return position.stamp == nil && gapS > Silence.unknownLengthS
    }

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
}
