import Foundation
import HauntTestSupport
import Household
import Taste
import Testing
import Wire

@Suite("Evidence of who is listening")
struct EvidenceTests {
    private static let speaker = TestHouse.sharedSpeaker

    private func house(store: (any HouseholdStore)? = nil, clock: ManualClock = ManualClock()) async throws -> TestHouse
    {
        try await .sharedByTwo(store: store, clock: clock)
    }

    @discardableResult
    private func play(_ artist: String, _ track: Int = 0, in house: TestHouse) async throws -> ListenView? {
        try await house.playShared(artist, track)
    }

    private func listener(in house: TestHouse) async throws -> ListenerView {
        try await house.household.perform(GetListener(onSpeaker: Self.speaker))
    }

    private func home(_ person: String, _ isHome: Bool?, in house: TestHouse) async {
        await house.household.observe([.home(person: person, isHome, at: house.clock.now, isReplay: false)])
    }

    private func room(_ person: String, _ room: String?, in house: TestHouse) async {
        await house.household.observe([
            .room(person: person, room, at: house.clock.now, lastsS: 3_600, isReplay: false)
        ])
    }

    @Test("Music that nobody knows is the one's who is at home; presence is the rule")
    func away() async throws {
        let house = try await house()
        await home("anna", false, in: house)
        await home("ben", true, in: house)
        let listen = try await play("Unheard", in: house)
        #expect(listen?.profile == "ben")
        #expect(listen?.rule == .presence)
        #expect(try await listener(in: house).evidence.contains { $0.kind == .presence })
        for track in 1..<12 { #expect(try await play("Unheard \(track)", track, in: house)?.profile == "ben") }
    }

    @Test("Evidence against what is played lowers the confidence instead of winning")
    func contradicts() async throws {
        let house = try await house()
        for track in 0..<4 { try await play("anna's \(track)", track, in: house) }
        let before = try await listener(in: house)
        #expect(before.profile == "anna" && before.verdict == .assigned)
        await home("anna", false, in: house)
        await home("ben", true, in: house)
        try await play("anna's 4", 4, in: house)
        let after = try await listener(in: house)
        #expect((after.p ?? 1) < (before.p ?? 0))
        #expect(after.verdict != .assigned)
    }

    @Test("Who is in the speaker's room is likelier than who is elsewhere, however the room is spelled")
    func rooms() async throws {
        let house = try await house()
        await room("anna", "LIVING_ROÓM", in: house)
        await room("ben", "Kitchen", in: house)
        let listen = try await play("Unheard", in: house)
        #expect(listen?.profile == "anna")
        #expect(listen?.rule == .presence)
    }

    @Test("A room that was not told again says nothing, and unknown says nothing")
    func expires() async throws {
        let house = try await house()
        await room("anna", "Living room", in: house)
        await room("ben", "Kitchen", in: house)
        await home("anna", nil, in: house)
        house.clock.advance(4_000)
        #expect(try await play("Unheard", in: house)?.profile == nil)
        #expect(try await listener(in: house).evidence.map(\.kind) == [.likeness])
    }

    @Test("When all are away it is probably somebody else, and one event a session tells it")
    func allAway() async throws {
        let house = try await house()
        for name in ["anna", "ben"] { await home(name, false, in: house) }
        for track in 0..<3 { try await play("anna's \(track)", track, in: house) }
        let listener = try await listener(in: house)
        #expect(listener.likely.first?.profile == nil)
        #expect(
            try house.listens().filter { $0.event.speakerName == Self.speaker }.allSatisfy { $0.profileName == nil })
        let told = house.recorder.events.filter { if case .everybodyAway = $0 { true } else { false } }
        #expect(told.count == 1)
    }

    @Test("What was kept from earlier is where somebody is, and no arrival")
    func replay() async throws {
        let house = try await house()
        await house.household.observe([
            .home(person: "anna", false, at: house.clock.now, isReplay: true),
            .home(person: "ben", true, at: house.clock.now, isReplay: true),
        ])
        #expect(try await play("Unheard", in: house)?.profile == "ben")
    }

    @Test("A voice that comes late moves the listen, with an event, and fades with time")
    func voice() async throws {
        let house = try await house()
        let began = house.clock.now
        #expect(try await play("Unheard", in: house)?.profile == nil)
        await house.household.observe([
            .voice(person: "ben", confidence: 0.99, place: Self.speaker, at: began.addingTimeInterval(20))
        ])
        let listen = try #require(try house.listens().last)
        #expect(listen.profileName == "ben")
        #expect(listen.event.rule == .voice)
        #expect(house.recorder.events.contains { if case .listensAttributed = $0 { true } else { false } })
        for track in 1..<6 { house.clock.advance(900); try await play("Unheard", track, in: house) }
        #expect(try house.listens().last?.profileName == nil)
    }

    @Test("Where people were, told late, moves the listens with their tastes, and no other taste")
    func lateWhereabouts() async throws {
        let house = try await house()
        for track in 0..<2 { try await play("Unheard", track, in: house) }
        #expect(try house.listens().suffix(2).allSatisfy { $0.profileName == nil })
        let anna = try house.tasteBytes(of: "anna")
        await house.household.observe([
            .home(person: "anna", false, at: house.clock.now, isReplay: true),
            .home(person: "ben", true, at: house.clock.now, isReplay: true),
        ])
        #expect(try house.listens().suffix(2).allSatisfy { $0.profileName == "ben" && $0.event.rule == .presence })
        #expect(house.recorder.events.contains { if case .listensAttributed = $0 { true } else { false } })
        #expect(try house.tasteBytes(of: "anna") == anna)
        for name in ["ben", "default"] {
            let bytes = try house.tasteBytes(of: name)
            _ = try await house.household.perform(BuildTaste(name: name))
            #expect(try house.tasteBytes(of: name) == bytes)
        }
        // Who leaves later was there before.
        await home("ben", false, in: house)
        #expect(try house.listens().suffix(2).allSatisfy { $0.profileName == "ben" })
    }

    @Test("A voice in the room of the speaker counts, one elsewhere and one of a stranger do not")
    func voicePlaces() async throws {
        let house = try await house()
        let time = house.clock.now.addingTimeInterval(10)
        await house.household.observe([
            .voice(person: "ben", confidence: 0.99, place: "kitchen", at: time),
            .voice(person: "nobody", confidence: 0.99, place: Self.speaker, at: time),
        ])
        #expect(try await play("Unheard", in: house)?.profile == nil)
        await house.household.observe([.voice(person: "ben", confidence: 0.99, place: "living-room", at: time)])
        #expect(try house.listens().last?.profileName == "ben")
    }

    @Test("Who pressed play stays until the end of the session, or until somebody else does")
    func user() async throws {
        let house = try await house()
        await house.household.observe([.user(person: "anna", speaker: Self.speaker, at: house.clock.now)])
        for track in 0..<5 {
            let listen = try await play("Unheard", track, in: house)
            #expect(listen?.profile == "anna")
            #expect(listen?.rule == .user)
        }
        await house.household.observe([.user(person: "ben", speaker: Self.speaker, at: house.clock.now)])
        #expect(try await play("Unheard", 9, in: house)?.profile == "ben")
        house.clock.advance(1_900)
        await house.household.advance()
        #expect(try await play("Unheard", 10, in: house)?.profile == nil)
    }

    @Test("A listen that names its profile, and feedback of a named person, count for those beside it")
    func neighbours() async throws {
        let house = try await house()
        try await play("Unheard", 0, in: house)
        house.clock.advance(180)
        try await house.listen(
            #"{"title":"Other","artist":"Unheard","played_s":180,"profile":"ben","speaker_name":"\#(Self.speaker)"}"#)
        let listener = try await listener(in: house)
        #expect(listener.profile == "ben")
        #expect(listener.rule == .user)
    }

    @Test("What somebody said is not weakened by any evidence")
    func said() async throws {
        let house = try await house()
        try await play("ben's 1", 1, in: house)
        _ = try await house.household.perform(SetListener("anna", onSpeaker: Self.speaker))
        await home("anna", false, in: house)
        await house.household.observe([.user(person: "ben", speaker: Self.speaker, at: house.clock.now)])
        let listen = try await play("ben's 2", 2, in: house)
        #expect(listen?.profile == "anna")
        #expect(listen?.rule == .said)
    }

    @Test("A restart in the middle of a session changes nothing, and the store has no places")
    func restart() async throws {
        let first = try await house()
        await room("anna", "Living room", in: first)
        await room("ben", "Secret kitchen", in: first)
        for track in 0..<3 { try await play("Unheard", track, in: first) }
        var before = try await listener(in: first)
        before.reasons = nil
        let state = try first.store.read { try $0.openSessions() }.map { String(decoding: $0.state, as: UTF8.self) }
        #expect(state.count == 1)
        #expect(!state.contains { $0.lowercased().contains("kitchen") || $0.lowercased().contains("living room") })
        let second = try await house(store: first.store, clock: first.clock)
        var after = try await listener(in: second)
        after.reasons = nil
        #expect(after == before)
        second.clock.advance(1_900)
        await second.household.advance()
        #expect(try second.store.read { try $0.openSessions() }.isEmpty)
        #expect(try second.listens().suffix(3).allSatisfy { $0.profileName == "anna" && $0.event.rule == .presence })
    }

    @Test("A list while nobody is known is for those who are there")
    func lists() async throws {
        let house = try await house()
        let both = try await house.household.ask(GeneratePlaylist.self, "{}", on: "living_room")
        #expect(both.profiles == ["anna", "ben"])
        await home("anna", false, in: house)
        let one = try await house.household.ask(GeneratePlaylist.self, "{}", on: "living_room")
        #expect(one.profile == "ben" && one.rule == .together)
    }

    @Test("Guest mode that was set as the listener ends with the session; one that was switched on stays")
    func guestMode() async throws {
        let house = try await house()
        let guest = #"{"speaker_name":"media_player.living_room","profile":"guest"}"#
        try await play("anna's 1", 1, in: house)
        _ = try await house.household.ask(SetListener.self, guest)
        func isGuest() async throws -> Bool {
            try await house.household.ask(ListSpeakers.self).speakers.contains { $0.guest }
        }
        #expect(try await isGuest())
        house.clock.advance(1_000)
        await house.household.advance()
        #expect(try await isGuest())
        house.clock.advance(1_000)
        await house.household.advance()
        #expect(try await !isGuest())
        _ = try await house.household.ask(SetListener.self, guest)
        house.clock.advance(1_000)
        let again = try await self.house(store: house.store, clock: house.clock)
        await again.household.advance()
        #expect(try await again.household.ask(ListSpeakers.self).speakers.contains { $0.guest })
        again.clock.advance(2_000)
        await again.household.advance()
        #expect(try await again.household.ask(ListSpeakers.self).speakers.allSatisfy { !$0.guest })
        _ = try await house.household.perform(SetGuestMode(true, onSpeaker: Self.speaker))
        house.clock.advance(4_000)
        await house.household.advance()
        #expect(try await isGuest())
    }

    @Test("Who left is told at once, and not when the next play is over")
    func atOnce() async throws {
        let house = try await house()
        await home("anna", true, in: house)
        await home("ben", true, in: house)
        try await play("Unheard", in: house)
        #expect(try await listener(in: house).verdict != .assigned)
        let told = house.recorder.events.count
        await home("anna", false, in: house)
        let views = house.recorder.events.dropFirst(told).compactMap {
            if case .listenerChanged(let view, _) = $0 { view } else { nil }
        }
        #expect(views.map(\.profile) == ["ben"])
        #expect(views.first?.verdict == .assigned && views.first?.rule == .presence)
        let list = try await house.household.ask(GeneratePlaylist.self, "{}", on: "living_room")
        #expect(list.profile == "ben" && list.rule == .listener)
    }

    @Test("Where people are is known to a speaker that is shared later")
    func sharedLater() async throws {
        let house = try await house()
        _ = try await house.household.perform(SetSharing([], ofSpeaker: Self.speaker))
        await home("anna", false, in: house)
        await home("ben", true, in: house)
        _ = try await house.household.perform(SetSharing(["anna", "ben"], ofSpeaker: Self.speaker))
        #expect(try await play("Unheard", in: house)?.profile == "ben")
    }

    @Test("A state that a broker kept does not say since when, so what was known before stays")
    func replayIsNotRetroactive() async throws {
        let house = try await house()
        await home("anna", true, in: house)
        await home("ben", false, in: house)
        house.clock.advance(180)
        for (name, isHome) in [("anna", false), ("ben", true)] {
            await house.household.observe([.home(person: name, isHome, at: house.clock.now, isReplay: true)])
        }
        // The middle of the play lies before the messages of the broker.
        #expect(
            try await house.listen(
                #"{"title":"Song","artist":"Unheard","duration_s":180,"played_s":180,"#
                    + #""speaker_name":"\#(Self.speaker)"}"#
            ).listen?.profile == "anna")
    }

    @Test("Who pressed play before a restart still counts, and without a play nothing of it stays")
    func pressedBeforeRestart() async throws {
        let first = try await house()
        await first.household.observe([.user(person: "ben", speaker: Self.speaker, at: first.clock.now)])
        let second = try await house(store: first.store, clock: first.clock)
        let listen = try await play("Unheard", in: second)
        #expect(listen?.profile == "ben" && listen?.rule == .user)
        second.clock.advance(1_900)
        await second.household.advance()
        await second.household.observe([.user(person: "anna", speaker: Self.speaker, at: second.clock.now)])
        #expect(try second.store.read { try $0.openSessions() }.count == 1)
        second.clock.advance(1_900)
        await second.household.advance()
        #expect(try second.store.read { try $0.openSessions() }.isEmpty)
        #expect(try second.store.read { try $0.judgedSessions(before: .distantFuture).count } == 1)
    }

    @Test("What is told in guest mode counts for nobody")
    func guestsAreNobody() async throws {
        let house = try await house()
        _ = try await house.household.perform(SetGuestMode(true, onSpeaker: Self.speaker))
        await house.household.observe([.user(person: "ben", speaker: Self.speaker, at: house.clock.now)])
        #expect(try house.store.read { try $0.openSessions() }.isEmpty)
        _ = try await house.household.perform(SetGuestMode(false, onSpeaker: Self.speaker))
        #expect(try await play("Unheard", in: house)?.profile == nil)
    }

    @Test("The evaluation tells how sure Haunt was, and how often people corrected it")
    func evaluation() async throws {
        let house = try await house()
        for track in 0..<6 { try await play("anna's \(track)", track, in: house) }
        let before = try await house.household.evaluate(profile: nil) { _, _, _ in }.listeners
        #expect(before.listens == 6 && before.named >= 4 && before.told == 0)
        #expect((before.confidence ?? 0) >= 0.95)
        _ = try await house.household.perform(SetListener("ben", onSpeaker: Self.speaker))
        let after = try await house.household.evaluate(profile: nil) { _, _, _ in }.listeners
        #expect(after.told == 6 && after.corrected >= 4 && after.right == 0)
    }
}
