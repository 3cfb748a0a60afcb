public import Wire

/// Lists rejected listens, the newest first.
public struct ListRejected: ImmediateOperation {
    public static let signature = OperationSignature("rejected/list", .get("/api/rejected"), writes: false)

    private let page: PageFields

    public init(_ fields: inout FieldReader) throws(HouseholdError) { page = try PageFields(&fields) }

    public func perform(in household: isolated Household) throws -> RejectedPage {
        let below = try page.rowID(of: RejectedListen.self)
        let rows = try household.store.read { try $0.rejected(ids: nil, limit: page.fetchCount, below: below) }
        let (items, next) = page.cut(rows) { $0.id.map { "\($0)" } ?? "" }
        return RejectedPage(rejected: items.map { RejectedView($0) }, nextCursor: next)
    }
}

/// A page of rejected listens.
public struct RejectedPage: Codable, Sendable {
    /// Rejected listens, the newest first.
    public var rejected: [RejectedView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
}
