public import Foundation
public import Wire

/// Input that carried a listen and could not be taken. It is kept, so that nothing is lost.
public struct RejectedListen: Equatable, Sendable {
    /// The id of a stored rejected listen; never given twice.
    public typealias ID = RowID<RejectedListen>

    /// Row id in the store; nil before it is stored.
    public var id: ID?
    /// When it was received.
    public var receivedAt: Date
    /// Where it came from.
    public var door: FrontDoor
    /// What was sent, cut at ``Limits/rejectedPayloadBytes``.
    public var payload: String
    /// Why it was not taken.
    public var error: HouseholdError

    /// Creates a rejected listen.
    public init(id: ID? = nil, receivedAt: Date, door: FrontDoor, payload: String, error: HouseholdError) {
        self.id = id
        self.receivedAt = receivedAt
        self.door = door
        self.payload = payload
        self.error = error
    }
}

/// Reads rejected listens.
public protocol RejectedReading {
    /// Ids of rejected listens, the oldest first; given ids select.
    func rejectedIDs(among ids: [RejectedListen.ID]?) throws -> [RejectedListen.ID]
    /// Rejected listens, the newest first, below a row id; given ids select.
    func rejected(ids: [RejectedListen.ID]?, limit: Int, below cursor: RejectedListen.ID?) throws -> [RejectedListen]
}

/// Stores and drops rejected listens.
public protocol RejectedWriting: RejectedReading {
    /// Stores one; the oldest go beyond the limit.
    func insertRejected(_ rejected: RejectedListen, keeping limit: Int) throws
    /// Drops those whose payload has one of these texts as a value.
    func deleteRejected(naming texts: [String]) throws
    /// Drops those with these ids, all when nil; returns how many.
    func deleteRejected(ids: [RejectedListen.ID]?) throws -> Int
}

/// A rejected listen in JSON.
public struct RejectedView: Codable, Equatable, Sendable {
    /// Row id; null in the event that reports it.
    @ExplicitNull public var id: RejectedListen.ID?
    /// When it was received.
    public var receivedAt: Date
    /// Where it came from: `mqtt`, `http`, `cli` or `player`.
    public var door: String
    /// What was sent.
    public var payload: String
    /// Why it was not taken.
    public var error: ErrorView

    init(_ rejected: RejectedListen) {
        id = rejected.id
        receivedAt = rejected.receivedAt
        door = rejected.door.rawValue
        payload = rejected.payload
        error = ErrorView(rejected.error)
    }
}

extension Household {
    /// Keeps input that could not be stored, unless it is a guest's. Input that is nested too deep is not kept, because it
    /// may be a guest's.
    func keepRejected(_ input: OperationInput, _ error: HouseholdError) {
        guard input.unreadable != .tooDeep, !AddListen.isGuests(input, in: self) else { return }
        let payload = input.payload.isEmpty ? (try? WireJSON.encode(input.json)) ?? Data() : Data(input.payload)
        keepRejected(payload, door: input.door, error: error)
    }

    /// Stores input that carried a listen and could not be taken, and reports it.
    func keepRejected(_ payload: some Collection<UInt8>, door: FrontDoor, error: HouseholdError) {
        counters.rejected += 1
        let kept = String(decoding: payload.prefix(Limits.rejectedPayloadBytes), as: UTF8.self)
        let rejected = RejectedListen(
            receivedAt: now().wholeMilliseconds, door: door,
            payload: kept.replacingOccurrences(of: "\0", with: "\u{FFFD}"), error: error)
        // A store that cannot be written has reported that itself.
        try? store.write { try $0.insertRejected(rejected, keeping: Limits.rejectedRows) }
        observer.householdDid(.rejected(RejectedView(rejected)))
    }
}
