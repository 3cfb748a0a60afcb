import Foundation
import HauntTestSupport
import Household
import Testing
import Wire

@Suite("Whose it is")
struct AttributionTests {
    @Test("A listen on a mapped speaker is its owner's, by the rule mapping")
    func mapping() async throws {
        let house = try TestHouse.withTwoPeople()
        let receipt = try await house.listen(#"{"title":"A","artist":"B","speaker_name":"media_player.study"}"#)
        #expect(receipt.listen?.profile == "anna")
        #expect(receipt.listen?.rule == .mapping)
    }

    @Test("A profile in the payload outranks the speaker's")
    func payload() async throws {
        let house = try TestHouse.withTwoPeople()
        let receipt = try await house.listen(
            #"{"title":"A","artist":"B","speaker_name":"media_player.study","profile":"ben"}"#)
        #expect(receipt.listen?.profile == "ben")
        #expect(receipt.listen?.rule == .payload)
    }

    @Test("A listen of nobody's is stored without a profile and counts as default")
    func nobody() async throws {
        let house = try TestHouse.withTwoPeople()
        for json in [
            #"{"title":"A","artist":"B"}"#, #"{"title":"C","speaker_name":"media_player.living_room"}"#,
            #"{"title":"D","artist":"E","speaker_name":"somewhere/new"}"#,
        ] {
            let receipt = try await house.listen(json)
            #expect(receipt.listen?.profile == nil)
            #expect(receipt.listen?.rule == .default)
        }
        #expect(try await house.household.perform(ShowProfile(name: "default")).stats.eventCount == 3)
    }

    @Test("Naming the profile default stores nobody's listen by the rule payload")
    func namedDefault() async throws {
        let house = try TestHouse.withTwoPeople()
        let receipt = try await house.listen(
            #"{"title":"A","artist":"B","profile":"default","speaker_name":"media_player.study"}"#)
        #expect(receipt.listen?.profile == nil)
        #expect(receipt.listen?.rule == .payload)
    }

    @Test("A list on a speaker's topic is for whoever is named, else its owner, else a guest with a vibe, else default")
    func lists() async throws {
        let house = try TestHouse.withTwoPeople()
        try await house.listen(#"{"title":"A","artist":"B"}"#)
        let asked: [(speaker: String, json: String, profile: String?, rule: AttributionRule)] = [
            ("study", #"{"profile":"ben"}"#, "ben", .payload),
            ("study", "{}", "anna", .mapping),
            ("study", #"{"vibe":"jazz"}"#, "anna", .mapping),
            ("study", #"{"vibe":"jazz","guest":true}"#, nil, .guest),
            ("living_room", #"{"vibe":"jazz"}"#, nil, .guest),
            ("living_room", "{}", "default", .default),
        ]
        for question in asked {
            let list = try await house.household.ask(GeneratePlaylist.self, question.json, on: question.speaker)
            #expect(list.profile == question.profile, "\(question)")
            #expect(list.rule == question.rule, "\(question)")
            #expect(list.autoPlay)
        }
    }

    @Test("Away from a speaker's topic its mapping does not say whose list it is")
    func listsElsewhere() async throws {
        let house = try TestHouse.withTwoPeople()
        try await house.listen(#"{"title":"A","artist":"B"}"#)
        let vibe = #"{"vibe":"jazz","speaker_entity":"media_player.study"}"#
        #expect(try await house.household.ask(GeneratePlaylist.self, vibe).rule == .guest)
        let bare = #"{"speaker_entity":"media_player.study"}"#
        #expect(try await house.household.ask(GeneratePlaylist.self, bare).profile == "default")
    }

    @Test("Guest mode on a speaker makes what is asked there a guest's")
    func guestMode() async throws {
        let house = try TestHouse.withTwoPeople()
        let track = TrackDetails(artist: "A", title: "B", genres: ["jazz"])
        _ = try await house.household.perform(ImportCatalog(rows: [track]))
        _ = try await house.household.perform(SetGuestMode(true, onSpeaker: "media_player.study"))
        let list = try await house.household.ask(GeneratePlaylist.self, #"{"vibe":"jazz"}"#, on: "study")
        #expect(list.rule == .guest)
        #expect(list.profile == nil)
    }

    @Test("A request for a speaker that nobody has seen is not found, and close names are named")
    func unknownSpeaker() async throws {
        let house = try TestHouse.withTwoPeople()
        await #expect(throws: HouseholdError.self) {
            try await house.household.ask(GeneratePlaylist.self, "{}", on: "attic")
        }
        do {
            _ = try await house.household.ask(GeneratePlaylist.self, #"{"speaker_entity":"media_player.stuudy"}"#)
            Issue.record("The speaker does not exist")
        } catch let error as HouseholdError {
            #expect(error.code == .notFound)
            #expect(error.message.contains("media_player.study"))
        }
    }
}
