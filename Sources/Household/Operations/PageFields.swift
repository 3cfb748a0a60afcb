/// Which page of a list: how many items, and where it begins.
struct PageFields: Sendable {
    /// Most items of the page.
    let limit: Int
    /// What the page before returned; nil for the first page.
    let cursor: String?

    /// Reads `limit` and `cursor`.
    init(_ fields: inout FieldReader) throws(HouseholdError) {
        limit = try fields.integer("limit", in: 1...Limits.pageSize) ?? Limits.defaultPageSize
        cursor = try fields.text("cursor")
    }

    /// How many items to fetch: one more than the page has, to see whether another page follows.
    var fetchCount: Int { limit + 1 }

    /// The cursor of a list in the order of row ids; nil for the first page.
    ///
    /// - Throws: ``HouseholdError`` `invalid`.
    func rowID<Row>(of row: Row.Type) throws(HouseholdError) -> RowID<Row>? {
        guard let cursor else { return nil }
        guard let id = Int64(cursor) else { throw .unknownCursor }
        return RowID(id)
    }

    /// Cuts fetched items to the page.
    ///
    /// - Parameters:
    ///   - items: Up to ``fetchCount`` items.
    ///   - cursor: The cursor that leads behind an item.
    /// - Returns: The items of the page, and the cursor of the next page if there is one.
    func cut<Item>(_ items: [Item], cursor: (Item) -> String) -> (items: ArraySlice<Item>, next: String?) {
        let page = items.prefix(limit)
        return (page, items.count > limit ? page.last.map(cursor) : nil)
    }

    /// The page of a list that is in memory whole and in the order of names. The cursor is the last name of a page.
    func select(from names: some Collection<String>) -> (names: ArraySlice<String>, next: String?) {
        let (page, next) = cut(names.filter { $0 > cursor ?? "" }.sorted()) { $0 }
        return (page, next)
    }
}
