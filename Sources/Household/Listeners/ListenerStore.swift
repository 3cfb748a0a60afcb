public import Foundation

/// A session of a shared speaker that is over.
public struct JudgedSession: Equatable, Sendable {
    public var speakerName: String
    /// When its first play began.
    public var beganAt: Date
    /// When its last play ended.
    public var endedAt: Date
    /// Mean chance that its plays sound like somebody else's.
    public var strangeness: Double

    /// Creates a session.
    public init(speakerName: String, beganAt: Date, endedAt: Date, strangeness: Double) {
        self.speakerName = speakerName
        self.beganAt = beganAt
        self.endedAt = endedAt
        self.strangeness = strangeness
    }
}

/// A session in progress: whose plays it has, and what is believed so far, in bytes that only the household reads.
public struct OpenSessionState: Equatable, Sendable {
    public var id: ListenerSessionRow.ID
    public var speakerName: String
    /// What is believed.
    public var state: Data

    /// Creates the value of a stored row.
    public init(id: ListenerSessionRow.ID, speakerName: String, state: Data) {
        self.id = id
        self.speakerName = speakerName
        self.state = state
    }
}

/// Reads what is stored of shared speakers and their sessions.
public protocol ListenerReading {
    /// Who shares each speaker; one that somebody decided about without sharing it has nobody.
    func sharings() throws -> [String: Sharing]
    /// When the oldest listen began that waits to be judged.
    func firstWaitingListen() throws -> Date?
    /// Number of sessions that began before a time and were judged, and the sum of their strangeness.
    func judgedSessions(before time: Date) throws -> (count: Int, strangeness: Double)
    /// The plays before a time that sounded like nobody's of the house, in order.
    func forEachStrangePlay(before time: Date, _ body: (TrackPlay) throws -> Void) throws
    /// The last session of a speaker that ended since a time, or the one with this id.
    func lastSession(onSpeaker name: String, id: ListenerSessionRow.ID?, endedSince time: Date?) throws
        -> ListenerSessionRow.ID?
    /// The sessions in progress.
    func openSessions() throws -> [OpenSessionState]
}

/// Changes what is stored of shared speakers and their sessions.
public protocol ListenerWriting: ListenerReading {
    /// Sets who shares a speaker.
    func setSharing(_ sharing: Sharing, ofSpeaker name: String) throws
    /// Adds a session that is over, or ends one that was in progress.
    func insertSession(_ session: JudgedSession, id: ListenerSessionRow.ID?) throws -> ListenerSessionRow.ID
    /// Begins a session, or replaces what is believed in it.
    func saveOpenSession(_ id: ListenerSessionRow.ID?, speakerName: String, state: Data) throws
        -> ListenerSessionRow.ID
    /// Removes a session that has no listen, or none any more.
    func removeSession(_ id: ListenerSessionRow.ID) throws
    /// Gives a listen to whom it is believed to be of.
    func judgeListen(_ id: Listen.ID, owner: Owner, rule: AttributionRule, opinion: ListenerOpinion?) throws
}
