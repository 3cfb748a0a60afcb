public import Foundation

/// What is known of the people of a house and of strangers, by which a shared speaker's listener is found.
///
/// It is a function of the stored listens and the sessions that were judged: read again from them, it is the same.
public struct Listeners: Sendable {
    private var people: [String: ListenerHistory] = [:]
    private var strangers = ListenerHistory()
    private var judged = (sessions: 0.0, strange: 0.0)

    /// Begins without anybody.
    public init() {}

    /// Whether somebody is known.
    public func knows(_ name: String) -> Bool { people[name] != nil }

    /// Sets what somebody played; nil forgets them.
    public mutating func set(_ history: ListenerHistory?, of name: String) { people[name] = history }

    /// Counts a play of somebody.
    public mutating func learn(_ trackID: TrackID, by artist: Int32, at time: Date, of name: String) {
        people[name]?.learn(trackID, by: artist, at: time)
    }

    /// Counts a play of a stranger.
    public mutating func learnStrange(_ trackID: TrackID, by artist: Int32, at time: Date) {
        strangers.learn(trackID, by: artist, at: time)
    }

    /// Counts sessions that are over.
    ///
    /// - Parameters:
    ///   - sessions: How many.
    ///   - strangeness: The mean chance that the plays of a session sound like somebody else's, added up.
    public mutating func count(sessions: Int, ofStrangeness strangeness: Double) {
        judged.sessions += Double(sessions)
        judged.strange += strangeness
    }

    /// Begins a session on a speaker.
    ///
    /// - Parameters:
    ///   - names: Who shares it; strangers to this value count as people without a history.
    ///   - time: When it begins.
    /// - Returns: A session without a play.
    public func session(of names: [String], at time: Date) -> ListenerSession {
        let logs = names.map { history(of: $0).logPrior(at: time) }
        let top = logs.max() ?? 0
        let stranger = strangerPrior
        let known = logs.map { exp($0 - top) }.normalized.map { $0 * (1 - stranger) }
        return ListenerSession(of: names, prior: known + [names.isEmpty ? 1 : stranger])
    }

    /// Tag nearness to those who share a speaker, as of now.
    public func nearness(to names: [String]) -> TagNearness { TagNearness(to: names.map(history(of:))) }

    func history(of name: String) -> ListenerHistory { people[name] ?? ListenerHistory() }

    /// The share of sessions of somebody else, from all that were judged.
    private var strangerPrior: Double {
        let weight = ListenerWeights.strangerPriorSessions
        let usual = ListenerWeights.strangerPrior
        let share = (judged.strange + usual * weight) / (judged.sessions + weight)
        return min(max(share, ListenerWeights.strangerPriors.lowerBound), ListenerWeights.strangerPriors.upperBound)
    }
}

// Hearing and learning.
extension Listeners {
    /// Takes a play into its session.
    ///
    /// - Parameters:
    ///   - play: What was heard.
    ///   - artist: Row of its artist; nil when the catalog does not have it.
    ///   - session: The session.
    ///   - others: The open sessions of other speakers: who is there is not here.
    ///   - presence: Log likelihood ratios by where people are; nil where nothing is known.
    ///   - isEverybodyAway: Whether nobody of them is at home.
    ///   - nearness: Tag nearness to those who share the speaker.
    ///   - index: The catalog.
    public func hear(
        _ play: HeardPlay, by artist: Int32?, in session: inout ListenerSession,
        beside others: some Sequence<ListenerSession>, presence: [Double]? = nil, isEverybodyAway: Bool = false,
        nearness: inout TagNearness, index: CatalogIndex
    ) {
        let near = artist.map { nearness.of($0, in: index) } ?? session.people.map { _ in 1 }
        let row = artist ?? CatalogIndex.unknownArtist
        let histories = session.people.map(history(of:))
        let chances = zip(histories, near).map { history, near in
            history.logChance(of: play.trackID, by: row, nearness: near, at: play.startedAt)
        }
        var elsewhere = session.people.map { _ in 0.0 }
        for other in others {
            let presence = other.presence(at: play.startedAt)
            for (place, name) in session.people.enumerated() {
                elsewhere[place] = max(elsewhere[place], presence[name] ?? 0)
            }
        }
        let stranger = strangerLogChance(of: play, by: row, beside: histories)
        session.hear(
            play, logChances: chances + [stranger], elsewhere: elsewhere, presence: presence,
            isEverybodyAway: isEverybodyAway)
    }

    /// Learns from a session that is over.
    ///
    /// - Parameters:
    ///   - session: The session.
    ///   - index: The catalog.
    public mutating func learn(from session: ListenerSession, index: CatalogIndex) {
        let strangeness = session.strangeness
        for ((play, owner), strange) in zip(zip(session.plays, session.owners), strangeness) {
            guard play.counts, !play.isSkipped, let artist = index.artistRow(of: play.trackID) else { continue }
            if let owner { learn(play.trackID, by: artist, at: play.startedAt, of: owner) }
            if ListenerVerdict.isStrange(strange) {
                learnStrange(play.trackID, by: artist, at: play.startedAt)
            }
        }
        guard !strangeness.isEmpty else { return }
        count(sessions: 1, ofStrangeness: strangeness.reduce(0, +) / Double(strangeness.count))
    }

    /// Log chance that somebody of whom nothing is known plays a track: by how well the house knows the artist, and by
    /// what strangers played before.
    private func strangerLogChance(
        of play: HeardPlay, by artist: Int32, beside histories: [ListenerHistory]
    ) -> Double {
        let counts = histories.map { $0.counts(of: play.trackID, by: artist, at: play.startedAt) }
        let mostOfArtist = counts.map(\.artist).max() ?? 0
        var chance = ListenerWeights.strangerNewArtist
        if mostOfArtist > Self.noticed {
            chance = ListenerWeights.strangerArtist + ListenerWeights.strangerPopularity * log(1 + mostOfArtist)
            let knowsTrack = counts.contains { $0.track > Self.noticed }
            chance += knowsTrack ? ListenerWeights.strangerKnownTrack : ListenerWeights.strangerNewTrack
        }
        let theirs = strangers.counts(of: play.trackID, by: artist, at: play.startedAt)
        let novelty = ListenerWeights.usualNovelty
        let before = (1 - novelty) * theirs.artist + ListenerWeights.strangerTrack * theirs.track
        let share = before / (theirs.all + ListenerWeights.strangerSmoothing)
        return log(exp(chance) + ListenerWeights.strangerHistory * share)
    }

    /// A faded count below which somebody does not know an artist or a track any more.
    static let noticed = 0.05
}

extension CatalogIndex {
    /// The row of an artist that the catalog does not have.
    static let unknownArtist: Int32 = -1

    /// The row of a track's artist; nil for an unknown track, or one without an artist.
    public func artistRow(of id: TrackID) -> Int32? {
        guard let row = trackRows[id] else { return nil }
        let artist = tracks[Int(row)].artist
        return artists[Int(artist)].key.isEmpty ? nil : artist
    }

    /// The row of an artist by name; nil for one that the catalog does not have.
    public func artistRow(named name: String?) -> Int32? {
        name.flatMap { artistRows[TrackIdentity.artistKey(of: $0)] }
    }
}
