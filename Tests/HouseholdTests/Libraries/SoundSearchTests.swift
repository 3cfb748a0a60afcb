import HauntTestSupport
import Household
import Storage
import Synchronization
import Testing
import Wire

@Suite("Lists that are ranked by sound, too")
struct SoundSearchTests {
    private let library = LibrarySettings(name: "muse", kind: .audiomuse, url: "http://127.0.0.1:1")
    private let server = FakeSoundSearch()

    /// A house with forty tracks of rock that AudioMuse knows.
    private func house(_ store: (any HouseholdStore)? = nil) async throws -> TestHouse {
        var settings = HouseholdSettings()
        settings.libraries = [library]
        settings.speakers = ["media_player.study": "anna"]
        let house = try TestHouse(settings: settings, store: store, connectSound: { [server] _ in server })
        let music = FakeLibrary((0..<40).map { "Song \($0)" })
        let keeper = LibraryKeeper(household: house.household) { _ in music }
        #expect(await keeper.sync(library)?.state == .synced)
        return house
    }

    @Test("A wish is searched in English, and its order has a say", arguments: ["sad rock", "traurige Rockmusik"])
    func used(wish: String) async throws {
        let house = try await house()
        server.set { $0.answer = .success(["lib://30", "lib://7", "lib://none"]) }
        let list = try await house.household.ask(
            Recommend.self, #"{"vibe":"\#(wish)","limit":5,"profile":"anna"}"#)
        #expect(list.sound == .used)
        #expect(Set(list.tracks.prefix(2).map(\.title)) == ["Song 30", "Song 7"])
        #expect(server.words == ["rock sad"])
    }

    @Test("A search that fails leaves the list of words alone, and says so")
    func away() async throws {
        let house = try await house()
        let request = #"{"vibe":"rock","seed":7,"total_tracks":5,"guest":true}"#
        server.set { $0.answer = .success([]) }
        let alone = try await house.household.ask(GeneratePlaylist.self, request)
        #expect(alone.sound == .none)
        server.set { $0.answer = .failure(LibraryProblem(.away, "it took too long")) }
        let list = try await house.household.ask(GeneratePlaylist.self, request)
        #expect(list.sound == .away)
        #expect(list.tracks.map(\.title) == alone.tracks.map(\.title))
        let shown = try await house.household.ask(ShowPlaylist.self, #"{"id":"\#(list.id)"}"#)
        #expect(shown.sound == .away)
    }

    @Test(
        "Nobody is asked without a wish, for words that mean nothing, and as if it were another time",
        arguments: [#"{}"#, #"{"vibe":"blorp"}"#, #"{"vibe":"rock","at":"2026-11-21T12:00:00Z"}"#])
    func notAsked(request: String) async throws {
        let house = try await house()
        #expect(try await house.household.ask(Recommend.self, request).sound == .none)
        #expect(server.words.isEmpty)
    }

    @Test("While one list waits for the search, the house answers everybody else")
    func waits() async throws {
        let house = try await house()
        server.set { $0.answer = .success(["lib://3"]) }
        server.hold()
        let (began, signal) = AsyncStream<Never>.makeStream()
        var input = OperationInput(door: .http, payload: Array(#"{"vibe":"rock","profile":"anna"}"#.utf8))
        input.waits = { signal.finish() }
        let slow = Task { [input] in try await house.household.answer(GeneratePlaylist.self, input).value }
        for await _ in began {}
        try await house.listen(#"{"title":"Song 1","artist":"Artist of Song 1","profile":"anna"}"#)
        #expect(try await !house.household.ask(GeneratePlaylist.self).tracks.isEmpty)
        server.release()
        #expect(try await slow.value.sound == .used)
    }

    @Test("A later list that the store did not take keeps none from its speaker")
    func laterListFails() async throws {
        let disk = FailingStore(try HouseholdDatabase.inMemory())
        let house = try await house(disk)
        server.set { $0.answer = .success(["lib://3"]) }
        server.hold()
        let (began, signal) = AsyncStream<Never>.makeStream()
        let onStudy = #""speaker_entity":"media_player.study","auto_play":true"#
        var input = OperationInput(door: .http, payload: Array(#"{"vibe":"rock",\#(onStudy)}"#.utf8))
        input.waits = { signal.finish() }
        let slow = Task { [input] in try await house.household.answer(GeneratePlaylist.self, input).value }
        for await _ in began {}
        disk.isBroken = true
        await #expect(throws: HouseholdError.self) {
            try await house.household.ask(GeneratePlaylist.self, "{\(onStudy)}")
        }
        disk.isBroken = false
        server.release()
        #expect(try await slow.value.autoPlay)
    }

    @Test("A library that knows sound is warmed when its keeping begins")
    func warm() async throws {
        let house = try await house()
        let keeper = LibraryKeeper(household: house.household) { _ in FakeLibrary(["Song"]) }
        let keeping = Task { await keeper.run() }
        await server.warmed()
        keeping.cancel()
        await keeping.value
    }
}

/// A search by sound that tests hold and answer.
private final class FakeSoundSearch: SoundSearching {
    struct State {
        var answer = Result<[String], LibraryProblem>.success([])
        var words: [String] = []
        var gate: AsyncStream<Never>?
        var opener: AsyncStream<Never>.Continuation?
    }

    private let state = Mutex(State())
    private let warmth = AsyncStream<Never>.makeStream()

    var words: [String] { state.withLock { $0.words } }

    func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    /// Lets the next search wait.
    func hold() { set { ($0.gate, $0.opener) = AsyncStream<Never>.makeStream() } }

    func release() { set { $0.opener?.finish() } }

    func search(_ words: String, limit: Int) async throws -> [String] {
        let gate = state.withLock { state in
            state.words.append(words)
            return state.gate
        }
        if let gate { for await _ in gate {} }
        return try state.withLock { $0.answer }.get()
    }

    func warmUp() async { warmth.continuation.finish() }

    /// Waits until it was warmed.
    func warmed() async { for await _ in warmth.stream {} }
}
