public import Wire

/// Lists the playlists that were made, the newest first.
public struct ListPlaylists: ImmediateOperation {
    public static let signature = OperationSignature("playlist/list", .get("/api/playlists"), writes: false)

    private let page: PageFields

    public init(_ fields: inout FieldReader) throws(HouseholdError) { page = try PageFields(&fields) }

    public func perform(in household: isolated Household) throws -> PlaylistPage {
        let playlists = try household.store.read { store in
            if let cursor = page.cursor, try store.playlist(cursor) == nil { throw HouseholdError.unknownCursor }
            return try store.playlists(limit: page.fetchCount, after: page.cursor)
        }
        let (items, next) = page.cut(playlists, cursor: \.id)
        return PlaylistPage(playlists: items.map { PlaylistView($0) }, nextCursor: next)
    }
}

/// A page of playlists.
public struct PlaylistPage: Codable, Sendable {
    /// Playlists, the newest first.
    public var playlists: [PlaylistView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
}

/// Shows one playlist.
public struct ShowPlaylist: ImmediateOperation {
    public static let signature = OperationSignature("playlist/show", .get("/api/playlists/{id}"), writes: false)

    private let id: String

    public init(_ fields: inout FieldReader) throws(HouseholdError) { id = try fields.requiredText("id") }

    /// - Throws: ``HouseholdError`` `not_found`, also for a playlist that is so old that it was deleted.
    public func perform(in household: isolated Household) throws -> PlaylistView {
        guard let playlist = try household.store.read({ try $0.playlist(id) }) else {
            throw HouseholdError(
                .notFound, "There is no playlist \"\(id.prefix(80))\"; the newest \(Limits.playlistRows) are kept",
                field: "id")
        }
        return PlaylistView(playlist)
    }
}
