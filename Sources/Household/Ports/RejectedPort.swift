/// Reads rejected listens.
public protocol RejectedReading {
    /// How many there are.
    func rejectedCount() throws -> Int
    /// Rejected listens, the newest first, below a row id; given ids select.
    func rejected(ids: [Int64]?, limit: Int, below cursor: Int64?) throws -> [RejectedListen]
}

/// Keeps and drops rejected listens.
public protocol RejectedWriting: RejectedReading {
    /// Keeps one; the oldest go beyond the limit.
    func insertRejected(_ rejected: RejectedListen, keeping limit: Int) throws
    /// Drops those with these ids, all when nil; returns how many.
    func deleteRejected(ids: [Int64]?) throws -> Int
}
