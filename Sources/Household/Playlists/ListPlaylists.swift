public import Wire

/// Lists the playlists that were made, the newest first. A page ends with the limit of lists or of tracks.
public struct ListPlaylists: ImmediateOperation {
    public static let signature = OperationSignature("playlist/list", .get("/api/playlists"), writes: false)

    private let page: PageFields

    public init(_ fields: inout FieldReader) throws(HouseholdError) { page = try PageFields(&fields) }

    public func perform(in household: isolated Household) throws -> PlaylistPage {
        var playlists: [Playlist] = []
        let hasMore = try household.store.read { store in
            if let cursor = page.cursor, try store.playlist(cursor) == nil { throw HouseholdError.unknownCursor }
            var tracks = 0
            while playlists.count < page.limit, tracks < Limits.pageTracks {
                let cursor = playlists.last?.id ?? page.cursor
                guard let next = try store.playlists(limit: 1, after: cursor).first else { return false }
                playlists.append(next)
                tracks += next.entries.count
            }
            return try store.playlists(limit: 1, after: playlists.last?.id).first != nil
        }
        return PlaylistPage(
            playlists: playlists.map { PlaylistView($0) }, nextCursor: hasMore ? playlists.last?.id : nil)
    }
}

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
