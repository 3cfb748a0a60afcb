public import Foundation

/// The play tracker: what all speakers of a house say goes in, plays that are over come out.
///
/// A value without clock or I/O: the same updates give the same plays, live and from a recording.
public struct HomeTracker: Sendable {
    /// Other names of a speaker → its name.
    ///
    /// Sources that speak of one speaker under several names are one speaker.
    public private(set) var aliases: [String: String]
    private var speakers: [String: SpeakerTracker]
    /// What each source of a speaker said last, for speakers that several sources speak of.
    private var voices: [String: [String: PlayerUpdate]] = [:]
    /// The group that each leader last named, itself first.
    private var groups: [String: [String]] = [:]

    /// Creates a tracker.
    ///
    /// - Parameters:
    ///   - checkpoint: Where an earlier run stopped. What played then goes on if the speaker says so; the time between
    ///     counts for nothing.
    ///   - aliases: Other names of a speaker → its name.
    public init(checkpoint: TrackerCheckpoint = TrackerCheckpoint(), aliases: [String: String] = [:]) {
        self.aliases = aliases
        speakers = checkpoint.speakers
        for name in speakers.keys { speakers[name]?.interrupt(at: .distantPast) }
    }

    /// Takes in what a speaker says.
    ///
    /// - Parameters:
    ///   - update: Its whole state.
    ///   - rules: When a play counts there.
    /// - Returns: Plays that are over by it, in the order they ended.
    public mutating func receive(_ update: PlayerUpdate, under rules: ListenRules) -> [Play] {
        let name = resolved(update.speakerName)
        guard !update.isReplay else {
            speakers[name]?.presume(update)
            return []
        }
        speakers[name, default: SpeakerTracker(rules: rules)].rules = rules
        guard hears(update, of: name) else { return [] }
        var ended = tell(name, update)
        if var other = otherVoice(of: name, after: update) {
            other.at = update.at
            // It is known to be the same play; where another source had it when is beside the point.
            other.positionS = nil
            ended += tell(name, other)
        }
        return ended.map { judged($0, on: name) }
    }

    /// Lets time pass.
    ///
    /// - Parameter now: The time.
    /// - Returns: Plays that nobody will go on with.
    public mutating func advance(to now: Date) -> [Play] {
        each { $0.advance(to: now) }
    }

    /// Ends every play, because nothing more will come.
    ///
    /// - Parameter time: When the last thing came.
    /// - Returns: All plays that were not over.
    public mutating func finish(at time: Date) -> [Play] {
        each { $0.finish(at: time) }
    }

    /// Speakers cannot be heard from a time on, until they say something again.
    ///
    /// - Parameters:
    ///   - names: Which; nil means all.
    ///   - time: Since when.
    public mutating func interrupt(speakers names: Set<String>?, at time: Date) {
        let names = names.map { Set($0.map(resolved)) } ?? Set(speakers.keys)
        for name in names { speakers[name]?.interrupt(at: time) }
    }

    /// When ``advance(to:)`` has something to end.
    public var nextDeadline: Date? { speakers.values.compactMap(\.deadline).min() }

    /// What plays, by speaker.
    public var nowPlaying: [String: NowPlaying] {
        speakers.compactMapValues { speaker in
            guard let play = speaker.interlude ?? speaker.open, speaker.pendingEnd == nil else { return nil }
            let state = play.awaySince == nil ? speaker.state : .unknown
            return NowPlaying(media: play.media, state: state, startedAt: play.startedAt)
        }
    }

    /// All that a later tracker needs to go on.
    public var checkpoint: TrackerCheckpoint {
        TrackerCheckpoint(speakers.filter { $1.open != nil || $1.interlude != nil })
    }

    private func resolved(_ name: String) -> String { aliases[name] ?? name }

    private mutating func tell(_ name: String, _ update: PlayerUpdate) -> [EndedPlay] {
        let elders = elders(of: update, on: name)
        return speakers[name]?.receive(update, elders: elders) ?? []
    }

    /// Does something to every speaker, and gives out what ended, in the order it ended.
    private mutating func each(_ body: (inout SpeakerTracker) -> [EndedPlay]) -> [Play] {
        var ended: [(name: String, play: EndedPlay)] = []
        for (name, speaker) in speakers {
            var speaker = speaker
            ended += body(&speaker).map { (name, $0) }
            speakers[name] = speaker
        }
        return ended.sorted { ($0.play.endedAt, $0.name) < ($1.play.endedAt, $1.name) }.map {
            judged($0.play, on: $0.name)
        }
    }
}

/// Several sources of one speaker.
extension HomeTracker {
    /// Whether a source is to be heard: one that plays takes the word from one that does not, and no other way.
    private mutating func hears(_ update: PlayerUpdate, of name: String) -> Bool {
        let isOnly = update.speakerName == name && voices[name] == nil
        if !isOnly { voices[name, default: [:]][update.speakerName] = update }
        guard let speaker = speakers[name], !speaker.voice.isEmpty, speaker.voice != update.speakerName else {
            return true
        }
        guard update.state == .playing else { return false }
        // One that names an artist knows more than one that only knows what it is connected to.
        return speaker.state != .playing || update.media?.artist != nil && speaker.open?.media.artist == nil
    }

    /// Another source that says that the speaker plays on, when the one that had the word says that it does not.
    private func otherVoice(of name: String, after update: PlayerUpdate) -> PlayerUpdate? {
        guard update.state != .playing, let speaker = speakers[name], let play = speaker.open else { return nil }
        return voices[name]?.values.first { other in
            other.speakerName != update.speakerName && other.state == .playing && other.at >= play.startedAt
                && other.media.map { $0.isSameTrackElsewhere(as: play.media) } == true
        }
    }
}

/// Groups of speakers.
extension HomeTracker {
    /// Those before a speaker in its group, the leader first; empty when it leads or plays alone.
    ///
    /// Some players have every member name the whole group, others only the leader.
    private mutating func elders(of update: PlayerUpdate, on name: String) -> [String] {
        let named = update.groupMembers.map(resolved)
        groups[name] = named.count > 1 && named.first == name ? named : nil
        let group = named.count > 1 ? named : groups.values.first { $0.contains(name) } ?? []
        return Array(group.prefix { $0 != name })
    }

    private func judged(_ ended: EndedPlay, on name: String) -> Play {
        let eldersS = ended.followedS > 0 ? ended.elders.lazy.compactMap { seconds(of: ended, on: $0) }.first : nil
        return ended.judged(on: name, by: speakers[name]?.rules ?? ListenRules(), eldersS: eldersS)
    }

    /// Seconds that a speaker heard of the track that another had at the same time; nil when it had another, or none.
    private func seconds(of ended: EndedPlay, on name: String) -> Double? {
        guard let speaker = speakers[name] else { return nil }
        if let open = speaker.open, open.startedAt <= ended.endedAt, open.media.isSameTrackElsewhere(as: ended.media) {
            // While it plays, it has heard whatever the other has.
            return open.isRunning && open.awaySince == nil ? .infinity : open.heardS
        }
        let last = speaker.recentlyEnded.last {
            $0.endedAt >= ended.startedAt && $0.media.isSameTrackElsewhere(as: ended.media)
        }
        return last?.heardS
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
    public mutating func rename(_ aliases: [String: String], at time: Date) -> [Play] {
        self.aliases = aliases
        var plays: [Play] = []
        for (alias, name) in aliases {
            guard var speaker = speakers.removeValue(forKey: alias) else { continue }
            if speakers[name]?.open == nil {
                speakers[name] = speaker
            } else {
                plays += speaker.finish(at: time).map { judged($0, on: name) }
            }
        }
        return plays
    }
}
