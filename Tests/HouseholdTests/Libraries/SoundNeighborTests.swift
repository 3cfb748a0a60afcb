import Foundation
import HauntTestSupport
import Listening
import Testing

@testable import Household

@Suite("Lists like a track, by its sound")
struct SoundNeighborTests {
    private static let library = LibrarySettings(name: "muse", kind: .audiomuse, url: "http://127.0.0.1:1")

    /// Forty tracks of rock whose sounds lie on a line: the nearer two numbers are, the more alike they sound.
    private func music(_ space: String = "clap-8", shift: Int = 0) -> FakeLibrary {
        let library = FakeLibrary()
        library.set { state in
            state.tracks = (0..<40).map { number in
                let angle = Float((number + shift) % 40) / 40
                let track = FakeLibrary.track("Song \(number)", "lib://\(number)")
                return LibraryTrack(
                    uri: track.uri, details: track.details,
                    sound: SoundVector(space: space, values: [cos(angle), sin(angle), 0, 0, 0, 0, 0, 0]))
            }
        }
        return library
    }

    private func house(_ music: FakeLibrary) async throws -> TestHouse {
        let house = try TestHouse.withTwoPeople(libraries: [Self.library])
        try await sync(house, music)
        return house
    }

    private func sync(_ house: TestHouse, _ music: FakeLibrary) async throws {
        let keeper = LibraryKeeper(household: house.household) { _ in music }
        #expect(await keeper.sync(Self.library)?.state == .synced)
    }

    private func play(_ number: Int, in house: TestHouse) async {
        let media = Media(title: "Song \(number)", artist: "Artist of Song \(number)", durationS: 200)
        let update = PlayerUpdate(
            speakerName: "media_player.study", state: .playing, media: media, at: Moment(house.clock.now))
        await house.household.observe([(update, ListenRules(flapS: 0))])
    }

    private func numbers(_ list: PlaylistView) -> [Int] {
        list.tracks.compactMap { Int($0.title.dropFirst("Song ".count)) }
    }

    @Test("More like this is what sounds most like the track that plays, without it")
    func playing() async throws {
        let house = try await house(music())
        await play(20, in: house)
        for topic in ["study", nil] {
            let asked = #"{"vibe":"more like this","total_tracks":4,"seed":3,"speaker_entity":"media_player.study"}"#
            let json = topic == nil ? asked : #"{"vibe":"mehr davon","total_tracks":4,"seed":3}"#
            let list = try await house.household.ask(GeneratePlaylist.self, json, on: topic)
            #expect(list.sound == .used)
            #expect(list.understood?.contains("“Song 20” by Artist of Song 20") == true)
            #expect(numbers(list).allSatisfy { (10...30).contains($0) && $0 != 20 }, "\(numbers(list))")
        }
    }

    @Test("A track that is named by title stands for what sounds like it")
    func named() async throws {
        let house = try await house(music())
        let list = try await house.household.ask(
            Recommend.self, #"{"vibe":"songs like Song 7 by Artist of Song 7","limit":4,"guest":true}"#)
        #expect(list.sound == .used)
        #expect(Set(list.tracks.map(\.title)) == ["Song 5", "Song 6", "Song 8", "Song 9"])
    }

    @Test("Where nothing plays, or no track has a sound, the words alone decide")
    func without() async throws {
        let house = try await house(music())
        let asked = #"{"vibe":"more like this","speaker_entity":"media_player.study","guest":true}"#
        let nothing = try await house.household.ask(GeneratePlaylist.self, asked)
        #expect(nothing.sound == .none)
        #expect(nothing.notes.contains { $0.contains("nothing plays") })
        let mute = FakeLibrary()
        mute.set { state in
            state.tracks = (0..<40).map { number in
                let details = TrackDetails(
                    artist: "Artist of Song \(number / 2 * 2)", title: "Song \(number)", genres: ["rock"])
                return LibraryTrack(uri: "lib://\(number)", details: details)
            }
        }
        let silent = try await self.house(mute)
        await play(20, in: silent)
        let list = try await silent.household.ask(GeneratePlaylist.self, asked)
        #expect(list.sound == .none)
        #expect(numbers(list) == [21])
    }

    @Test(
        "What a library says anew of its sounds counts once it was read, and vectors of two models are never compared")
    func renewed() async throws {
        let music = music()
        let house = try await house(music)
        let asked = #"{"vibe":"like Song 7 by Artist of Song 7","limit":2,"guest":true}"#
        #expect(Set(try await house.household.ask(Recommend.self, asked).tracks.map(\.title)) == ["Song 6", "Song 8"])
        let other = self.music("other-8", shift: 20)
        other.set { state in
            state.revision = "2"
            state.tracks = state.tracks.map { track in
                let number = Int(track.uri.dropFirst("lib://".count)) ?? 0
                let angle = Float(number % 2 == 0 ? number + 100 : number) / 140
                let values: [Float] = [cos(angle), sin(angle), 0, 0, 0, 0, 0, 0]
                return LibraryTrack(
                    uri: track.uri, details: track.details, sound: SoundVector(space: "other-8", values: values))
            }
        }
        try await sync(house, other)
        #expect(Set(try await house.household.ask(Recommend.self, asked).tracks.map(\.title)) == ["Song 5", "Song 9"])
    }
}
