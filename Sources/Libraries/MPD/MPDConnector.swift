import Foundation
import Household
import Synchronization

/// Reads the database of an MPD server, in the order of its directories.
final class MPDConnector: LibraryConnector {
    private struct State {
        /// What was told last, so that a change between a reading and the wait is not missed.
        var revision: String?
        /// The artists of the library, once they were read.
        var artists: ArtistNames?
    }

    private let client: MPDClient
    private let template: AddressTemplate?
    private let state = Mutex(State())

    init(_ settings: LibrarySettings) {
        let place = LibraryPlace(library: settings.name, address: "\(settings.host):\(settings.port)")
        let password: String? =
            switch settings.secret {
            case .password(let text), .token(let text): text
            case nil: nil
            }
        client = MPDClient(place: place, host: settings.host, port: settings.port, password: password)
        template = settings.uri
    }

    func revision() async throws -> String? {
        let revision = Self.revision(try await client.ask("stats"))
        state.withLock { $0.revision = revision }
        return revision
    }

    func page(at position: String?) async throws -> LibraryPage {
        guard let start = Int(position ?? "0"), start >= 0 else {
            throw client.place.malformed("the position is wrong")
        }
        let artists = try await artists()
        let end = start + ServerLimits.pageTracks
        // A time that everything was modified since. The filter is the one that needs no tag.
        let answers = try await client.ask([
            "stats", "find \"(modified-since '1970-01-01T00:00:00Z')\" window \(start):\(end)",
        ])
        let songs = MPDSong.songs(in: answers[1])
        let tracks = songs.compactMap { song in
            song.tags.details(isArtist: artists.contains).map {
                LibraryTrack(uri: template?.address(id: song.file, path: song.file) ?? song.file, details: $0)
            }
        }
        let total = answers[0].first { $0.key == "songs" }.flatMap { Int($0.value) }
        return LibraryPage(
            tracks: tracks, next: songs.count < ServerLimits.pageTracks ? nil : String(end), total: total)
    }

    func waitForChange() async throws {
        let told = state.withLock { $0.revision }
        // MPD keeps what changed since the connection was made, so nothing is missed between the two commands.
        _ = try await client.ask(["stats", "idle database"], patience: nil) { told == nil || Self.revision($0) == told }
        state.withLock { $0.artists = nil }
    }

    private static func revision(_ stats: [MPDPair]) -> String {
        stats.filter { ["db_update", "songs"].contains($0.key) }.map { "\($0.key)=\($0.value)" }.sorted()
            .joined(separator: " ")
    }

    /// The artists whose names can only be one.
    private func artists() async throws -> ArtistNames {
        if let known = state.withLock({ $0.artists }) { return known }
        var names = ArtistNames()
        let answers = try await client.ask(["list albumartist", "list artist"])
        for pair in answers.joined() where ArtistNames.isPlain(pair.value) { names.insert(pair.value) }
        state.withLock { $0.artists = names }
        return names
    }
}

/// A song of MPD's database.
struct MPDSong: Equatable {
    /// Its path, which is its address.
    let file: String
    let tags: TrackTags

    /// The songs of an answer. A song begins with `file`; what belongs to directories and playlists is left out.
    static func songs(in pairs: [MPDPair]) -> [MPDSong] {
        var songs: [MPDSong] = []
        var file: String?
        var values: [String: [String]] = [:]
        for pair in pairs + [MPDPair(key: "directory", value: "")] {
            if ["file", "directory", "playlist"].contains(pair.key) {
                if let file, !file.isEmpty { songs.append(MPDSong(file: file, tags: tags(values, file: file))) }
                file = pair.key == "file" ? pair.value : nil
                values = [:]
            } else {
                values[pair.key, default: []].append(pair.value)
            }
        }
        return songs
    }

    private static func tags(_ values: [String: [String]], file: String) -> TrackTags {
        let seconds = (values["duration"] ?? values["Time"])?.first.flatMap { Double($0) }
        return TrackTags(
            title: values["Title"]?.first, artists: values["Artist"] ?? [], albumArtists: values["AlbumArtist"] ?? [],
            album: values["Album"]?.first, genres: values["Genre"] ?? [],
            dates: (values["OriginalDate"] ?? []) + (values["Date"] ?? []), durationS: seconds, path: file)
    }
}
