/// Tries rejected listens again, the oldest first. Those that are taken are dropped, the others stay.
public struct ReplayRejected: ImmediateOperation {
    public static let signature = OperationSignature("rejected/replay", .post("/api/rejected/replay"), writes: true)

    private let ids: [RejectedListen.ID]?

    /// Tries all of them again.
    public init() { ids = nil }

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        ids = try fields.ids("ids", of: RejectedListen.self)
    }

    public func perform(in household: isolated Household) throws -> RejectedReplayView {
        let rowIDs = try household.store.read { try $0.rejectedIDs(among: ids) }
        var answer = RejectedReplayView(replayed: 0, failed: [])
        var bytes = 0
        for id in rowIDs {
            guard let row = try household.store.read({ try $0.rejected(ids: [id], limit: 1, below: nil) }).first else {
                continue
            }
            do {
                let input = OperationInput(
                    door: row.door, payload: Array(row.payload.utf8))
                var listen = try AddListen.decode(input)
                listen.receivedAt = row.receivedAt
                let receipt = try listen.perform(in: household)
                guard receipt.stored else { throw HouseholdError(.invalid, receipt.reason ?? "It does not count") }
                _ = try household.store.write { try $0.deleteRejected(ids: row.id.map { [$0] }) }
                answer.replayed += 1
            } catch let error as HouseholdError {
                var row = row
                row.error = error
                bytes += row.payload.utf8.count
                // An answer has a bound, too; the list of rejected listens has the payloads.
                if bytes > Limits.pagePayloadBytes { row.payload = "" }
                answer.failed.append(RejectedView(row))
            }
        }
        return answer
    }
}

/// What trying again did.
public struct RejectedReplayView: Codable, Sendable {
    /// Number of listens that were taken.
    public var replayed: Int
    /// Those that still cannot be taken, each with the error of now.
    public var failed: [RejectedView]
}

/// Drops rejected listens for good.
public struct DropRejected: ImmediateOperation {
    public static let signature = OperationSignature("rejected/drop", .post("/api/rejected/drop"), writes: true)

    private let ids: [RejectedListen.ID]?

    /// Drops listens.
    ///
    /// - Parameter ids: Which; nil means all.
    public init(ids: [RejectedListen.ID]?) { self.ids = ids }

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        ids = try fields.ids("ids", of: RejectedListen.self)
    }

    public func perform(in household: isolated Household) throws -> RejectedDropView {
        RejectedDropView(dropped: try household.store.write { try $0.deleteRejected(ids: ids) })
    }
}

/// What dropping did.
public struct RejectedDropView: Codable, Sendable {
    /// Number of listens that are gone.
    public var dropped: Int
}
