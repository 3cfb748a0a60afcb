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
