import Household
import Synchronization
import Wire

/// Reads the library of a Music Assistant server.
final class MusicAssistantConnector: LibraryConnector {
    /// Albums whose years are kept.
    private static let mostAlbums = 200_000
    /// Tracks that are read of a server that does not count them.
    private static let mostTracks = 5_000_000
    /// How long nothing may change before a change is told, so that a scan of the server is read once.
    private static let quiet = Duration.seconds(20)

    private let client: MusicAssistantClient
    private let template: AddressTemplate?
    /// The years of the albums, by identifier. They are asked for once a reading.
    private let years = Mutex<[String: Int]?>(nil)

    init(_ settings: LibrarySettings) throws {
        client = try MusicAssistantClient(settings)
        template = settings.uri
    }

    /// The server does not tell what changed, so its library is read whole each time.
    func revision() async throws -> String? {
        years.withLock { $0 = nil }
        return nil
    }

    func page(at position: String?) async throws -> LibraryPage {
        guard let start = Int(position ?? "0"), start >= 0 else {
            throw client.place.malformed("the position is wrong")
        }
        let years = try await albumYears()
        let items = try await page("music/tracks/library_items", from: start)
        let total = try await client.ask("music/tracks/count").whole
        // The tracks after one that was removed meanwhile move to the front, so one would be missed.
        if items.isEmpty, let total, start != total {
            throw LibraryProblem(
                .away,
                "Library \(client.place.library) at \(client.place.address) changed while it was read. It is read again."
            )
        }
        // A server that gives the same page again would never end.
        guard start <= (total ?? Self.mostTracks) + ServerLimits.pageTracks else {
            throw client.place.malformed("it has more tracks than it counts")
        }
        let tracks = items.compactMap { MusicAssistantTrack($0, albumYears: years) }.compactMap { track in
            track.tags.details { _ in false }.map {
                LibraryTrack(uri: template?.address(id: track.id, path: track.path) ?? track.uri, details: $0)
            }
        }
        return LibraryPage(tracks: tracks, next: items.isEmpty ? nil : String(start + items.count), total: total)
    }

    func waitForChange() async throws {
        let isWanted = { @Sendable (event: String) in event.hasPrefix("media_item_") && event != "media_item_played" }
        try await client.waitForEvent(isWanted)
        while try await changesAgain(isWanted) {}
    }

    /// Whether another change comes soon.
    private func changesAgain(_ isWanted: @escaping @Sendable (String) -> Bool) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { [client] in
                try await client.waitForEvent(isWanted)
                return true
            }
            group.addTask {
                try await Task.sleep(for: Self.quiet)
                return false
            }
            defer { group.cancelAll() }
            return try await group.next() ?? false
        }
    }

    private func page(_ command: String, from start: Int) async throws -> [JSONValue] {
        let answer = try await client.ask(
            command,
            [
                "limit": .number(Double(ServerLimits.pageTracks)), "offset": .number(Double(start)),
                "order_by": "timestamp_added",
            ])
        guard case .array(let items) = answer, items.count <= ServerLimits.pageTracks else {
            throw client.place.malformed("its answer is not a page of \(command)")
        }
        return items
    }

    private func albumYears() async throws -> [String: Int] {
        if let known = years.withLock({ $0 }) { return known }
        var (years, start) = ([String: Int](), 0)
        while start < Self.mostAlbums {
            let albums = try await page("music/albums/library_items", from: start)
            if albums.isEmpty { break }
            for album in albums {
                if let id = album["item_id"]?.identifier, let year = album["year"]?.whole { years[id] = year }
            }
            start += albums.count
        }
        self.years.withLock { $0 = years }
        return years
    }
}

/// A track of Music Assistant's library.
struct MusicAssistantTrack: Equatable {
    /// Its number in the library.
    let id: String
    /// The address by which it is played.
    let uri: String
    /// What its provider calls it: the path of a file.
    let path: String
    let tags: TrackTags

    /// Reads a track; nil for what has no address, and for what no provider can play.
    init?(_ track: JSONValue, albumYears: [String: Int]) {
        guard let id = track["item_id"]?.identifier, let uri = track["uri"]?.text, let name = track["name"]?.text else {
            return nil
        }
        let providers = track["provider_mappings"]?.items ?? []
        guard providers.isEmpty || providers.contains(where: { $0["available"]?.bool != false }) else { return nil }
        self.id = id
        self.uri = uri
        let file = providers.first { $0["provider_domain"]?.text?.hasPrefix("filesystem") == true }?["item_id"]?.text
        path = file ?? ""
        let metadata = track["metadata"]
        let year = track["album"]?["item_id"]?.identifier.flatMap { albumYears[$0] } ?? track["album"]?["year"]?.whole
        tags = TrackTags(
            // As the server's own entities show it.
            title: track["version"]?.text.map { "\(name) (\($0))" } ?? name,
            artists: track["artists"]?.items.compactMap { $0["name"]?.text } ?? [],
            album: track["album"]?["name"]?.text,
            genres: metadata?["genres"]?.items.compactMap(\.text) ?? [], dates: year.map { ["\($0)"] } ?? [],
            durationS: track["duration"]?.number,
            popularity: metadata?["popularity"]?.number.flatMap { (0...100).contains($0) ? $0 : nil },
            isExplicit: metadata?["explicit"]?.bool, path: file, type: track["media_type"]?.text)
    }
}
