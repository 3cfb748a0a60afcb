import Household
import Synchronization
import Wire

/// Reads a Subsonic server: by an empty search where it answers one, else album by album.
final class SubsonicConnector: LibraryConnector {
    /// Albums that are listed at a time, where songs are read album by album.
    private static let albumsOfPage = 50
    /// Albums whose years are kept.
    private static let mostAlbums = 200_000

    /// What is asked for once a reading.
    private struct Known {
        var artists: ArtistNames?
        var years: [String: Int]?
    }

    /// Where a page begins, as `songs:500:ID` or `albums:40:0`.
    private enum Position {
        /// So many songs of the empty search were read, and the last page began with this one.
        case songs(Int, after: String)
        /// So many albums were read, and so many songs of the next one.
        case albums(Int, songs: Int)

        init?(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let count = Int(parts[1]), count >= 0 else { return nil }
            switch (parts[0], Int(parts[2])) {
            case ("songs", _): self = .songs(count, after: String(parts[2]))
            case ("albums", let songs?) where songs >= 0: self = .albums(count, songs: songs)
            default: return nil
            }
        }

        var text: String {
            switch self {
            case .songs(let count, let first): "songs:\(count):\(first)"
            case .albums(let count, let songs): "albums:\(count):\(songs)"
            }
        }
    }

    private let client: SubsonicClient
    private let template: AddressTemplate?
    private let known = Mutex(Known())

    init(_ settings: LibrarySettings) throws {
        client = try SubsonicClient(settings)
        template = settings.uri
    }

    /// When the server last scanned its files. Servers that do not tell are told apart by what their index says.
    func revision() async throws -> String? {
        known.withLock { $0 = Known() }
        let status = try? await client.ask("getScanStatus")["scanStatus"]
        if let scan = status?["lastScan"]?.text { return "\(scan) \(status?["count"]?.whole ?? 0)" }
        let indexes = try await client.ask("getIndexes")["indexes"]
        guard let modified = indexes?["lastModified"]?.whole, modified > 0 else { return nil }
        return "\(modified) \(status?["count"]?.whole ?? 0)"
    }

    func page(at position: String?) async throws -> LibraryPage {
        guard let text = position else { return try await firstPage() }
        switch Position(text) {
        case .songs(let start, let first): return try await searchedPage(from: start, after: first)
        case .albums(let start, let songs): return try await albumsPage(from: start, songs: songs)
        case nil: throw client.place.malformed("the position is wrong")
        }
    }

    func waitForChange() async throws { try await LibraryPlace.waitForCancellation() }

    /// A server that answers the empty search with nothing, or with an error, does not know it.
    private func firstPage() async throws -> LibraryPage {
        do {
            let page = try await searchedPage(from: 0, after: nil)
            if !page.tracks.isEmpty || page.next != nil { return page }
        } catch let problem as LibraryProblem where problem.kind == .malformed {}
        return try await albumsPage(from: 0, songs: 0)
    }

    private func searchedPage(from start: Int, after previous: String?) async throws -> LibraryPage {
        let answer = try await client.ask(
            "search3",
            [
                ("query", ""), ("songCount", "\(ServerLimits.pageTracks)"), ("songOffset", "\(start)"),
                ("artistCount", "0"),
                ("albumCount", "0"),
            ])
        let songs = (answer["searchResult3"]?["song"]?.items ?? [])
            .prefix(ServerLimits.pageTracks)
        let first = songs.first?["id"]?.identifier ?? ""
        // The search would never end.
        guard songs.isEmpty || first != previous else {
            throw client.place.malformed("it answers with the same page again")
        }
        let next = songs.isEmpty ? nil : Position.songs(start + songs.count, after: first).text
        return try await page(Array(songs), next: next)
    }

    private func albumsPage(from start: Int, songs skipped: Int) async throws -> LibraryPage {
        var (read, songs, skipped) = (0, [JSONValue](), skipped)
        for album in try await albums(from: start, count: Self.albumsOfPage) {
            if let id = album["id"]?.identifier {
                let all = try await client.ask("getAlbum", [("id", id)])["album"]?["song"]?.items ?? []
                let room = ServerLimits.pageTracks - songs.count
                songs += all.dropFirst(skipped).prefix(room)
                if all.count - skipped > room {
                    let next = Position.albums(start + read, songs: skipped + room)
                    return try await page(songs, next: next.text)
                }
            }
            (read, skipped) = (read + 1, 0)
        }
        return try await page(songs, next: read == 0 ? nil : Position.albums(start + read, songs: 0).text)
    }

    private func page(_ items: [JSONValue], next: String?) async throws -> LibraryPage {
        let artists = try await knownArtists()
        var songs = items.compactMap { SubsonicSong($0) }
        try await fillYears(&songs)
        let tracks = songs.compactMap { song in
            song.tags.details(isArtist: artists.contains).map {
                LibraryTrack(uri: template?.address(id: song.id, path: song.path) ?? song.id, details: $0)
            }
        }
        return LibraryPage(tracks: tracks, next: next)
    }

    /// Takes the year of the album where a song has none.
    private func fillYears(_ songs: inout [SubsonicSong]) async throws {
        guard songs.contains(where: { $0.tags.dates.isEmpty && $0.albumID != nil }) else { return }
        let years = try await albumYears()
        for place in songs.indices where songs[place].tags.dates.isEmpty {
            songs[place].tags.dates = [songs[place].albumID.flatMap { years[$0] }].compactMap { $0.map(String.init) }
        }
    }

    /// The years of the albums, by identifier. They are asked for once a reading, when a song lacks its own.
    private func albumYears() async throws -> [String: Int] {
        if let known = known.withLock({ $0.years }) { return known }
        var (years, start) = ([String: Int](), 0)
        while start < Self.mostAlbums {
            let albums = try await albums(from: start, count: ServerLimits.pageTracks)
            if albums.isEmpty { break }
            for album in albums {
                if let id = album["id"]?.identifier, let year = album["year"]?.whole { years[id] = year }
            }
            start += albums.count
        }
        known.withLock { $0.years = years }
        return years
    }

    private func albums(from start: Int, count: Int) async throws -> [JSONValue] {
        let query = [("type", "alphabeticalByName"), ("size", "\(count)"), ("offset", "\(start)")]
        return try await client.ask("getAlbumList2", query)["albumList2"]?["album"]?.items ?? []
    }

    /// The artists whose names can only be one. They are asked for once a reading.
    private func knownArtists() async throws -> ArtistNames {
        if let known = known.withLock({ $0.artists }) { return known }
        var names = ArtistNames()
        for index in try await client.ask("getArtists")["artists"]?["index"]?.items ?? [] {
            for artist in index["artist"]?.items ?? [] {
                if let name = artist["name"]?.text, ArtistNames.isPlain(name) { names.insert(name) }
            }
        }
        known.withLock { $0.artists = names }
        return names
    }
}
