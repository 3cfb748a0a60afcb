import HauntTestSupport
import Testing
import Wire

@testable import Household

@Suite("Lists of what a speaker can play")
struct PlayableListTests {
    private static let study = "media_player.study"
    private static let kitchen = "media_player.kitchen"

    /// A house in which the library `mpd` has the songs 0 to 9, `ma` the songs 5 to 14, and a catalog file 10 to 19.
    private func house(
        _ libraries: [LibrarySettings.Kind] = [.mpd, .musicAssistant], study library: String? = "mpd"
    ) async throws -> TestHouse {
        var settings = HouseholdSettings()
        settings.libraries = libraries.map { LibrarySettings(name: $0 == .mpd ? "mpd" : "ma", kind: $0) }
        settings.speakers = [Self.study: nil, Self.kitchen: nil]
        settings.speakerLibraries[Self.study] = library
        settings.maxPerArtist = 200
        let house = try TestHouse(settings: settings)
        let rows = (10..<20).map {
            TrackDetails(artist: "Artist of Song \($0)", title: "Song \($0)", uri: "file-\($0)")
        }
        _ = try await house.household.perform(ImportCatalog(rows: rows))
        for library in settings.libraries {
            let connector = FakeLibrary()
            let songs = library.name == "mpd" ? 0..<10 : 5..<15
            connector.set { $0.tracks = songs.map { FakeLibrary.track("Song \($0)", "\(library.name)-\($0)") } }
            _ = await LibraryKeeper(household: house.household) { _ in connector }.sync(library)
        }
        return house
    }

    private func list(_ house: TestHouse, on speaker: String?) async throws -> PlaylistView {
        let name = speaker.map { #", "speaker_entity": "\#($0)", "auto_play": true"# } ?? ""
        return try await house.household.ask(GeneratePlaylist.self, #"{"total_tracks": 50\#(name)}"#)
    }

    private func songs(_ list: PlaylistView) -> Set<Int> { Set(list.tracks.compactMap { Int($0.title.dropFirst(5)) }) }

    @Test("A speaker with a library gets its tracks with its addresses")
    func ownLibrary() async throws {
        let list = try await list(house(), on: Self.study)
        #expect(songs(list) == Set(0..<10))
        #expect(list.tracks.allSatisfy { $0.uri?.hasPrefix("mpd-") == true && $0.uris == nil })
    }

    @Test("A speaker without a library plays from the one that is configured")
    func onlyLibrary() async throws {
        let list = try await list(house([.musicAssistant], study: nil), on: Self.kitchen)
        #expect(songs(list) == Set(5..<15))
        #expect(list.tracks.allSatisfy { $0.uri?.hasPrefix("ma-") == true })
    }

    @Test("With several libraries each address of a speaker without one is named, and health names the speaker")
    func severalLibraries() async throws {
        let house = try await house()
        let list = try await list(house, on: Self.kitchen)
        #expect(songs(list) == Set(0..<15))
        #expect(list.tracks.allSatisfy { $0.uri == nil })
        let song = try #require(list.tracks.first { $0.title == "Song 12" })
        #expect(song.uris == ["ma": "ma-12", "files": "file-12"])
        #expect(list.tracks.first { $0.title == "Song 7" }?.uris == ["ma": "ma-7", "mpd": "mpd-7"])
        #expect(list.notes.contains { $0.contains(Self.kitchen) && $0.contains("mpd, ma") })
        let health = try await house.household.ask(CheckHealth.self)
        #expect(health.speakersWithoutLibrary == [Self.kitchen])
        let stored = try await house.household.ask(ShowPlaylist.self, #"{"id": "\#(list.id)"}"#)
        #expect(stored.tracks == list.tracks)
    }

    @Test("The library files is what catalog files brought")
    func files() async throws {
        let list = try await list(house(study: "files"), on: Self.study)
        #expect(songs(list) == Set(10..<20))
        #expect(list.tracks.allSatisfy { $0.uri?.hasPrefix("file-") == true })
    }

    @Test("A house without libraries plays what it can, with the addresses of files")
    func noLibraries() async throws {
        let list = try await list(house([], study: nil), on: Self.study)
        #expect(songs(list) == Set(10..<20))
        #expect(list.tracks.allSatisfy { $0.uri?.hasPrefix("file-") == true })
    }

    @Test("A list for no speaker has all tracks, with the address of the only library where there is one")
    func noSpeaker() async throws {
        let list = try await list(house([.mpd], study: nil), on: nil)
        #expect(songs(list) == Set(0..<20))
        #expect(list.tracks.first { $0.title == "Song 3" }?.uri == "mpd-3")
        #expect(list.tracks.first { $0.title == "Song 13" }?.uri == "file-13")
    }

    @Test("Nothing that can be played is an error, and no command is sent")
    func nothing() async throws {
        var settings = HouseholdSettings()
        settings.libraries = [LibrarySettings(name: "mpd", kind: .mpd)]
        settings.speakers = [Self.study: nil]
        let house = try TestHouse(settings: settings)
        _ = try await house.household.perform(ImportCatalog(rows: [TrackDetails(artist: "A", title: "B", uri: "u")]))
        let error = await #expect(throws: HouseholdError.self) { try await list(house, on: Self.study) }
        #expect(error?.code == .conflict)
        #expect(error?.message.contains("the library mpd has no tracks yet") == true)
        #expect(house.recorder.playlists.isEmpty)
    }

    @Test("A track that a library loses is on no list from then on, and a vibe is answered from what is left")
    func lost() async throws {
        let house = try await house([.mpd], study: nil)
        #expect(songs(try await list(house, on: Self.study)) == Set(0..<10))
        let connector = FakeLibrary()
        connector.set { state in
            state.revision = "2"
            state.tracks = (0..<6).map { FakeLibrary.track("Song \($0)", "mpd-\($0)") }
        }
        let library = LibrarySettings(name: "mpd", kind: .mpd)
        _ = await LibraryKeeper(household: house.household) { _ in connector }.sync(library)
        #expect(songs(try await list(house, on: Self.study)) == Set(0..<6))
        let rock = try await house.household.ask(
            GeneratePlaylist.self, #"{"vibe": "rock", "speaker_entity": "\#(Self.study)", "total_tracks": 50}"#)
        #expect(songs(rock) == Set(0..<6))
    }
}
