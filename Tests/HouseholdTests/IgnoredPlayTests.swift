import HauntTestSupport
import Household
import Testing
import Wire

@Suite("Plays that were not counted")
struct IgnoredPlayTests {
    private static func ignored(_ house: TestHouse, _ json: String = "{}") async throws -> JSONValue {
        try await house.perform("ignored/list", json)
    }

    @Test("A play that does not count is listed with its reason, whoever told of it, and told as an event")
    func reasons() async throws {
        let house = try TestHouse.withTwoPeople()
        await house.play("A", "Advertisement")
        try await house.listen(#"{"title": "Jingle", "artist": "B", "duration_s": 12, "source": "radio"}"#)
        let plays = try await Self.ignored(house)["ignored"]?.items ?? []
        #expect(plays.first?["title"]?.text == "Jingle")
        #expect(plays.first?["source"]?.text == "radio")
        #expect(plays.allSatisfy { $0["reason"]?.text?.isEmpty == false })
        let told = house.recorder.events.count { if case .playIgnored = $0 { true } else { false } }
        #expect(told == plays.count)
    }

    @Test("Only the newest 500 are kept, and pages lead through them once")
    func pages() async throws {
        let house = try TestHouse.withTwoPeople()
        for number in 1...510 {
            try await house.listen(#"{"title": "T\#(number)", "artist": "B", "duration_s": 12}"#)
        }
        var titles: [String] = []
        var cursor: String? = ""
        while let place = cursor {
            let page = try await Self.ignored(house, #"{"limit": 200, "cursor": "\#(place)"}"#)
            titles += (page["ignored"]?.items ?? []).compactMap { $0["title"]?.text }
            cursor = page["next_cursor"]?.text
        }
        #expect(titles == (11...510).reversed().map { "T\($0)" })
    }

    @Test("Nothing of a guest is listed, and a purge forgets all")
    func guests() async throws {
        let house = try TestHouse.withTwoPeople()
        _ = try await house.household.ask(SetGuestMode.self, #"{"speaker_name": "media_player.study", "guest": true}"#)
        try await house.listen(
            #"{"title": "Jingle", "artist": "B", "duration_s": 12, "speaker_name": "media_player.study"}"#)
        await house.play(nil, "Advertisement")
        #expect(try await Self.ignored(house)["ignored"]?.items == [])
        try await house.listen(#"{"title": "Jingle", "artist": "B", "duration_s": 12}"#)
        #expect(try await Self.ignored(house)["ignored"]?.items.count == 1)
        try await house.listen(#"{"title": "One", "artist": "A", "profile": "anna"}"#)
        _ = try await house.perform("listen/remove", #"{"profile": "anna", "purge": true}"#)
        #expect(try await Self.ignored(house)["ignored"]?.items == [])
        let purges = house.recorder.events.count { if case .purged = $0 { true } else { false } }
        #expect(purges == 1)
    }
}
