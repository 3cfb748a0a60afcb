public import Foundation
import Taste

/// Which listens are meant. All conditions must hold; an empty selection means all.
public struct ListenSelection: Equatable, Sendable {
    /// Heard on this speaker.
    public var speakerName: String?
    /// Began at this time or later.
    public var since: Date?
    /// Began before this time.
    public var until: Date?
    /// By this artist, compared as tracks are compared.
    public var artist: String?
    /// Whose they are.
    public var owner: Owner?
    /// Whose they are not.
    public var otherThan: Owner?
    /// Part of this session of a shared speaker.
    public var session: ListenerSessionRow.ID?
    /// With one of these ids.
    public var ids: [Listen.ID]?
    /// Given to its owner by this rule.
    public var rule: AttributionRule?
    /// Whether it is open: of a shared speaker, and given to nobody by judgement, not by a word.
    public var isOpen: Bool?

    /// Creates a selection.
    public init(
        speakerName: String? = nil, since: Date? = nil, until: Date? = nil, artist: String? = nil,
        owner: Owner? = nil, otherThan: Owner? = nil, session: ListenerSessionRow.ID? = nil
    ) {
        self.speakerName = speakerName
        self.since = since
        self.until = until
        self.artist = artist
        self.owner = owner
        self.otherThan = otherThan
        self.session = session
    }

    /// The normalised name of ``artist``, as in ``TrackKey/artist``.
    public var artistKey: String? { artist.map(TrackIdentity.artistKey) }
}

/// One play of a track, as far as a taste counts it.
public struct TrackPlay: Equatable, Sendable {
    public let trackID: Track.ID
    public let startedAt: Date
    /// Seconds heard; nil when nobody said.
    public let playedS: Double?
    public let isCompleted: Bool

    /// Creates the value of a stored row.
    public init(trackID: Track.ID, startedAt: Date, playedS: Double?, isCompleted: Bool) {
        self.trackID = trackID
        self.startedAt = startedAt
        self.playedS = playedS
        self.isCompleted = isCompleted
    }
}

/// How many listens a profile has; completed and partial ones count.
public struct ListenStats: Equatable, Sendable {
    /// Listens by track.
    public var countByTrack: [Track.ID: Int]
    /// When the newest one began.
    public var lastListen: Date?

    /// Number of listens.
    public private(set) var eventCount: Int
    /// Number of different tracks.
    public var trackCount: Int { countByTrack.count }

    /// Creates the counts of a profile.
    public init(countByTrack: [Track.ID: Int] = [:], lastListen: Date? = nil) {
        self.countByTrack = countByTrack
        self.lastListen = lastListen
        self.eventCount = countByTrack.values.reduce(0, +)
    }

    /// Counts one more listen.
    public mutating func count(trackID: Track.ID, startedAt: Date) {
        countByTrack[trackID, default: 0] += 1
        lastListen = max(lastListen ?? startedAt, startedAt)
        eventCount += 1
    }
}

/// Reads listens.
public protocol ListenReading {
    /// The listen with this event id.
    func listen(eventID: String) throws -> Listen?
    /// The listen in a row.
    func listen(_ id: Listen.ID) throws -> Listen?
    /// Listens of a track that began within a span, in order of start: of those before a time and of those after it, the
    /// nearest ``Limits/sameListens`` each.
    func identities(
        of trackID: Track.ID, beganIn span: ClosedRange<Date>, nearest time: Date
    ) throws -> [StoredIdentity]
    /// Listens, the newest first, after the row with this id in that order.
    func listens(_ selection: ListenSelection, limit: Int, after cursor: ListenCursor?) throws -> [Listen]
    /// Each listen of the selection, in order of start and id; nothing is kept in memory.
    func forEachListen(_ selection: ListenSelection, _ body: (Listen) throws -> Void) throws
    /// All plays of an owner in order of start and id, before a time if given. Nothing is kept in memory.
    func forEachPlay(owner: Owner, before: Date?, _ body: (TrackPlay) throws -> Void) throws
    /// The plays of one track only, in the same order.
    func forEachPlay(owner: Owner, trackID: Track.ID, _ body: (TrackPlay) throws -> Void) throws
    /// The completed and partial plays of an owner in the same order, before a time if given.
    func forEachHeardPlay(owner: Owner, before: Date?, _ body: (TrackPlay) throws -> Void) throws
    /// Counts of an owner's completed and partial listens.
    func listenStats(owner: Owner) throws -> ListenStats
    /// How many listens of a selection each owner has.
    func listenCounts(_ selection: ListenSelection) throws -> [Owner: Int]
    /// When each track of selected listens last began.
    func lastStarts(heardIn selection: ListenSelection) throws -> [Track.ID: Date]
}

/// Changes listens.
public protocol ListenWriting: ListenReading {
    /// Adds a listen; its event id must be new.
    func insertListen(_ listen: NewListen, trackID: Track.ID) throws -> Listen.ID
    /// Adds a listen unless its event id is known; returns its row if it was added.
    func importListen(_ listen: NewListen, trackID: Track.ID) throws -> Listen.ID?
}

/// A place in a list of listens, newest first.
public struct ListenCursor: Equatable, Sendable {
    /// Start of the last listen seen.
    public var startedAt: Date
    /// Row id of the last listen seen.
    public var id: Listen.ID

    /// Creates a cursor.
    public init(startedAt: Date, id: Listen.ID) {
        self.startedAt = startedAt
        self.id = id
    }
}
