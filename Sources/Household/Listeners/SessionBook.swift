import Foundation
import Taste

/// The sessions in progress on shared speakers, and what is known of those who may hear them.
///
/// Live plays and imported ones are processed in the same way: in order of time, and each session is ended before a later
/// play is added.
struct SessionBook: Sendable {
    /// A session in progress, with the listens that are its plays.
    struct Open: Sendable {
        var id: ListenerSessionRow.ID?
        var session: ListenerSession
        var listens: [String] = []
        fileprivate var nearness: TagNearness
    }

    /// A session that is over.
    struct Ended: Sendable {
        var speakerName: String
        var id: ListenerSessionRow.ID?
        var session: ListenerSession
        /// Event ids of its listens, in the order of its plays.
        var listens: [String]
        /// When other people began to share the speaker, which ended it; nil for one that ended by silence.
        var cutAt: Date?
    }

    private var listeners: Listeners
    private var open: [String: Open] = [:]

    init(_ listeners: Listeners) { self.listeners = listeners }

    /// The session in progress on a speaker.
    func session(on speakerName: String) -> Open? { open[speakerName] }

    /// Every session in progress, by speaker.
    var sessions: [String: Open] { open }

    /// Whose an artist is among people; nil when nobody plays it.
    func owner(
        of artist: Int32?, among people: [String], at time: Date, besides learnt: [String: Int]
    ) -> String? {
        listeners.owner(of: artist, among: people, at: time, besides: learnt)
    }

    /// Counts a play whose listener is known without the book.
    mutating func learn(_ play: HeardPlay, of name: String, index: CatalogIndex) {
        guard play.counts, listeners.knows(name), let artist = index.artistRow(of: play.trackID) else { return }
        listeners.learn(play.trackID, by: artist, at: play.startedAt, of: name)
    }

    /// Adds a play to the session of its speaker, or to a new one.
    ///
    /// - Parameters:
    ///   - play: The play.
    ///   - media: Its names, as sent.
    ///   - eventID: Event id of its listen.
    ///   - speakerName: The speaker.
    ///   - people: Who shares it.
    ///   - presence: Where they are; nil when nobody knows.
    ///   - index: The catalog.
    mutating func add(
        _ play: HeardPlay, named media: HeardMedia, eventID: String, on speakerName: String, sharedBy people: [String],
        presence: SpeakerPresence? = nil, index: CatalogIndex
    ) {
        var current = begin(on: speakerName, sharedBy: people, at: play.startedAt)
        let others = open.lazy.filter { $0.key != speakerName }.map(\.value.session)
        listeners.hear(
            play, by: index.artistRow(of: play.trackID) ?? index.artistRow(named: media.artist), in: &current.session,
            beside: others, presence: presence?.logs, isEverybodyAway: presence?.isEverybodyAway ?? false,
            nearness: &current.nearness, index: index)
        current.listens.append(eventID)
        open[speakerName] = current
    }

    /// The session in progress on a speaker; a new one, without a play, when there is none.
    mutating func begin(on speakerName: String, sharedBy people: [String], at time: Date) -> Open {
        let current =
            open[speakerName]
            ?? Open(session: listeners.session(of: people, at: time), nearness: listeners.nearness(to: people))
        open[speakerName] = current
        return current
    }

    /// Replaces the session of a speaker by one of the same plays.
    mutating func replace(_ session: ListenerSession, on speakerName: String) { open[speakerName]?.session = session }

    /// Names the stored row of the session of a speaker.
    mutating func setID(_ id: ListenerSessionRow.ID, on speakerName: String) { open[speakerName]?.id = id }

    /// Completes the last listen of a speaker by what the store added: the row of the session, and the track, which may be new.
    mutating func confirmLast(as listen: Listen, on speakerName: String) {
        if let id = listen.event.opinion?.session { setID(id, on: speakerName) }
        open[speakerName]?.session.identifyLast(as: TrackID(listen.trackID))
    }

    /// Goes on with a session that was stored.
    mutating func resume(
        _ id: ListenerSessionRow.ID, _ session: ListenerSession, listens: [String], on speakerName: String
    ) {
        open[speakerName] = Open(
            id: id, session: session, listens: listens, nearness: listeners.nearness(to: session.people))
    }

    /// Ends the sessions that a play at a time does not belong to, in the order of their ends, and learns from each.
    ///
    /// - Parameters:
    ///   - time: The time; nil ends all.
    ///   - index: The catalog.
    ///   - isPlaying: Whether a play that belongs to the session has begun on the speaker and is not over.
    /// - Returns: What ended.
    mutating func endSessions(
        at time: Date?, index: CatalogIndex, isPlaying: (String, ListenerSession) -> Bool = { _, _ in false }
    ) -> [Ended] {
        end(
            open.filter { speaker, open in
                time.map { !open.session.goesOn(at: $0) && !isPlaying(speaker, open.session) } ?? true
            }, index: index)
    }

    /// Ends the sessions in progress on speakers at a time, and learns from each.
    mutating func endSessions(on speakers: Set<String>, at time: Date, index: CatalogIndex) -> [Ended] {
        end(open.filter { speakers.contains($0.key) }, index: index).map { ended in
            var ended = ended
            ended.cutAt = time
            return ended
        }
    }

    private mutating func end(_ over: [String: Open], index: CatalogIndex) -> [Ended] {
        let order = over.sorted { a, b in
            (a.value.session.endedAt ?? .distantPast, a.key) < (b.value.session.endedAt ?? .distantPast, b.key)
        }
        return order.map { speaker, session in
            open[speaker] = nil
            listeners.learn(from: session.session, index: index)
            return Ended(
                speakerName: speaker, id: session.id, session: session.session, listens: session.listens)
        }
    }
}

extension SessionBook.Ended {
    /// What the store keeps of it; nil when it has no play.
    var row: JudgedSession? {
        guard let beganAt = session.beganAt, let endedAt = session.endedAt else { return nil }
        let strangeness = session.strangeness
        return JudgedSession(
            speakerName: speakerName, beganAt: beganAt, endedAt: endedAt,
            strangeness: strangeness.reduce(0, +) / Double(strangeness.count))
    }

    /// What is believed of each of its listens.
    func beliefs(session id: ListenerSessionRow.ID?) -> [ListenBelief] {
        ListenBelief.list(session, listens: listens, isOver: true, id: id)
    }
}

/// What is believed of one listen of a session.
struct ListenBelief: Equatable, Sendable {
    var eventID: String
    /// Name of the profile that it is given to; nil is nobody.
    var profile: String?
    var rule: AttributionRule
    var opinion: ListenerOpinion

    /// - Parameters:
    ///   - session: The session.
    ///   - listens: Event ids of its listens.
    ///   - isOver: Whether the later plays of the session say something of the earlier ones.
    ///   - id: The stored row of the session.
    /// - Returns: One for each listen, in order.
    static func list(
        _ session: ListenerSession, listens: [String], isOver: Bool, id: ListenerSessionRow.ID?
    ) -> [ListenBelief] {
        let judgements = session.judgements(isOver: isOver)
        return zip(zip(listens, judgements), zip(session.said, session.strange)).map { listen, sound in
            let likely = LikelyListener.list(listen.1.posterior, of: session.people)
            return ListenBelief(
                eventID: listen.0, said: sound.0, deciding: listen.1.deciding,
                opinion: ListenerOpinion(likely, isStrange: isOver && sound.1, session: id))
        }
    }

    /// - Parameters:
    ///   - eventID: The listen's.
    ///   - said: Who is listening, as somebody said; nil when nobody did.
    ///   - deciding: The evidence that decided; nil is likeness.
    ///   - opinion: What all evidence says.
    init(eventID: String, said: String??, deciding: ListenerEvidence? = nil, opinion: ListenerOpinion) {
        self.eventID = eventID
        self.opinion = opinion
        profile = said ?? opinion.assigned
        rule = said != nil ? .said : opinion.assigned == nil ? .likeness : AttributionRule(deciding)
        if said != nil { self.opinion.confidence = 1 }
    }
}

extension HeardPlay {
    /// A listen as far as the question is concerned who heard it.
    init(_ event: NewListen, trackID: TrackID) {
        let seconds = event.playedS ?? event.media.durationS ?? Self.usualS
        let play = CountedPlay(
            trackID: trackID, startedAt: event.startedAt, heardS: event.playedS,
            isCompleted: event.outcome == .completed)
        self.init(
            trackID: trackID, startedAt: event.startedAt, endedAt: event.startedAt.addingTimeInterval(seconds),
            isSkipped: event.outcome == .skipped, counts: play.counts,
            artist: event.media.artist.map { TrackIdentity.artistKey(of: $0) },
            isEndUnknown: event.playedS == nil && event.media.durationS == nil)
    }

    /// Length of a play of which nobody knows how long it was, in seconds.
    private static let usualS = 180.0
}

extension AttributionRule {
    /// The rule of a listen that evidence decided; nil is likeness.
    init(_ evidence: ListenerEvidence?) {
        switch evidence {
        case .voice: self = .voice
        case .user: self = .user
        case .presence: self = .presence
        case nil: self = .likeness
        }
    }
}
