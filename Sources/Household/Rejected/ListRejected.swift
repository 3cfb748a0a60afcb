public import Wire

/// Lists rejected listens, the newest first. A page ends with the limit of listens or of bytes.
public struct ListRejected: ImmediateOperation {
    public static let signature = OperationSignature("rejected/list", .get("/api/rejected"), writes: false)

    private let page: PageFields

    public init(_ fields: inout FieldReader) throws(HouseholdError) { page = try PageFields(&fields) }

    public func perform(in household: isolated Household) throws -> RejectedPage {
        var below = try page.rowID(of: RejectedListen.self)
        var rows: [RejectedListen] = []
        let hasMore = try household.store.read { store in
            var bytes = 0
            while rows.count < page.limit, bytes < Limits.pagePayloadBytes {
                guard let next = try store.rejected(ids: nil, limit: 1, below: below).first else { return false }
                rows.append(next)
                bytes += next.payload.utf8.count
                below = next.id
            }
            return try store.rejected(ids: nil, limit: 1, below: below).first != nil
        }
        return RejectedPage(
            rejected: rows.map { RejectedView($0) }, nextCursor: hasMore ? rows.last?.id.map { "\($0)" } : nil)
    }
}

/// A page of rejected listens.
public struct RejectedPage: Codable, Sendable {
    /// Rejected listens, the newest first.
    public var rejected: [RejectedView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
}
