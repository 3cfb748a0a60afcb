import Foundation

/// A play that is over, before it is judged.
struct EndedPlay {
    var play: OpenPlay
    var ending: ListenRules.Ending
    /// When it ended, by the clock that only runs.
    var endedAt: Double
    var cause: Cause

    init(_ play: OpenPlay, _ ending: ListenRules.Ending, at time: Double, by cause: Cause) {
        self.play = play
        self.ending = ending
        self.cause = cause
        endedAt = max(play.begunAt, min(time, play.seen.end ?? time))
    }

    /// The finished play, judged.
    ///
    /// - Parameters:
    ///   - name: Who played it.
    ///   - rules: When a play counts.
    ///   - date: The date of an instant.
    /// - Returns: The play as it counts.
    func judged(on name: String, by rules: ListenRules, date: (Double) -> Date) -> Play {
        let media = play.media
        let ownS = min(play.seen.ownS, media.durationS ?? .infinity)
        let isFollower = play.seen.followedS > 0
        var judgement = rules.judge(
            heardS: ownS, besidesS: play.seen.followedS + play.missedS, of: media, ending: ending,
            isCut: play.origin.isSeen && !play.hasReachedEnd(at: endedAt))
        // A few seconds may pass until the other members of a group are recognised as such.
        if isFollower, ownS < TrackPlace.lateS, IgnoredReason.of(media) == nil {
            judgement = .init(outcome: .ignored, reason: IgnoredReason.groupDuplicate)
        }
        return Play(
            speakerName: play.owner ?? name, media: media,
            startedAt: date(min(play.begunAt, play.seen.start ?? play.begunAt)), endedAt: date(endedAt),
            playedS: ownS, outcome: judgement.outcome, reason: judgement.reason, isMarked: play.isMarked,
            account: PlayAccount(self, date: date))
    }
}
