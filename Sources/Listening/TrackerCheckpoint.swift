/// Everything the play tracker must know to go on after a restart.
public struct TrackerCheckpoint: Codable, Equatable, Sendable {
    /// The tracker as it was; nil when nothing was ever heard.
    var tracker: HomeTracker?
    /// What was heard by then counts, whatever became of it.
    var savedAt: Moment?

    /// A checkpoint of a house in which nothing was heard.
    public init() {}

    init(_ tracker: HomeTracker, at now: Moment) {
        self.tracker = tracker
        savedAt = now
    }
}

extension HomeTracker {
    /// Goes on where an earlier run stopped: what played then goes on if the speaker says so.
    ///
    /// - Parameters:
    ///   - checkpoint: Where it stopped.
    ///   - aliases: Other names of a speaker → its name.
    ///   - now: The time.
    public init(resuming checkpoint: TrackerCheckpoint, aliases: [String: String] = [:], at now: Moment) {
        self = checkpoint.tracker ?? HomeTracker()
        self.aliases = aliases
        guard let savedAt = checkpoint.savedAt else { return }
        interrupt(source: nil, at: savedAt)
        shift(to: now, from: savedAt)
    }

    /// All that a later tracker needs to go on; the same as before when nothing was said or heard in between.
    ///
    /// - Parameter now: The time.
    /// - Returns: What is to be kept.
    public func checkpoint(at now: Moment) -> TrackerCheckpoint {
        let heardS = isHearing(at: now) ? now.uptimeS : lastHeard(at: now.uptimeS) ?? 0
        return TrackerCheckpoint(self, at: Moment(date: date(of: heardS), uptimeS: heardS))
    }
}

/// Names that change while the house is lived in.
extension HomeTracker {
    /// Takes on other aliases.
    ///
    /// What plays under a name that is now another's goes on, or ends, under that other.
    ///
    /// - Parameters:
    ///   - aliases: Other names of a speaker → its name.
    ///   - time: Now.
    /// - Returns: Plays that end by it.
    public mutating func rename(_ aliases: [String: String], at time: Moment) -> [Play] {
        var plays = advance(to: time)
        self.aliases = aliases
        for (alias, name) in aliases.sorted(by: { $0.key < $1.key }) {
            guard var speaker = speakers.removeValue(forKey: alias) else { continue }
            groups.forget(alias)
            handOverTimes[alias] = nil
            if speakers[name]?.open == nil {
                speakers[name] = speaker
                if let known = sources.removeValue(forKey: alias) { sources[name] = known }
            } else {
                plays += speaker.finish(at: time.uptimeS).map { judged($0, on: name) }
                sources[alias] = nil
            }
            checkSoon(name)
        }
        return plays
    }
}
