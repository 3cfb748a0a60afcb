import Foundation
import Listening
import Taste

/// Who may hear the shared speakers: read from the store when first needed, and dropped at any time.
///
/// A session in progress is stored with each of its plays, so that dropping it loses nothing.
struct SharedListening: Sendable {
    private(set) var book: SessionBook?
    /// Whether the store may have sessions in progress that are not in memory.
    private(set) var mayHaveStored = true
    /// When waiting listens are judged: some time after the last of them came; nil when none waits.
    private var judgingAt: Date?

    /// The sessions that ended lately.
    var ended = EndedSessions()

    /// When something last played on each speaker whose guest mode ends with the session.
    private var guests: [String: Date] = [:]

    /// How long a listen from the past waits for others before it is judged, in seconds.
    private static let waitS = 10.0

    mutating func set(_ book: SessionBook) {
        self.book = book
        mayHaveStored = false
    }

    /// Drops what is in memory, because the store has something else by now.
    mutating func forget() {
        guard let dropped = book else { return }
        book = nil
        mayHaveStored = mayHaveStored || !dropped.sessions.isEmpty
    }

    /// Counts a listen that somebody's profile has by another rule than likeness.
    mutating func learn(_ listen: Listen, in catalog: CatalogCache) {
        guard book != nil, listen.event.opinion == nil, let name = listen.profileName,
            let index = catalog.builtIndex
        else { return }
        book?.learn(HeardPlay(listen.event, trackID: TrackID(listen.trackID)), of: name, index: index)
    }

    /// Remembers when a guest was last at a speaker.
    mutating func markGuest(on speakerName: String, at time: Date) { guests[speakerName] = time }

    /// Finds the speakers whose guests are gone: nothing has played there for as long as a session may pause.
    ///
    /// - Parameters:
    ///   - speakers: The speakers whose guest mode ends with the session. After a restart they are heard anew.
    ///   - time: The time.
    ///   - plays: What plays.
    /// - Returns: Names of the speakers.
    mutating func goneGuests(of speakers: [String], at time: Date, among plays: PlaysInProgress) -> [String] {
        guests = guests.filter { speakers.contains($0.key) }
        return speakers.sorted().filter { speaker in
            let isPlaying = plays.nowPlaying(on: speaker)?.state == .playing
            let heardAt = isPlaying ? time : guests[speaker] ?? time
            guests[speaker] = heardAt
            return time.timeIntervalSince(heardAt) >= ListenerSession.silenceS
        }
    }

    /// Takes note of a listen that waits to be judged.
    mutating func wait(since time: Date) { judgingAt = time.addingTimeInterval(Self.waitS) }

    /// Whether waiting listens are to be judged; they are asked for once.
    mutating func takeJudging(at time: Date) -> Bool {
        guard let judgingAt, judgingAt <= time else { return false }
        self.judgingAt = nil
        return true
    }

    /// When there is something to do: a session ends by silence, or waiting listens are judged.
    func deadline(among plays: PlaysInProgress) -> Date? {
        let ends = (book?.sessions ?? [:]).compactMap { speaker, open -> Date? in
            Self.isPlaying(on: speaker, in: open.session, among: plays) ? nil : open.session.endsAt
        }
        return (ends + [judgingAt].compactMap { $0 }).min()
    }

    /// Whether the next play of a session has begun in time, though it is not over.
    static func isPlaying(on speaker: String, in session: ListenerSession, among plays: PlaysInProgress) -> Bool {
        plays.nowPlaying(on: speaker).map { session.goesOn(at: $0.startedAt) } ?? false
    }
}

/// A session as it is stored while it is in progress.
struct StoredSession: Codable {
    var session: ListenerSession
    /// Event ids of its listens, in the order of its plays.
    var listens: [String]

    init(_ open: SessionBook.Open) {
        session = open.session
        listens = open.listens
    }

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(self)
    }
}

/// A play of a shared speaker on its way into the store, with its session.
struct SharedPlay {
    let speakerName: String
    let open: SessionBook.Open
    let belief: ListenBelief

    /// Stores the session with the listen, unless the listen was there before.
    func save(_ recording: inout Recording, in store: any HouseholdWriting) throws {
        guard recording.isNew, let listen = recording.listen else { return }
        var open = open
        open.session.identifyLast(as: TrackID(listen.trackID))
        let state = try StoredSession(open).encoded()
        var opinion = belief.opinion
        opinion.session = try store.saveOpenSession(open.id, speakerName: speakerName, state: state)
        try store.judgeListen(listen.id, owner: listen.event.owner, rule: belief.rule, opinion: opinion)
        recording.note(opinion)
    }
}
