import Foundation
import HauntTestSupport
import Household
import Storage
import Testing
import Wire

@Suite("What somebody decided")
struct DecisionTests {
    private static let study = "media_player.study"

    /// The house after a restart with the same configuration.
    private func restarted(_ house: TestHouse) throws -> TestHouse {
        try TestHouse.withTwoPeople(store: house.store, clock: house.clock)
    }

    private func reload(_ house: TestHouse) async throws {
        var settings = HouseholdSettings()
        settings.speakers = [Self.study: "anna", "media_player.kitchen": "ben", "media_player.living_room": nil]
        settings.profiles = ["anna"]
        try await house.household.reload(settings)
    }

    private func owner(_ house: TestHouse) async throws -> String? {
        try await house.household.ask(ListSpeakers.self).speakers.first { $0.speakerName == Self.study }?.mapping
    }

    @Test("A speaker that was given to nobody stays nobody's, through a reload and a restart, until it is given away")
    func nobody() async throws {
        let house = try TestHouse.withTwoPeople()
        #expect(try await owner(house) == "anna")
        _ = try await house.perform("speaker/profile", #"{"speaker_name":"\#(Self.study)","profile":null}"#)
        try await reload(house)
        #expect(try await owner(house) == nil)
        let again = try restarted(house)
        #expect(try await owner(again) == nil)
        #expect(await again.household.decisions.owners[Self.study] == .some(nil))
        _ = try await again.perform("speaker/profile", #"{"speaker_name":"\#(Self.study)","profile":"ben"}"#)
        #expect(try await owner(restarted(again)) == "ben")
    }

    @Test("A speaker that left a profile's list of speakers stays nobody's")
    func released() async throws {
        let house = try TestHouse.withTwoPeople()
        _ = try await house.household.perform(SetProfileSpeakers([], ofProfile: "anna"))
        try await reload(house)
        #expect(try await owner(restarted(house)) == nil)
    }

    @Test("A removed profile is not created again by the configuration, nor by a listen, until somebody adds it")
    func removedProfile() async throws {
        let house = try TestHouse.withTwoPeople()
        _ = try await house.household.perform(RemoveProfile(name: "anna"))
        try await reload(house)
        var again = try restarted(house)
        #expect(try await again.household.ask(ListProfiles.self).profiles.map(\.name) == ["ben", "default"])
        #expect(try await owner(again) == nil)
        #expect(await again.household.decisions.removedProfiles == ["anna"])
        var settings = HouseholdSettings()
        settings.autoCreateProfiles = true
        settings.profiles = ["anna"]
        again = try TestHouse(settings: settings, store: house.store, clock: house.clock)
        await #expect(throws: HouseholdError.self) { try await again.listen(#"{"title":"A","profile":"anna"}"#) }
        try await again.listen(#"{"title":"A","profile":"carl"}"#)
        _ = try await again.household.perform(AddProfile(name: "anna"))
        #expect(await again.household.decisions.removedProfiles.isEmpty)
        let last = try restarted(again)
        #expect(try await owner(last) == "anna")
    }

    @Test("Undoing the removal of a profile takes the decision back, with its speakers")
    func undoneRemoval() async throws {
        let house = try TestHouse.withTwoPeople()
        let removal = try await house.perform("profile/remove", #"{"name":"anna"}"#)
        _ = try await house.perform("listen/undo", #"{"undo_id":"\#(removal["undo_id"]?.text ?? "")"}"#)
        let again = try restarted(house)
        #expect(try await owner(again) == "anna")
        #expect(await again.household.decisions.removedProfiles.isEmpty)
    }

    @Test("The store of a removed profile does not have its name")
    func hashed() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("house.db")
        let store = try HouseholdDatabase(path: path)
        let house = try TestHouse(store: store)
        _ = try await house.household.perform(AddProfile(name: "very-secret-name", displayName: "Very Secret"))
        try await house.listen(
            #"{"title":"A title of hers alone","artist":"Her band","profile":"very-secret-name","event_id":"her-event"}"#
        )
        _ = try? await house.listen(#"{"title":7,"profile":"very-secret-name"}"#)
        let removal = try await house.perform(
            "profile/remove", #"{"name":"very-secret-name","events":"delete","purge":true}"#)
        #expect(removal["copies"] == .array([]))
        try store.close()
        for name in try FileManager.default.contentsOfDirectory(atPath: directory.url.path()) {
            let bytes = String(decoding: try Data(contentsOf: directory.url.appending(path: name)), as: UTF8.self)
            for text in ["very-secret-name", "Very Secret", "hers alone", "Her band", "her-event"] {
                #expect(!bytes.contains(text), "\(text) in \(name)")
            }
        }
    }
}
