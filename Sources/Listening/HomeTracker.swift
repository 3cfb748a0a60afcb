import Foundation

/// The play tracker of a house: reports of all speakers in, finished plays out.
///
/// A value without clock or I/O: the same updates give the same plays, live and from a recording.
public struct HomeTracker: Codable, Equatable, Sendable {
    /// A wall clock that drifts from the running one by more than this was set, in seconds.
    private static let stepS = 1.0

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
    private var nextCheck = -Double.infinity
    /// How far the wall clock is ahead of the running one, in seconds.
    private var offsetS: Double?

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

/// How a report reaches its speaker.
extension HomeTracker {
    func resolved(_ name: String) -> String { aliases[name] ?? name }

    func date(of instant: Double) -> Date { Date(timeIntervalSinceReferenceDate: instant + (offsetS ?? 0)) }

    func judged(_ ended: EndedPlay, on name: String) -> Play {
        ended.judged(on: name, by: speakers[name]?.rules ?? ListenRules(), date: date)
    }

    /// Passes an update to its speaker, and updates the group.
    mutating func deliver(_ name: String, _ update: PlayerUpdate) -> [Play] {
        let now = update.at.uptimeS
        let deadlineBefore = deadline(of: name)
        let before = speakers[name]?.open?.begunAt
        let ended = speakers[name]?.receive(update) ?? []
        var plays = ended.map { judged($0, on: name) }
        let touched = groups.note(
            update.groupMembers.map(resolved), queue: update.queue, of: name, isPlaying: update.state == .playing,
            at: now)
        regroup(name, touched, at: now)
        if successors[name] != nil || ended.contains(where: { $0.play.owner != nil }) {
            plays += release(name, hasBegun: speakers[name]?.open?.begunAt != before, ended)
        }
        checkSoon(name)
        if deadlineBefore == nextCheck, deadline(of: name) != nextCheck {
            nextCheck = earliest()?.deadline ?? .infinity
        }
        return plays
    }

    private func deadline(of name: String) -> Double? {
        guard let speaker = speakers[name] else { return nil }
        return [speaker.deadline, handOverTimes[name]].compactMap { $0 }.min()
    }

    /// When anything was reported or heard last.
    func lastHeard(at now: Double) -> Double? {
        speakers.values.flatMap { speaker in
            [speaker.lastReportAt, speaker.open?.heardUntil(now), speaker.interlude?.heardUntil(now)].compactMap { $0 }
        }.max()
    }

    private mutating func setClock(_ now: Moment) {
        if let offsetS, abs(now.offsetS - offsetS) <= Self.stepS { return }
        offsetS = now.offsetS
    }

    /// The speaker whose deadline is the first, with that.
    private func earliest() -> (name: String, deadline: Double)? {
        var first: (name: String, deadline: Double)?
        for name in speakers.keys {
            guard let deadline = deadline(of: name) else { continue }
            guard let known = first, (known.deadline, known.name) <= (deadline, name) else {
                first = (name, deadline)
                continue
            }
        }
        return first
    }

    private mutating func expire(_ name: String, at deadline: Double) -> [Play] {
        if let due = handOverTimes[name], due <= deadline {
            handOverTimes[name] = nil
            _ = handOver(name, at: deadline)
            return []
        }
        // What a group plays on goes on, whoever of it stops.
        if speakers[name]?.isStopping == true, handOver(name, at: deadline) { return [] }
        let ended = speakers[name]?.expire(at: deadline) ?? []
        let plays = ended.map { judged($0, on: name) }
        for play in ended where play.play.owner != nil { successors[play.play.owner ?? ""] = nil }
        regroup(name, [], at: deadline)
        return plays
    }

    /// Deadlines of a speaker may have changed.
    mutating func checkSoon(_ name: String) {
        nextCheck = min(nextCheck, deadline(of: name) ?? .infinity)
    }

    /// Puts everything onto a clock with another zero.
    mutating func shift(to now: Moment, from saved: Moment) {
        let seconds = min((offsetS ?? saved.offsetS) - now.offsetS, now.uptimeS - saved.uptimeS)
        for name in speakers.keys { speakers[name]?.shift(by: seconds) }
        for name in sources.keys { sources[name]?.shift(by: seconds) }
        groups.shift(by: seconds)
        handOverTimes = handOverTimes.mapValues { $0 + seconds }
        nextCheck += seconds
        offsetS = now.offsetS
    }
}
