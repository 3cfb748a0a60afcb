import Foundation

/// A play that is over, before it is known whether a group's leader had the same one.
struct EndedPlay: Codable, Equatable, Sendable {
    var media: Media
    var startedAt: Date
    var endedAt: Date
    var heardS: Double
    var missedS: Double
    /// Part of `heardS` that was played along with others.
    var followedS: Double
    /// Those others, the leader first.
    var elders: [String]
    var ending: ListenRules.Ending

    init(_ play: OpenPlay, _ ending: ListenRules.Ending) {
        media = play.media
        startedAt = play.startedAt
        endedAt = play.lastHeardAt
        heardS = play.heardS
        missedS = play.missedS
        followedS = play.followedS
        elders = play.elders
        self.ending = ending
    }

    /// The finished play, judged.
    ///
    /// - Parameters:
    ///   - speakerName: Who played it.
    ///   - rules: When a play counts.
    ///   - eldersS: Seconds that one of the others heard of it, which are theirs; nil when none of them had it.
    /// - Returns: The play as it counts.
    func judged(on speakerName: String, by rules: ListenRules, eldersS: Double?) -> Play {
        let ownS = heardS - min(followedS, eldersS ?? 0)
        var judgement = rules.judge(heardS: ownS, missedS: missedS, of: media, ending: ending)
        if eldersS != nil, ownS < rules.minHeardS {
            judgement = .init(outcome: .ignored, reason: IgnoredReason.groupDuplicate)
        }
        return Play(
            speakerName: speakerName, media: media, startedAt: startedAt, endedAt: endedAt, playedS: ownS,
            outcome: judgement.outcome, reason: judgement.reason)
    }
}
