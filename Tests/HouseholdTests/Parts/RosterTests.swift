import HauntTestSupport
import Testing

@testable import Household

@Suite("The roster alone")
struct RosterTests {
    private let anna = Example.profile(2, "anna")
    private let ben = Example.profile(3, "ben")

    /// Default, Anna with the study's speaker, and Ben with the kitchen's.
    private var roster: Roster {
        var roster = Roster()
        for profile in [Example.profile(1, Profile.defaultName), anna, ben] { roster.add(profile) }
        for name in [Example.study, Example.kitchen] { roster.add(roster.newSpeaker(named: name)) }
        roster.map(Example.study, to: anna.id)
        roster.map(Example.kitchen, to: ben.id)
        return roster
    }

    @Test("The error about an unknown profile names the field and a similar name")
    func unknownProfile() throws {
        let roster = roster
        #expect(try roster.profile(named: "anna") == anna)
        let error = HouseholdError(
            .notFound, #"There is no profile "ana"; did you mean anna?"#, field: "owner")
        #expect(throws: error) { try roster.profile(named: "ana", field: "owner") }
        #expect(roster.profile(id: 9) == nil)
    }

    @Test("Nobody's listens count for the default profile, and those of a profile that is gone for none")
    func owners() {
        #expect(roster.profile(of: .nobody)?.isDefault == true)
        #expect(roster.profile(of: .profile(9)) == nil)
        let owners: [Owner] = [ben.owner, .nobody, anna.owner, .profile(9), ben.owner]
        #expect(roster.profiles(of: owners).map(\.name) == ["anna", "ben", "default"])
    }

    @Test("A profile that is removed, even twice, leaves its speakers unmapped and those of others mapped")
    func removedProfile() {
        var roster = roster
        roster.remove(anna)
        roster.remove(anna)
        #expect(roster.owner(of: Example.study) == nil)
        #expect(roster.owner(of: Example.kitchen) == ben)
        #expect(roster.speakerNames(of: anna).isEmpty)
        #expect(roster.speaker("study") != nil)
    }

    @Test("A speaker is found by topic level and by full name; a topic level goes before the same full name")
    func speakerNames() {
        var roster = roster
        roster.add(roster.newSpeaker(named: "study"))
        #expect(roster.speaker("study")?.name == Example.study)
        #expect(roster.speaker(Example.study)?.topic == "study")
        #expect(roster.speaker("study_2")?.name == "study")
        #expect(roster.speaker("attic") == nil)
        #expect(roster.owner(of: nil) == nil)
    }

    @Test("A speaker that is removed is known under neither name, has no mapping, and its topic level is free")
    func removedSpeaker() throws {
        var roster = roster
        roster.remove(try #require(roster.speaker("study")))
        #expect(roster.speaker("study") == nil)
        #expect(roster.speaker(Example.study) == nil)
        let other = roster.newSpeaker(named: "sonos.study")
        #expect(other.topic == "study")
        roster.add(roster.newSpeaker(named: Example.study))
        #expect(roster.owner(of: Example.study) == nil)
    }
}
