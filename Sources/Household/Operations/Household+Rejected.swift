import Foundation

/// Listens that could not be taken: kept, listed, tried again, dropped.
extension Household {
    /// Keeps what carried a listen and could not be taken, within bounds, and says so.
    func keepRejected(_ payload: some Collection<UInt8>, door: String, error: HouseholdError) {
        counters.rejected += 1
        let kept = String(decoding: payload.prefix(Limits.rejectedPayloadBytes), as: UTF8.self)
        let rejected = RejectedListen(
            receivedAt: now().wholeMilliseconds, door: door,
            payload: kept.replacingOccurrences(of: "\0", with: "\u{FFFD}"), error: error)
        do {
            try store.write { try $0.insertRejected(rejected, keeping: Limits.rejectedRows) }
        } catch {
            storeFails(error)
        }
        observer.householdDid(.rejected(RejectedView(rejected)))
    }

    /// Lists rejected listens, the newest first.
    public func rejected(_ request: PageRequest) throws -> RejectedPage {
        let below = try request.rowCursor()
        let rows = try store.read { try $0.rejected(ids: nil, limit: request.limit + 1, below: below) }
        let page = rows.prefix(request.limit)
        let next = rows.count > request.limit ? page.last?.id.map(String.init) : nil
        return RejectedPage(rejected: page.map { RejectedView($0) }, nextCursor: next)
    }

    /// Tries rejected listens again, the oldest first.
    ///
    /// Those that are taken are dropped, the others stay.
    ///
    /// - Parameter ids: Which; nil means all.
    /// - Returns: How many were taken, and what is still wrong with the others.
    /// - Throws: What the store throws.
    public func replayRejected(ids: [Int64]?) throws -> RejectedReplayView {
        let rows = try store.read { try $0.rejected(ids: ids, limit: Limits.rejectedRows, below: nil) }
        var answer = RejectedReplayView(replayed: 0, failed: [])
        for row in rows.reversed() {
            do {
                _ = try addListen(
                    ListenRequest(HouseholdJSON.decode(row.payload.utf8)), source: row.door, receivedAt: row.receivedAt)
                _ = try store.write { try $0.deleteRejected(ids: row.id.map { [$0] }) }
                answer.replayed += 1
            } catch let error as HouseholdError {
                var row = row
                row.error = error
                answer.failed.append(RejectedView(row))
            }
        }
        return answer
    }

    /// Drops rejected listens for good.
    ///
    /// - Parameter ids: Which; nil means all.
    /// - Returns: How many are gone.
    /// - Throws: What the store throws.
    public func dropRejected(ids: [Int64]?) throws -> RejectedDropView {
        RejectedDropView(dropped: try store.write { try $0.deleteRejected(ids: ids) })
    }
}

/// What trying again did.
public struct RejectedReplayView: Codable, Sendable {
    /// How many were taken.
    public var replayed: Int
    /// Those that still cannot be taken, each with its error of now.
    public var failed: [RejectedView]
}

/// What dropping did.
public struct RejectedDropView: Codable, Sendable {
    /// How many are gone.
    public var dropped: Int
}
