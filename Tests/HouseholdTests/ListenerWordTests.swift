import Foundation
import HauntTestSupport
import Household
import Taste
import Testing

@Suite("What is said of who is listening")
struct ListenerWordTests {
    private static let speaker = "media_player.living_room"

    private func house() async throws -> TestHouse {
        var settings = HouseholdSettings()
        settings.shared = [Self.speaker: .profiles(["anna", "ben"])]
        settings.speakers = [Self.speaker: nil, "media_player.study": "anna"]
        return try TestHouse(settings: settings)
    }

    private func play(_ title: String, in house: TestHouse) async throws -> ListenView? {
        house.clock.advance(180)
        let receipt = try await house.listen(
            #"{"title":"\#(title)","artist":"Band of \#(title)","duration_s":180,"played_s":180,"#
                + #""speaker_name":"media_player.living_room"}"#)
        return receipt.listen
    }

    private func say(_ word: String, session: Int64? = nil, in house: TestHouse) async throws -> ListenerView {
        let which = session.map { #","session":\#($0)"# } ?? ""
        return try await house.household.ask(SetListener.self, #"{"profile":"\#(word)"\#(which)}"#, on: "living_room")
    }

    private func endSession(in house: TestHouse) async {
        house.clock.advance(1_900)
        await house.household.advance()
    }

    private func owners(_ house: TestHouse) throws -> [String?] { try house.listens().map(\.profileName) }
    /// The newest session that is over, and those in progress.
    private func sessions(_ house: TestHouse) throws -> [ListenerSessionRow.ID] {
        try house.store.read { store in
            try [store.lastSession(onSpeaker: Self.speaker, id: nil, endedSince: nil)].compactMap { $0 }
                + store.openSessions().map(\.id)
        }
    }
    private func rules(_ house: TestHouse) throws -> [AttributionRule] { try house.listens().map(\.event.rule) }

    @Test("It is certain for the whole session, before and after, and its tastes are those of a rebuild")
    func session() async throws {
        let house = try await house()
        for title in ["A", "B"] { _ = try await play(title, in: house) }
        #expect(try owners(house) == [nil, nil])
        let view = try await say("anna", in: house)
        #expect(view.profile == "anna")
        #expect(view.verdict == .assigned)
        #expect(view.rule == .said)
        let next = try await play("C", in: house)
        #expect(next?.profile == "anna")
        #expect(next?.rule == .said)
        #expect(next?.confidence == 1)
        await endSession(in: house)
        #expect(try owners(house) == ["anna", "anna", "anna"])
        #expect(try rules(house) == [.said, .said, .said])
        for name in ["anna", "ben", "default"] {
            let bytes = try house.tasteBytes(of: name)
            _ = try await house.household.perform(BuildTaste(name: name))
            #expect(try house.tasteBytes(of: name) == bytes)
        }
    }

    @Test("Who is said to be at one speaker is hardly at another, whatever it sounds like there")
    func elsewhere() async throws {
        var settings = HouseholdSettings()
        settings.shared = [
            Self.speaker: .profiles(["anna", "ben"]), "media_player.kitchen": .profiles(["anna", "ben"]),
        ]
        settings.speakers = [Self.speaker: nil, "media_player.kitchen": nil]
        let house = try TestHouse(settings: settings)
        _ = try await play("A", in: house)
        _ = try await say("ben", in: house)
        _ = try await house.listen(
            #"{"title":"B","artist":"Band","duration_s":180,"played_s":180,"speaker_name":"media_player.kitchen"}"#)
        let view = try await house.household.perform(GetListener(onSpeaker: "media_player.kitchen"))
        #expect(view.likely.first?.profile == "anna")
        #expect((view.likely.first { $0.profile == "ben" }?.p ?? 1) < 0.2)
    }

    @Test("The next session is found anew")
    func nextSession() async throws {
        let house = try await house()
        _ = try await play("A", in: house)
        _ = try await say("anna", in: house)
        await endSession(in: house)
        house.clock.advance(4_000)
        #expect(try await play("Z", in: house)?.rule == .likeness)
    }

    @Test("A second word holds from the first one on")
    func twoWords() async throws {
        let house = try await house()
        _ = try await play("A", in: house)
        _ = try await say("anna", in: house)
        _ = try await play("B", in: house)
        _ = try await say("ben", in: house)
        _ = try await play("C", in: house)
        await endSession(in: house)
        #expect(try owners(house) == ["anna", "ben", "ben"])
    }

    @Test("Nobody is somebody else: no profile has it, by the rule said")
    func nobody() async throws {
        let house = try await house()
        _ = try await play("A", in: house)
        let view = try await say("nobody", in: house)
        #expect(view.profile == nil)
        #expect(view.verdict == .assigned)
        #expect(try owners(house) == [nil])
        #expect(try rules(house) == [.said])
    }

    @Test("It can be taken back")
    func auto() async throws {
        let house = try await house()
        _ = try await play("A", in: house)
        _ = try await say("anna", in: house)
        _ = try await say("auto", in: house)
        #expect(try owners(house) == [nil])
        #expect(try rules(house) == [.likeness])
    }

    @Test("A word after the session corrects it, up to twelve hours later, or any session by its number")
    func late() async throws {
        let house = try await house()
        let first = try await play("A", in: house)
        await endSession(in: house)
        _ = try await say("ben", in: house)
        #expect(try owners(house) == ["ben"])
        house.clock.advance(13 * 3_600)
        _ = try await play("B", in: house)
        await endSession(in: house)
        house.clock.advance(13 * 3_600)
        _ = try await say("anna", session: first?.session?.rawValue, in: house)
        #expect(try owners(house) == ["anna", nil])
        _ = try await say("auto", session: first?.session?.rawValue, in: house)
        #expect(try owners(house) == [nil, nil])
        await #expect(throws: HouseholdError.self) { try await say("anna", session: 99, in: house) }
    }

    @Test("A word before the first play holds for the session that begins with it")
    func before() async throws {
        let house = try await house()
        _ = try await say("ben", in: house)
        #expect(try await play("A", in: house)?.profile == "ben")
    }

    @Test("A guest is guest mode, and what was stored of the session is forgotten", arguments: [false, true])
    func guest(isOver: Bool) async throws {
        let house = try await house()
        _ = try await play("A", in: house)
        if isOver { await endSession(in: house) }
        _ = try await say("guest", in: house)
        #expect(try house.listens().isEmpty)
        #expect(try sessions(house).isEmpty)
        #expect(try await play("B", in: house) == nil)
        #expect(try house.listens().isEmpty)
    }

    @Test("A guest at a speaker where nothing was played forgets what spoke for somebody")
    func guestAtOnce() async throws {
        let house = try await house()
        _ = try await say("ben", in: house)
        _ = try await say("guest", in: house)
        #expect(try sessions(house).isEmpty)
    }

    @Test("A purge forgets what sessions in progress, and sessions without another listen, had of its listens")
    func purge() async throws {
        let house = try await house()
        _ = try await play("A", in: house)
        await endSession(in: house)
        _ = try await play("A", in: house)
        _ = try await play("B", in: house)
        _ = try await house.household.ask(RemoveListens.self, #"{"artist":"Band of A","purge":true}"#)
        #expect(try sessions(house).isEmpty)
        #expect(try await play("B", in: house) != nil)
    }

    @Test("A purge of listens that were removed before forgets their session in progress, too")
    func purgeOfRemoved() async throws {
        let house = try await house()
        _ = try await play("A", in: house)
        _ = try await house.household.ask(RemoveListens.self, #"{"artist":"Band of A"}"#)
        #expect(try sessions(house).count == 1)
        _ = try await house.household.ask(RemoveListens.self, #"{"artist":"Band of A","purge":true}"#)
        #expect(try sessions(house).isEmpty)
    }

    @Test("A session whose other listen was removed and may come back outlives a purge")
    func purgeBesideRemoved() async throws {
        let house = try await house()
        for title in ["A", "B"] { _ = try await play(title, in: house) }
        await endSession(in: house)
        _ = try await house.household.ask(RemoveListens.self, #"{"artist":"Band of A"}"#)
        _ = try await house.household.ask(RemoveListens.self, #"{"artist":"Band of B","purge":true}"#)
        #expect(try sessions(house).count == 1)
    }

    @Test("What was said survives a restart in the midst of the session")
    func restart() async throws {
        let house = try await house()
        _ = try await play("A", in: house)
        _ = try await say("anna", in: house)
        let again = try TestHouse(store: house.store, clock: house.clock)
        #expect(try await play("B", in: again)?.profile == "anna")
    }

    @Test("A speaker that is not shared, and a profile that does not exist, are errors")
    func errors() async throws {
        let house = try await house()
        await #expect(throws: HouseholdError.self) {
            try await house.household.ask(SetListener.self, #"{"profile":"anna"}"#, on: "study")
        }
        await #expect(throws: HouseholdError.self) { try await say("carla", in: house) }
    }
}

@Suite("Who shares a speaker")
struct SharingTests {
    @Test("Sharing ends a mapping, a mapping ends sharing, and nobody may share default")
    func replacing() async throws {
        let house = try TestHouse.withTwoPeople()
        let shared = try await house.household.ask(SetSharing.self, #"{"profiles":["anna","ben"]}"#, on: "study")
        #expect(shared.mapping == nil)
        let listen = #"{"title":"A","artist":"B","speaker_name":"media_player.study"}"#
        #expect(try await house.listen(listen).listen?.rule == .likeness)
        _ = try await house.household.ask(SetSpeakerProfile.self, #"{"profile":"ben"}"#, on: "study")
        let later = #"{"title":"B","artist":"B","speaker_name":"media_player.study"}"#
        #expect(try await house.listen(later).listen?.profile == "ben")
        await #expect(throws: HouseholdError.self) {
            try await house.household.ask(SetSharing.self, #"{"profiles":["default"]}"#, on: "study")
        }
    }

    @Test("All is every profile but default, later ones too")
    func everybody() async throws {
        let house = try TestHouse.withTwoPeople()
        _ = try await house.household.ask(SetSharing.self, #"{"profiles":["all"]}"#, on: "living_room")
        _ = try await house.household.perform(AddProfile(name: "carl"))
        _ = try await house.listen(#"{"title":"A","artist":"B","speaker_name":"media_player.living_room"}"#)
        let view = try await house.household.ask(GetListener.self, "{}", on: "living_room")
        #expect(Set(view.likely.map(\.profile)) == ["anna", "ben", "carl", nil])
    }

    @Test("The file speaks where nobody has decided")
    func decided() async throws {
        let house = try TestHouse.withTwoPeople()
        _ = try await house.household.ask(SetSharing.self, #"{"profiles":["anna","ben"]}"#, on: "living_room")
        _ = try await house.household.ask(SetSharing.self, #"{"profiles":["off"]}"#, on: "living_room")
        var settings = HouseholdSettings()
        settings.shared = ["media_player.living_room": .everybody]
        let again = try TestHouse(settings: settings, store: house.store, clock: house.clock)
        let listen = #"{"title":"A","artist":"B","speaker_name":"media_player.living_room"}"#
        #expect(try await again.listen(listen).listen?.rule == .default)
    }
}
