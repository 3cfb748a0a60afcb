import Foundation

/// The time between two plays of a session, as far as it tells whether the same person goes on.
struct PlayGap {
    /// Seconds from the end of one to the beginning of the next; below 0 where they overlap.
    private let seconds: Double
    private let isEndUnknown: Bool

    init(from last: HeardPlay, to play: HeardPlay) {
        seconds = play.startedAt.timeIntervalSince(last.endedAt)
        isEndUnknown = last.isEndUnknown == true
    }

    /// Whether they overlap so far that two people played them.
    var isOverlap: Bool {
        seconds < (isEndUnknown ? ListenerWeights.unknownOverlapS : ListenerWeights.overlapS)
    }

    private var isPause: Bool { seconds >= ListenerWeights.pauseS }

    /// Chance that the same person goes on.
    var stay: Double {
        if isOverlap { return ListenerWeights.stayOverlapping }
        if isEndUnknown, !isPause { return ListenerWeights.stayUnknown }
        return ListenerWeights.stayByGap.first { seconds < $0.below }?.stay ?? ListenerWeights.stayAfterPause
    }

    /// Chance that somebody else than the people goes on.
    var strangerStay: Double {
        if isOverlap { return ListenerWeights.strangerStayOverlapping }
        return isPause ? ListenerWeights.strangerStayAfterPause : ListenerWeights.strangerStay
    }
}
