import Foundation

/// The play tracker of a house: reports of all speakers in, finished plays out.
///
/// A value without clock or I/O: the same updates give the same plays, live and from a recording.
public struct HomeTracker: Codable, Equatable, Sendable {
    /// Other names of a speaker → its name.
    ///
    /// Sources that speak of one speaker under several names are one speaker.
    public internal(set) var aliases: [String: String]
    var speakers: [String: SpeakerTracker] = [:]
    var sources: [String: SpeakerSources] = [:]
    var groups = Groups()
    /// The speaker that continues the listen of another: owner → successor.
    var successors: [String: String] = [:]
    /// Speakers that halted while others of the group play on, and when one of those continues the listen.
    var handOverTimes: [String: Double] = [:]
    /// No deadline is before this.
    var nextCheck = -Double.infinity
    /// How far the wall clock is ahead of the running one, in seconds.
    var offsetS: Double?

    private enum CodingKeys: String, CodingKey {
        case aliases, speakers, sources, groups, successors, handOverTimes, offsetS
    }

    /// Creates a tracker without any reports.
    ///
    /// - Parameter aliases: Other names of a speaker → its name.
    public init(aliases: [String: String] = [:]) { self.aliases = aliases }

    /// Processes an update of a speaker.
    ///
    /// - Parameters:
    ///   - update: Its whole state.
    ///   - rules: When a play counts there.
    /// - Returns: Plays that are over by it, in the order they ended.
    public mutating func receive(_ update: PlayerUpdate, under rules: ListenRules) -> [Play] {
        var plays = advance(to: update.at)
        let name = resolved(update.speakerName)
        guard !update.isReplay else {
            applyRetained(update, on: name)
            return plays
        }
        speakers[name, default: SpeakerTracker(rules: rules)].rules = rules
        if accepts(update, of: name) {
            plays += deliver(name, update)
        } else {
            speakers[name]?.notePosition(update)
        }
        return plays
    }

    /// Lets time pass.
    ///
    /// - Parameter now: The time.
    /// - Returns: Plays that nobody will go on with, in the order they ended.
    public mutating func advance(to now: Moment) -> [Play] {
        setClock(now)
        var plays: [Play] = []
        while nextCheck <= now.uptimeS {
            guard let first = earliest(), first.deadline <= now.uptimeS else {
                nextCheck = earliest()?.deadline ?? .infinity
                break
            }
            plays += expire(first.name, at: first.deadline)
        }
        return plays
    }

    /// Ends every play, because nothing more will come.
    ///
    /// - Parameter time: When the last thing came.
    /// - Returns: All plays that were not over.
    public mutating func finish(at time: Moment) -> [Play] {
        var plays = advance(to: time)
        for name in speakers.keys.sorted() {
            let ended = speakers[name]?.finish(at: time.uptimeS) ?? []
            plays += ended.map { judged($0, on: name) }
        }
        successors = [:]
        handOverTimes = [:]
        return plays.sorted { ($0.endedAt, $0.speakerName) < ($1.endedAt, $1.speakerName) }
    }

    /// When ``advance(to:)`` has something to end, in seconds of ``Moment/uptimeS``; it may turn out to be later.
    public var nextDeadline: Double? {
        guard nextCheck > -.infinity else { return earliest()?.deadline }
        return nextCheck < .infinity ? nextCheck : nil
    }

    /// What plays on a speaker.
    ///
    /// - Parameter name: The speaker.
    /// - Returns: nil when nothing does.
    public func nowPlaying(on name: String) -> NowPlaying? {
        guard let speaker = speakers[name], let play = speaker.interlude ?? speaker.open, speaker.pendingEnd == nil
        else {
            return nil
        }
        let state = play.away == nil ? speaker.state : .unknown
        return NowPlaying(media: play.media, state: state, startedAt: date(of: play.begunAt), isMarked: play.isMarked)
    }

    /// Whether seconds are being heard, so that a later checkpoint would say more.
    ///
    /// - Parameter now: The time.
    /// - Returns: Whether they are.
    public func isHearing(at now: Moment) -> Bool {
        let nowS = now.uptimeS
        return speakers.values.contains {
            $0.open?.isCounting(at: nowS) == true || $0.interlude?.isCounting(at: nowS) == true
        }
    }

    /// Marks what plays on a speaker; the mark stays with that play, whatever comes over it.
    ///
    /// - Parameter name: The speaker.
    public mutating func mark(_ name: String) {
        speakers[name]?.open?.isMarked = true
        speakers[name]?.interlude?.isMarked = true
        speakers[name]?.candidate?.play.isMarked = true
    }

    /// Forgets a speaker.
    ///
    /// - Parameter name: Its name.
    /// - Returns: What it played.
    public mutating func forget(_ name: String) -> [Play] {
        guard var speaker = speakers.removeValue(forKey: name) else { return [] }
        let ended = speaker.finish(at: speaker.lastReportAt ?? 0)
        sources[name] = nil
        groups.forget(name)
        handOverTimes[name] = nil
        successors = successors.filter { $0.key != name && $0.value != name }
        return ended.map { $0.judged(on: name, by: speaker.rules, date: date) }
    }
}
