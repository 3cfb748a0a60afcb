import Foundation
import HauntTestSupport
import Household
import Testing
import Wire

@Suite("Live listens of a shared speaker")
struct SharedSpeakerTests {
    private static let speaker = "media_player.living_room"

    /// The plays of an evening: whose music it is, and the number of the track. `nil` is nobody's.
    private static let evening: [(name: String, track: Int)] =
        [("new", 1)] + (0..<6).map { ("anna", $0) } + (0..<6).map { ("ben", $0) }

    private static func settings() -> HouseholdSettings {
        var settings = HouseholdSettings()
        settings.shared = [speaker: .profiles(["anna", "ben", "carl"])]
        settings.speakers = [speaker: nil]
        return settings
    }

    /// A house of three people who have each played ten tracks of their own for a month.
    private func house() async throws -> TestHouse {
        let house = try TestHouse(settings: Self.settings())
        for name in ["anna", "ben", "carl"] {
            let rows = (0..<300).map { number in
                ImportedListen(
                    startedAt: house.clock.now.addingTimeInterval(Double(number - 310) * 8_000),
                    artist: "\(name)'s \(number % 10 % 4)", title: "Song \(number % 10)", heardS: 180, durationS: 180)
            }
            _ = try await house.household.perform(ImportListens(profile: name, speaker: nil, rows: rows))
        }
        _ = try await house.household.perform(RefreshTastes())
        return house
    }

    private func play(_ name: String, _ track: Int, in house: TestHouse) async throws -> ListenView? {
        house.clock.advance(180)
        let receipt = try await house.listen(
            #"{"title":"Song \#(track)","artist":"\#(name)'s \#(track % 4)","duration_s":180,"played_s":180,"#
                + #""speaker_name":"media_player.living_room","event_id":"\#(name) \#(track)"}"#)
        return receipt.listen
    }

    private func endSession(in house: TestHouse) async {
        house.clock.advance(1_900)
        await house.household.advance()
    }

    private func shared(_ house: TestHouse) throws -> [Listen] {
        try house.listens().filter { $0.event.speakerName == Self.speaker }
    }

    @Test("A play goes at once to whom it surely sounds like, and the first one may stay open")
    func atOnce() async throws {
        let house = try await house()
        var last: ListenView?
        for number in 0..<5 { last = try await play("ben", number, in: house) }
        #expect(last?.profile == "ben")
        #expect(last?.rule == .likeness)
        #expect((last?.confidence ?? 0) >= 0.95)
        #expect(last?.likely?.first?.profile == "ben")
        #expect(last?.session != nil)
        #expect(try await house.household.perform(ShowProfile(name: "ben")).stats.eventCount > 300)
    }

    @Test("When the session is over, its plays are looked at again; one event tells it, no other taste changes")
    func revision() async throws {
        let house = try await house()
        // Nobody has played it, and what comes after it says whose it was.
        _ = try await play("new", 1, in: house)
        for number in 0..<8 { _ = try await play("anna", number, in: house) }
        let before = try shared(house)
        #expect(before.first?.profileName == nil)
        let others = try ["ben", "carl"].map { try house.tasteBytes(of: $0) }
        await endSession(in: house)
        let after = try shared(house)
        #expect(zip(before, after).contains { $0.profileName != $1.profileName })
        #expect(after.dropFirst().allSatisfy { $0.profileName == "anna" })
        #expect(try ["ben", "carl"].map { try house.tasteBytes(of: $0) } == others)
        let changes = house.recorder.events.compactMap { event in
            if case .listensAttributed(let change) = event { change } else { nil }
        }
        #expect(changes.count == 1)
        #expect(changes.first?.listens.allSatisfy { $0.after == "anna" && $0.before == nil } == true)
        for name in ["anna", "default"] {
            let bytes = try house.tasteBytes(of: name)
            _ = try await house.household.perform(BuildTaste(name: name))
            #expect(try house.tasteBytes(of: name) == bytes)
        }
    }

    @Test("What is heard live is believed as what is imported")
    func sameAsImport() async throws {
        let live = try await house()
        for (name, track) in Self.evening { _ = try await play(name, track, in: live) }
        await endSession(in: live)
        let imported = try await house()
        let rows = try shared(live).map { listen in
            ImportedListen(
                startedAt: listen.event.startedAt, artist: listen.event.media.artist,
                title: listen.event.media.title ?? "", heardS: 180, durationS: 180, speakerName: Self.speaker)
        }
        imported.clock.advance(10_000)
        _ = try await imported.household.perform(ImportListens(profile: nil, speaker: nil, rows: rows))
        _ = try await imported.household.perform(RefreshTastes())
        try expectEqual(shared(live), shared(imported))
    }

    @Test("A house that is opened again in the midst of a session comes to the same result")
    func restart() async throws {
        let whole = try await house()
        for (name, track) in Self.evening { _ = try await play(name, track, in: whole) }
        await endSession(in: whole)
        var broken = try await house()
        for (name, track) in Self.evening {
            broken = try TestHouse(settings: Self.settings(), store: broken.store, clock: broken.clock)
            _ = try await play(name, track, in: broken)
        }
        broken = try TestHouse(settings: Self.settings(), store: broken.store, clock: broken.clock)
        await endSession(in: broken)
        try expectEqual(shared(whole), shared(broken))
        #expect(try whole.tasteBytes(of: "anna") == broken.tasteBytes(of: "anna"))
    }

    @Test("What somebody was given by hand is never changed by likeness")
    func corrected() async throws {
        let house = try await house()
        for number in 0..<3 { _ = try await play("ben", number, in: house) }
        _ = try await house.perform(
            "listen/reassign", #"{"speaker_name":"media_player.living_room","to_profile":"carl"}"#)
        for number in 3..<6 { _ = try await play("ben", number, in: house) }
        await endSession(in: house)
        let owners = try shared(house).map(\.profileName)
        #expect(owners == ["carl", "carl", "carl", "ben", "ben", "ben"])
    }

    @Test("What is open can be selected, and is not open any more once somebody has it")
    func open() async throws {
        let house = try await house()
        for number in 0..<2 { _ = try await play("stranger", number, in: house) }
        await endSession(in: house)
        let open = try shared(house).filter { $0.profileName == nil }.count
        #expect(open > 0)
        let given = try await house.perform("listen/reassign", #"{"open":true,"to_profile":"carl"}"#)
        #expect(given["event_count"]?.number == Double(open))
        #expect(try await house.perform("listen/list", #"{"open":true}"#)["history"]?.items.isEmpty == true)
    }

    @Test("A listen that is sent again changes nothing of its session")
    func duplicate() async throws {
        let house = try await house()
        for number in 0..<3 { _ = try await play("ben", number, in: house) }
        let before = try shared(house)
        _ = try await house.listen(
            #"{"title":"Song 1","artist":"ben's 1","speaker_name":"media_player.living_room","event_id":"ben 1"}"#)
        #expect(try shared(house) == before)
    }

    /// The same listens with the same beliefs, but for rounding.
    private func expectEqual(_ a: [Listen], _ b: [Listen]) {
        #expect(a.map(\.profileName) == b.map(\.profileName))
        for (one, other) in zip(a, b) {
            let likely = zip(one.event.opinion?.likely ?? [], other.event.opinion?.likely ?? [])
            let isEqual = likely.allSatisfy { $0.profile == $1.profile && abs($0.p - $1.p) < 0.000_3 }
            #expect(isEqual, "\(one.event.eventID)")
        }
    }
}
