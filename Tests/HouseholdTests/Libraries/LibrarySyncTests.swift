import Foundation
import HauntTestSupport
import Testing
import Wire

@testable import Household

@Suite("Synchronisation of a library")
struct LibrarySyncTests {
    private let house: TestHouse
    private let library = FakeLibrary((0..<35).map { "Song \($0)" })

    init() throws {
        var settings = HouseholdSettings()
        settings.libraries = [LibrarySettings(name: "mpd", kind: .mpd)]
        settings.speakers = ["media_player.study": nil]
        house = try TestHouse(settings: settings)
    }

    @discardableResult
    private func sync(confirm: Bool = false) async throws -> LibraryView {
        if confirm { _ = try await house.household.ask(SyncLibrary.self, #"{"name": "mpd", "confirm": true}"#) }
        let keeper = LibraryKeeper(household: house.household) { [library] _ in library }
        return try #require(await keeper.sync(LibrarySettings(name: "mpd", kind: .mpd)))
    }

    private var syncs: [LibrarySyncView] {
        house.recorder.events.compactMap { if case .librarySynced(let view) = $0 { view } else { nil } }
    }

    /// Titles by address, for all tracks that have one.
    private func addresses() throws -> [String: String] {
        try house.store.read { store in
            var tracks: [Track] = []
            try store.forEachTrack { tracks.append($0) }
            let addresses = try store.addresses(of: tracks.map(\.id))
            return tracks.reduce(into: [:]) { result, track in
                if let uri = addresses[track.id]?["mpd"] { result[uri] = track.details.title }
            }
        }
    }

    @Test("A library is read page by page, and an unchanged one is not read again")
    func pages() async throws {
        let view = try await sync()
        #expect((view.state, view.tracks, view.problem) == (.synced, 35, nil))
        #expect(view.lastSync == house.clock.now)
        #expect(library.positions == [nil, "10", "20", "30"])
        #expect(try addresses().count == 35)
        house.clock.advance(60)
        #expect(try await sync().lastSync == house.clock.now)
        #expect(library.positions.count == 4)
        library.set { $0.revision = "2" }
        try await sync()
        #expect(library.positions.count == 8)
        #expect(syncs.map(\.added) == [35, 0])
    }

    @Test("A reading that breaks keeps what it read and goes on where it was, also after a restart")
    func resumed() async throws {
        library.set { $0.failsAfterPages = 2 }
        let view = try await sync()
        #expect((view.state, view.problem) == (.failed, "The server does not answer"))
        #expect(try addresses().count == 20)
        var settings = HouseholdSettings()
        settings.libraries = [LibrarySettings(name: "mpd", kind: .mpd)]
        let restarted = try TestHouse(settings: settings, store: house.store)
        let keeper = LibraryKeeper(household: restarted.household) { [library] _ in library }
        let end = await keeper.sync(LibrarySettings(name: "mpd", kind: .mpd))
        #expect((end?.state, end?.tracks, end?.problem) == (.synced, 35, nil))
        #expect(library.positions == [nil, "10", "20", "20", "30"])
    }

    @Test("A reading that broke begins anew when the library changed meanwhile")
    func brokenAndChanged() async throws {
        library.set { $0.failsAfterPages = 2 }
        try await sync()
        library.set { state in
            state.revision = "2"
            state.tracks.removeFirst()
        }
        #expect(try await sync().tracks == 34)
        #expect(library.positions.suffix(4) == [nil, "10", "20", "30"])
        #expect(try addresses()["lib://0"] == nil)
    }

    @Test("A library that changes while it is read loses nothing, and is read again")
    func changesMeanwhile() async throws {
        try await sync()
        library.set { state in
            state.revision = "2"
            state.onPage = { library in
                library.set { state in
                    // The track that moves to an earlier page is on none of the pages that are read.
                    state.tracks.remove(at: 0)
                    (state.onPage, state.revision) = (nil, "3")
                }
            }
        }
        let view = try await sync()
        #expect((view.state, view.problem) == (.synced, nil))
        #expect(try addresses().count == 35)
        #expect(try await sync().tracks == 34)
    }

    @Test(
        "A library that does not tell its revision is read each time, and one that broke is read whole before it loses any"
    )
    func untold() async throws {
        library.set { $0.revision = nil }
        try await sync()
        library.set { $0.failsAfterPages = 1 }
        try await sync()
        library.set { $0.tracks.removeFirst() }
        try await sync()
        #expect(try addresses().count == 35)
        #expect(try await sync().tracks == 34)
    }

    @Test(
        "A library that does not tell its revision is read again at once where a person asks, after a reading that broke"
    )
    func untoldAgain() async throws {
        library.set { ($0.revision, $0.failsAfterPages) = (nil, 1) }
        #expect(try await sync().state == .failed)
        let keeper = LibraryKeeper(household: house.household) { [library] _ in library }
        #expect(await keeper.sync(LibrarySettings(name: "mpd", kind: .mpd), readings: 2)?.state == .synced)
        #expect(library.positions == [nil, "10", "10", "20", "30", nil, "10", "20", "30"])
    }

    @Test("Permuted addresses, as after a rebuilt library, belong to the tracks that have them now")
    func permuted() async throws {
        try await sync()
        library.set { state in
            state.revision = "2"
            let tracks = state.tracks
            state.tracks = tracks.indices.map {
                LibraryTrack(uri: tracks[($0 * 6 + 1) % tracks.count].uri, details: tracks[$0].details)
            }
        }
        #expect(try await sync().state == .synced)
        let now = library
        var expected: [String: String] = [:]
        now.set { state in for track in state.tracks { expected[track.uri] = track.details.title } }
        #expect(try addresses() == expected)
        #expect(syncs.last?.removed == 0)
        #expect(syncs.last?.added == 0)
    }

    @Test("More than half of a library goes only after a person confirms it")
    func confirmation() async throws {
        try await sync()
        library.set { state in
            state.revision = "2"
            state.tracks.removeLast(20)
        }
        let asked = try await sync()
        #expect((asked.state, asked.tracks) == (.needsConfirmation, 35))
        #expect(asked.problem?.contains("20 of its 35 tracks are gone") == true)
        #expect(try addresses().count == 35)
        #expect(try await sync().state == .needsConfirmation)
        let confirmed = try await sync(confirm: true)
        #expect((confirmed.state, confirmed.tracks, confirmed.problem) == (.synced, 15, nil))
        #expect(try addresses().count == 15)
        #expect(try house.store.read { try $0.trackCount() } == 35)
    }

    @Test("A library that is whole again needs no confirmation any more")
    func wholeAgain() async throws {
        try await sync()
        let tracks = (0..<35).map { FakeLibrary.track("Song \($0)", "lib://\($0)") }
        library.set { ($0.revision, $0.tracks) = ("2", []) }
        #expect(try await sync().state == .needsConfirmation)
        library.set { ($0.revision, $0.tracks) = ("1", tracks) }
        #expect(try await sync().state == .synced)
        #expect(try addresses().count == 35)
    }

    @Test("Other music under the same addresses is asked about, too")
    func replaced() async throws {
        try await sync()
        library.set { state in
            state.revision = "2"
            state.tracks = state.tracks.indices.map { FakeLibrary.track("Other \($0)", "lib://\($0)") }
        }
        #expect(try await sync().state == .needsConfirmation)
        #expect(try addresses()["lib://3"] == "Song 3")
        #expect(try await sync(confirm: true).tracks == 35)
        #expect(try addresses()["lib://3"] == "Other 3")
    }

    @Test("A library that is away is a problem in words and loses nothing")
    func away() async throws {
        try await sync()
        library.set { ($0.isAway, $0.problem) = (true, LibraryProblem(.refused, "The password is wrong")) }
        let view = try await sync()
        #expect((view.state, view.problem, view.tracks) == (.failed, "The password is wrong", 35))
        let health = try await house.household.ask(CheckHealth.self)
        #expect(health.libraries.map(\.problem) == ["The password is wrong"])
        library.set { $0.isAway = false }
        #expect(try await sync().problem == nil)
    }

    @Test("Tracks without title or address are counted and left out, and the rest is read")
    func unreadable() async throws {
        library.set { state in
            state.tracks[3] = LibraryTrack(uri: "", details: state.tracks[3].details)
            state.tracks[4] = LibraryTrack(uri: "lib://4", details: TrackDetails(artist: "A", title: ""))
        }
        #expect(try await sync().tracks == 33)
        #expect(syncs.last?.skipped == 2)
    }

    @Test("Tracks of the demo catalog leave a house that reads a library")
    func demo() async throws {
        let demo = TrackDetails(artist: "Demo", title: "Demo")
        _ = try await house.household.perform(ImportCatalog(rows: [demo], isDemo: true))
        try await sync()
        #expect(try house.store.read { try $0.trackCount() } == 35)
    }

    @Test("An unknown library is not found, and a known one begins to be read")
    func requests() async throws {
        let error = await #expect(throws: HouseholdError.self) {
            try await house.household.ask(SyncLibrary.self, #"{"name": "mdp"}"#)
        }
        #expect(error?.code == .notFound)
        #expect(error?.message.contains("did you mean mpd?") == true)
        #expect(try await house.household.ask(SyncLibrary.self, #"{"name": "mpd"}"#).state == .syncing)
        let list = try await house.perform("library/list", "{}")
        #expect(list["libraries"]?.items.first?["state"]?.text == "syncing")
    }

    @Test("The pause after failures grows to a quarter of an hour, and the next night is at three")
    func pauses() throws {
        #expect((1...8).map { LibraryKeeper.pauseS($0, 1) } == [10, 20, 40, 80, 160, 320, 640, 900])
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "Europe/Berlin"))
        let noon = Date(timeIntervalSince1970: 1_795_348_800)
        let night = LibraryKeeper.night(after: noon, in: calendar)
        #expect(calendar.component(.hour, from: night) == 3)
        #expect(night > noon && night <= noon + 86_400)
    }

    @Test("A running keeper reads at start, and again when somebody asks")
    func keeps() async throws {
        let keeper = LibraryKeeper(household: house.household) { [library] _ in library }
        let task = Task { await keeper.run() }
        await house.recorder.wait { $0.syncs == 1 }
        library.set { state in
            state.revision = "2"
            state.tracks.append(FakeLibrary.track("New", "lib://new"))
        }
        _ = try await house.household.ask(SyncLibrary.self, #"{"name": "mpd"}"#)
        await house.recorder.wait { $0.syncs == 2 }
        #expect(syncs.map(\.tracks) == [35, 36])
        task.cancel()
        await task.value
    }
}

extension EventRecorder {
    fileprivate var syncs: Int { events.count { if case .librarySynced = $0 { true } else { false } } }
}
