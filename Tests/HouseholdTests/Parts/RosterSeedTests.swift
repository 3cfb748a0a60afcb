import Foundation
import HauntTestSupport
import Testing

@testable import Household

@Suite("The roster and the settings")
struct RosterSeedTests {
    private var settings: HouseholdSettings {
        var settings = HouseholdSettings()
        settings.speakers = [Example.study: "anna", Example.kitchen: nil]
        settings.profiles = ["ben"]
        return settings
    }

    @Test("What is in the store stays when the same settings come again, a mapping that was changed as well")
    func seedTwice() throws {
        let store = try Example.store(settings)
        let first = try store.read { try Roster(reading: $0) }
        #expect(first.profiles.keys.sorted() == ["anna", "ben", "default"])
        #expect(first.has(settings))
        let ben = try first.profile(named: "ben")
        try store.write { store in
            try store.mapSpeaker(Example.study, toProfile: ben.id)
            try Roster.seed(store, with: settings, at: Example.noon.addingTimeInterval(60))
        }
        let second = try store.read { try Roster(reading: $0) }
        #expect(second.profiles == first.profiles)
        #expect(second.speakers == first.speakers)
        #expect(second.owner(of: Example.study) == ben)
        #expect(second.owner(of: Example.kitchen) == nil)
    }

    @Test("Settings are not here in full while a profile, a speaker or a speaker's first mapping is missing")
    func missing() throws {
        #expect(!Roster().has(settings))
        #expect(Roster().has(HouseholdSettings()))
        var undecided = settings
        undecided.speakers[Example.study] = .some(nil)
        var roster = try Example.store(undecided).read { try Roster(reading: $0) }
        #expect(!roster.has(settings))
        // A decision for nobody is no missing mapping.
        roster = try Example.store(settings).read { try Roster(reading: $0) }
        roster.map(Example.study, to: nil)
        #expect(roster.has(settings))
    }

    @Test("Settings are not here in full while the profile of a speaker that is mapped to another one is missing")
    func missingProfileOfMappedSpeaker() throws {
        let store = try Example.store(settings)
        var changed = settings
        changed.speakers[Example.study] = "carla"
        #expect(try !store.read { try Roster(reading: $0) }.has(changed))
        try store.write { try Roster.seed($0, with: changed, at: Example.noon) }
        let roster = try store.read { try Roster(reading: $0) }
        #expect(roster.has(changed))
        #expect(roster.owner(of: Example.study)?.name == "anna")
    }
}
