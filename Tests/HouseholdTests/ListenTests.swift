import Foundation
import HauntTestSupport
import Household
import Listening
import Testing
import Wire

@Suite("Listens handed in")
struct ListenTests {
    @Test("A title and an artist are enough, and count as completed and as just ended")
    func minimal() async throws {
        let house = try TestHouse.withTwoPeople()
        let receipt = try await house.listen(#"{"title":"A","artist":"B"}"#)
        #expect(receipt.stored)
        #expect(receipt.listen?.outcome == .completed)
        #expect(receipt.listen?.startedAt == house.clock.now)
        let second = try await house.listen(#"{"title":"C","artist":"B","played_s":200,"duration_s":210}"#)
        #expect(second.listen?.startedAt == house.clock.now.addingTimeInterval(-200))
    }

    @Test("Nobody hears more of a track than there is, whoever says so")
    func noLongerThanItsTrack() async throws {
        let house = try TestHouse.withTwoPeople()
        try await house.listen(#"{"title":"A","artist":"B","played_s":500,"duration_s":200}"#)
        let row = ImportedListen(
            startedAt: house.clock.now.addingTimeInterval(-9_000), artist: "B", title: "A", heardS: 500, durationS: 200)
        _ = try await house.household.perform(ImportListens(profile: nil, speaker: nil, rows: [row]))
        #expect(try house.listens().map(\.event.playedS) == [200, 200])
        #expect(
            try await house.household.perform(ImportListens(profile: nil, speaker: nil, rows: [row])).known == 1)
    }

    @Test("The same event id again is the same listen, whatever else it says")
    func sameEvent() async throws {
        let house = try TestHouse.withTwoPeople()
        let first = try await house.listen(#"{"title":"A","artist":"B","event_id":"e1"}"#)
        let again = try await house.listen(#"{"title":"Other","artist":"X","event_id":"e1"}"#)
        #expect(!first.isDuplicate)
        #expect(again.isDuplicate)
        #expect(again.listen == first.listen)
        #expect(try house.listens().count == 1)
    }

    @Test("Two reports of one play are one listen: same speaker, same track, starts within ten seconds")
    func sameStart() async throws {
        let house = try TestHouse.withTwoPeople()
        let play = { (title: String, start: String) in
            #"{"title":"\#(title)","artist":"Björk","speaker_name":"media_player.study","started_at":"\#(start)"}"#
        }
        _ = try await house.listen(play("Jóga", "2026-11-20T10:00:00Z"))
        let again = try await house.listen(play("Joga (Remastered 2011)", "2026-11-20T10:00:09Z"))
        #expect(again.isDuplicate)
        let later = try await house.listen(play("Jóga", "2026-11-20T10:05:06Z"))
        #expect(!later.isDuplicate)
        #expect(try house.listens().count == 2)
    }

    @Test("Without a speaker two people may begin the same track together")
    func noSpeaker() async throws {
        let house = try TestHouse.withTwoPeople()
        _ = try await house.listen(#"{"title":"A","artist":"B","profile":"anna"}"#)
        let ben = try await house.listen(#"{"title":"A","artist":"B","profile":"ben"}"#)
        #expect(!ben.isDuplicate)
        let retry = try await house.listen(#"{"title":"A","artist":"B","profile":"ben"}"#)
        #expect(retry.isDuplicate)
    }

    @Test(
        "What is too short, no music or without a title is answered with the reason and not stored",
        arguments: [
            #"{"title":"A","artist":"B","duration_s":20}"#, #"{"title":"--","artist":"B"}"#,
            #"{"title":"None","artist":"B"}"#, #"{"title":"http://radio.example/live"}"#,
            #"{"title":"A","artist":"B","uri":"spotify:episode:1"}"#,
            #"{"title":"A","artist":"B","uri":"x-sonos-spotify:spotify%3aepisode%3a1"}"#,
            #"{"title":"A","artist":"B","uri":"library://audiobook/1"}"#,
            #"{"title":"A","artist":"B","duration_s":200,"played_s":1}"#,
        ])
    func tooShort(json: String) async throws {
        let house = try TestHouse.withTwoPeople()
        let receipt = try await house.listen(json)
        #expect(!receipt.stored)
        #expect(receipt.reason?.isEmpty == false)
        #expect(try house.listens().isEmpty)
    }

    @Test("A speaker in guest mode stores nothing")
    func guestMode() async throws {
        let house = try TestHouse.withTwoPeople()
        _ = try await house.household.perform(SetGuestMode(true, onSpeaker: "media_player.study"))
        let before = try house.tasteBytes(of: "anna")
        let receipt = try await house.listen(#"{"title":"A","artist":"B","speaker_name":"media_player.study"}"#)
        #expect(!receipt.stored)
        #expect(try house.tasteBytes(of: "anna") == before)
        #expect(await house.household.counted.guestPlays == 1)
    }

    @Test(
        "Bad input names its field, stores nothing, touches no taste, and is kept",
        arguments: [
            ("title", #"{"artist":"B"}"#), ("title", #"{"title":7}"#), ("artist", #"{"title":"A","artist":["B"]}"#),
            ("played_s", #"{"title":"A","played_s":-1}"#), ("played_s", #"{"title":"A","played_s":1e300}"#),
            ("duration_s", #"{"title":"A","duration_s":"long"}"#),
            ("started_at", #"{"title":"A","started_at":"noon"}"#),
            ("started_at", #"{"title":"A","started_at":"2999-01-01T00:00:00Z"}"#),
            ("mood", #"{"title":"A","mood":"x"}"#),
            ("title", #"{"title":"A\u0000B"}"#), ("speaker_name", #"{"title":"A","speaker_name":"a/+/b"}"#),
            ("profile", #"{"title":"A","profile":"nobody-here"}"#), (nil, "not json"), (nil, "[1]"), (nil, "\u{FF}"),
        ] as [(String?, String)])
    func badInput(field: String?, json: String) async throws {
        let house = try TestHouse.withTwoPeople()
        do {
            try await house.listen(json)
            Issue.record("Taken: \(json)")
        } catch let error as HouseholdError {
            #expect(error.field == field)
            #expect(!error.message.isEmpty)
        }
        #expect(try house.listens().isEmpty)
        #expect(try await house.household.perform(ShowProfile(name: "anna")).taste.version == 0)
        #expect(try await house.household.ask(ListRejected.self).rejected.count == 1)
    }

    @Test("A payload nested deeper than the limit, or larger, is refused")
    func absurdPayloads() async throws {
        let house = try TestHouse.withTwoPeople()
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        await #expect(throws: HouseholdError.self) { try await house.listen(#"{"title":\#(deep)}"#) }
        let large = String(repeating: "x", count: WireJSON.maxBytes)
        await #expect(throws: HouseholdError.self) { try await house.listen(#"{"title":"\#(large)"}"#) }
    }

    @Test("A listen changes the taste of its own profile and no other's")
    func ownTasteOnly() async throws {
        let house = try TestHouse.withTwoPeople()
        for title in ["A", "B", "C"] {
            try await house.listen(#"{"title":"\#(title)","artist":"X","profile":"anna"}"#)
            try await house.listen(#"{"title":"\#(title)","artist":"Y","profile":"ben"}"#)
        }
        let (anna, ben) = (try house.tasteBytes(of: "anna"), try house.tasteBytes(of: "ben"))
        house.clock.advance(600)
        try await house.listen(#"{"title":"D","artist":"X","speaker_name":"media_player.study"}"#)
        #expect(try house.tasteBytes(of: "anna") != anna)
        #expect(try house.tasteBytes(of: "ben") == ben)
        #expect(try await house.household.perform(ShowProfile(name: "anna")).taste.version == 4)
        #expect(try await house.household.perform(ShowProfile(name: "ben")).taste.version == 3)
    }

    @Test("History lists the newest first, a page at a time, each listen once")
    func history() async throws {
        let house = try TestHouse.withTwoPeople()
        for number in 0..<25 {
            house.clock.advance(300)
            try await house.listen(#"{"title":"T\#(number % 3)","artist":"X","profile":"anna"}"#)
        }
        var seen: [Listen.ID] = []
        var cursor: String?
        repeat {
            let after = cursor.map { #","cursor":"\#($0)""# } ?? ""
            let page = try await house.household.ask(ListListens.self, #"{"profile":"anna","limit":7\#(after)}"#)
            seen += page.history.map(\.id)
            cursor = page.nextCursor
        } while cursor != nil
        #expect(seen.count == 25)
        #expect(Set(seen).count == 25)
        #expect(seen == seen.sorted(by: >))
    }

    @Test(
        "A cursor with the largest and smallest numbers is a page, or refused, and never the end of the process",
        arguments: [
            "9223372036854775807.1", "-9223372036854775808.1", "9223372036854775807.9223372036854775807", "1.-1",
        ])
    func extremeCursor(cursor: String) async throws {
        let house = try TestHouse.withTwoPeople()
        try await house.listen(#"{"title":"One","artist":"Artist"}"#)
        let page = try? await house.perform("listen/list", #"{"cursor":"\#(cursor)"}"#)
        #expect((page?["history"]?.items.count ?? 0) <= 1)
    }

}
