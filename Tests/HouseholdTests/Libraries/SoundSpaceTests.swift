import Foundation
import HauntTestSupport
import Testing

@testable import Household

@Suite("Vectors of several models")
struct SoundSpaceTests {
    private static let library = LibrarySettings(name: "muse", kind: .audiomuse, url: "http://127.0.0.1:1")
    private static let other = LibrarySettings(name: "attic", kind: .audiomuse, url: "http://127.0.0.1:2")

    private let house: TestHouse
    private let music = FakeLibrary()

    init() throws { house = try .withTwoPeople(libraries: [Self.library, Self.other]) }

    /// Sets the 40 tracks of a library; those after a number have no vector.
    private func set(_ music: FakeLibrary, model: String, tracks: Int = 40, name: String = "Song") {
        music.set { state in
            state.revision = "\(model) \(tracks)"
            state.tracks = (0..<40).map { number in
                let track = FakeLibrary.track("\(name) \(number)", "lib://\(number)")
                let values: [Float] = [Float(number), 1, 0, 0, 0, 0, 0, 0]
                return LibraryTrack(
                    uri: track.uri, details: track.details,
                    sound: number < tracks ? SoundVector(space: model, values: values) : nil)
            }
        }
    }

    private func sync(_ music: FakeLibrary, _ library: LibrarySettings = Self.library) async -> LibraryState? {
        let keeper = LibraryKeeper(household: house.household) { _ in music }
        return await keeper.sync(library)?.state
    }

    private func spaces() throws -> [SoundSpace] { try house.store.read { try $0.soundSpaces(ofLibrary: nil) } }

    @Test("Those of the model before go when a reading with the new model has ended, and not before")
    func removed() async throws {
        set(music, model: "old-8")
        #expect(await sync(music) == .synced)
        set(music, model: "new-8")
        music.set { $0.failsAfterPages = 2 }
        #expect(await sync(music) == .failed)
        #expect(try spaces() == [SoundSpace(name: "new-8", tracks: 20), SoundSpace(name: "old-8", tracks: 40)])
        #expect(try spaces().inUse.last?.name == "old-8")
        #expect(await sync(music) == .synced)
        #expect(try spaces() == [SoundSpace(name: "new-8", tracks: 40)])
    }

    @Test("Those of the model before stay while a library has new ones of a part of its tracks only")
    func partial() async throws {
        set(music, model: "old-8")
        #expect(await sync(music) == .synced)
        set(music, model: "new-8", tracks: 30)
        #expect(await sync(music) == .synced)
        #expect(try spaces() == [SoundSpace(name: "new-8", tracks: 30), SoundSpace(name: "old-8", tracks: 40)])
        // The new model failed at two tracks.
        set(music, model: "new-8", tracks: 38)
        #expect(await sync(music) == .synced)
        #expect(try spaces() == [SoundSpace(name: "new-8", tracks: 38)])
    }

    @Test("Those that an earlier version left go when the library is found unchanged, many of them, too")
    func left() async throws {
        let tracks = (0..<1_200).map { number in
            LibraryTrack(
                uri: "lib://\(number)", details: TrackDetails(artist: "Artist", title: "Song \(number)"),
                sound: SoundVector(space: "it's \"old\"-8", values: [1, 2, 3, 4, 5, 6, 7, 8]))
        }
        try house.store.write { store in
            try store.saveLibrary(StoredLibrary(name: "muse"))
            _ = try store.importTracks(tracks, ofLibrary: "muse", generation: 0)
            let new = tracks.map { track in
                LibraryTrack(
                    uri: track.uri, details: track.details,
                    sound: SoundVector(space: "new-8", values: track.sound?.values ?? []))
            }
            _ = try store.importTracks(new, ofLibrary: "muse", generation: 0)
        }
        music.set { state in
            state.tracks = tracks.map { LibraryTrack(uri: $0.uri, details: $0.details) }
            state.pageSize = 500
        }
        #expect(await sync(music) == .synced)
        #expect(try spaces() == [SoundSpace(name: "new-8", tracks: 1_200)])
        #expect(await sync(music) == .synced)
    }

    @Test("Each of two libraries keeps those of its own model")
    func several() async throws {
        let attic = FakeLibrary()
        set(music, model: "one-8")
        set(attic, model: "two-8", name: "Tune")
        #expect(await sync(music) == .synced)
        #expect(await sync(attic, Self.other) == .synced)
        set(music, model: "one-8", tracks: 39)
        #expect(await sync(music) == .synced)
        #expect(Set(try spaces().map(\.name)) == ["one-8", "two-8"])
        set(music, model: "three-8")
        #expect(await sync(music) == .synced)
        #expect(Set(try spaces().map(\.name)) == ["three-8", "two-8"])
    }

    @Test("Used are the newest space that is almost complete and those that are newer")
    func used() {
        let spaces = [("c", 10), ("b", 90), ("a", 100)].map { SoundSpace(name: $0.0, tracks: $0.1) }
        #expect(spaces.inUse.map(\.name) == ["c", "b"])
        #expect([SoundSpace(name: "b", tracks: 89), spaces[2]].inUse.map(\.name) == ["b", "a"])
        #expect([SoundSpace]().inUse.isEmpty)
    }
}
