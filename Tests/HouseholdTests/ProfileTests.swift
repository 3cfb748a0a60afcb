import Foundation
import HauntTestSupport
import Household
import Testing

@Suite("Profiles and their speakers")
struct ProfileTests {
    @Test("default is there from the start and cannot be removed")
    func defaultProfile() async throws {
        let house = try TestHouse()
        #expect(try await house.household.ask(ListProfiles.self).profiles.map(\.name) == ["default"])
        await expectError(.conflict) { try await house.household.perform(RemoveProfile(name: "default")) }
    }

    @Test("A profile is added once, under a name that follows the rule")
    func add() async throws {
        let house = try TestHouse()
        let profile = try await house.household.perform(AddProfile(name: "anna", displayName: "Anna"))
        #expect(profile.displayName == "Anna")
        await expectError(.conflict) { try await house.household.perform(AddProfile(name: "anna")) }
        for name in ["", "Anna", "-a", "a b", "ä", "a/b", String(repeating: "a", count: 64)] {
            await expectError(.invalid) { try await house.household.perform(AddProfile(name: name)) }
        }
        _ = try await house.household.perform(AddProfile(name: String(repeating: "a", count: 63)))
        _ = try await house.household.perform(AddProfile(name: "0_-"))
    }

    @Test("Removing a profile hands its listens to default, whose taste then has them")
    func remove() async throws {
        let house = try TestHouse.withTwoPeople()
        for title in ["A", "B"] { try await house.listen(#"{"title":"\#(title)","artist":"X","profile":"anna"}"#) }
        try await house.listen(#"{"title":"C","artist":"Y","profile":"ben"}"#)
        let ben = try house.tasteBytes(of: "ben")
        let gone = try await house.household.perform(RemoveProfile(name: "anna"))
        #expect(gone.eventCount == 2)
        #expect(try await house.household.ask(ListProfiles.self).profiles.map(\.name) == ["ben", "default"])
        let heir = try await house.household.perform(ShowProfile(name: "default"))
        #expect(heir.stats.eventCount == 2)
        #expect(heir.taste.version == 1)
        #expect(try house.tasteBytes(of: "ben") == ben)
        #expect(try house.listens().filter { $0.profileName == nil }.count == 2)
        let next = try await house.listen(#"{"title":"D","artist":"X","speaker_name":"media_player.study"}"#)
        #expect(next.listen?.rule == .default)
    }

    @Test("Setting a profile's speakers replaces the list, says what was taken from whom, and changes no history")
    func speakers() async throws {
        let house = try TestHouse.withTwoPeople()
        try await house.listen(#"{"title":"A","artist":"X","speaker_name":"media_player.kitchen"}"#)
        let answer = try await house.household.perform(
            SetProfileSpeakers(["media_player.kitchen", "sonos/attic"], ofProfile: "anna"))
        #expect(answer.taken == ["media_player.kitchen": "ben"])
        #expect(answer.released == ["media_player.study"])
        #expect(try await house.household.perform(ShowProfile(name: "ben")).speakers.isEmpty)
        #expect(try house.listens().map(\.profileName) == ["ben"])
        let next = try await house.listen(#"{"title":"B","artist":"X","speaker_name":"media_player.kitchen"}"#)
        #expect(next.listen?.profile == "anna")
    }

    @Test("A mapping in the store outlives what the configuration says")
    func storeWins() async throws {
        let house = try TestHouse.withTwoPeople()
        let both = ["media_player.kitchen", "media_player.study"]
        _ = try await house.household.perform(SetProfileSpeakers(both, ofProfile: "ben"))
        let again = try TestHouse.withTwoPeople(store: house.store)
        #expect(try await again.household.perform(ShowProfile(name: "ben")).speakers == both)
        #expect(try await again.household.perform(ShowProfile(name: "anna")).speakers.isEmpty)
    }

    @Test("A speaker's topic is safe, and the later of two alike keeps its domain")
    func topics() async throws {
        let house = try TestHouse()
        for name in ["media_player.study", "sonos/study", "media_player.Küche 2", "x.+#"] {
            try await house.listen(
                #"{"title":"\#(name.prefix(3))","speaker_name":"\#(name.filter { !"+#".contains($0) })"}"#)
        }
        let topics = try await house.household.ask(ListSpeakers.self).speakers.map(\.topic)
        #expect(Set(topics) == ["study", "sonos_study", "K_che_2", "x_"])
    }

    private func expectError(
        _ code: HouseholdError.Code, _ body: () async throws -> some Sendable
    ) async {
        do {
            _ = try await body()
            Issue.record("Expected \(code)")
        } catch {
            #expect((error as? HouseholdError)?.code == code)
        }
    }
}
