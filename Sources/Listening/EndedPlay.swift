import Foundation

/// A play that is over, before it is known whether a group's leader had the same one.
struct EndedPlay: Codable, Equatable, Sendable {
    var media: Media
    var startedAt: Date
    var endedAt: Date
    var heardS: Double
    var missedS: Double
    /// Part of `heardS` that was played along with the leader.
    var followedS: Double
    var leader: String?
    var ending: ListenRules.Ending

    init(_ play: OpenPlay, _ ending: ListenRules.Ending) {
        media = play.media
        startedAt = play.startedAt
        endedAt = play.lastHeardAt
        heardS = play.heardS
        missedS = play.missedS
        followedS = play.followedS
        leader = play.leader
        self.ending = ending
    }

    /// The finished play, judged.
    ///
    /// - Parameters:
    ///   - speakerName: Who played it.
    ///   - rules: When a play counts.
    ///   - isLeadersToo: Whether the leader played it as well, so that what was heard along with it is the leader's.
    /// - Returns: The play as it counts.
    func judged(on speakerName: String, by rules: ListenRules, isLeadersToo: Bool) -> Play {
        let ownS = heardS - (isLeadersToo ? followedS : 0)
        var judgement = rules.judge(heardS: ownS, missedS: missedS, of: media, ending: ending)
        if isLeadersToo, ownS < rules.minHeardS {
            judgement = .init(outcome: .ignored, reason: IgnoredReason.groupDuplicate)
        }
        return Play(
            speakerName: speakerName, media: media, startedAt: startedAt, endedAt: endedAt, playedS: ownS,
            outcome: judgement.outcome, reason: judgement.reason)
    }
}
