public import Foundation

/// The play tracker: what all speakers of a house say goes in, plays that are over come out.
///
/// A value without clock or I/O: the same updates give the same plays, live and from a recording.
public struct HomeTracker: Sendable {
    /// Other names of a speaker → its name.
    ///
    /// Sources that speak of one speaker under several names are one speaker.
    public var aliases: [String: String]
    private var speakers: [String: SpeakerTracker]
    /// What each source of a speaker said last, for speakers that several sources speak of.
    private var voices: [String: [String: PlayerUpdate]] = [:]

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
            return NowPlaying(media: play.media, state: speaker.state, startedAt: play.startedAt)
        }
    }

    /// All that a later tracker needs to go on.
    public var checkpoint: TrackerCheckpoint {
        TrackerCheckpoint(speakers.filter { $1.open != nil || $1.interlude != nil })
    }

    private func resolved(_ name: String) -> String { aliases[name] ?? name }

    private mutating func tell(_ name: String, _ update: PlayerUpdate) -> [EndedPlay] {
        let leader = leader(of: update, on: name)
        return speakers[name]?.receive(update, leader: leader) ?? []
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
        return update.state == .playing && speaker.state != .playing
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
    /// The leader of the group that a speaker plays in; nil when it leads itself or plays alone.
    private func leader(of update: PlayerUpdate, on name: String) -> String? {
        guard update.groupMembers.count > 1, let first = update.groupMembers.first.map(resolved), first != name else {
            return nil
        }
        return first
    }

    private func judged(_ ended: EndedPlay, on name: String) -> Play {
        let rules = speakers[name]?.rules ?? ListenRules()
        return ended.judged(on: name, by: rules, isLeadersToo: ended.followedS > 0 && leaderPlayed(ended))
    }

    /// Whether the leader that a play followed has, or had, the same track at the same time.
    private func leaderPlayed(_ ended: EndedPlay) -> Bool {
        guard let leader = ended.leader.flatMap({ speakers[$0] }) else { return false }
        if let open = leader.open, open.startedAt <= ended.endedAt {
            if open.media.isSameTrackElsewhere(as: ended.media) { return true }
        }
        guard let last = leader.lastEnded else { return false }
        return last.endedAt >= ended.startedAt && last.media.isSameTrackElsewhere(as: ended.media)
    }
}
