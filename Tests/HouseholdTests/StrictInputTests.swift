import Foundation
import HauntTestSupport
import Household
import Testing
import Wire

@Suite("What a request must say")
struct StrictInputTests {
    private static let study = "media_player.study"

    @Test(
        "An error about a missing field, or about no selection, names the field that was meant",
        arguments: [
            ("listen/add", #"{"titel":"A","artist":"B"}"#, "title", "titel"),
            ("listen/remove", #"{"speakr_name":"x"}"#, "speakr_name", "speaker_name"),
            ("listen/reassign", #"{"artst":"x","to_profile":"anna"}"#, "artst", "artist"),
            ("profile/add", #"{"nam":"x"}"#, "name", "nam"),
        ])
    func suggestion(operation: String, json: String, field: String, word: String) async throws {
        let house = try TestHouse.withTwoPeople()
        let error = await #expect(throws: HouseholdError.self) { try await house.perform(operation, json) }
        #expect(error?.field == field)
        #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
    }

    @Test("A name that is given twice is refused, and nothing is stored")
    func repeatedName() async throws {
        let house = try TestHouse.withTwoPeople()
        let error = await #expect(throws: HouseholdError.self) {
            try await house.listen(#"{"title":"A","artist":"B","title":"C"}"#)
        }
        #expect(error?.field == "title")
        #expect(try house.listens().isEmpty)
    }

    @Test("A speaker's profile must be named; null is nobody")
    func omittedProfile() async throws {
        let house = try TestHouse.withTwoPeople()
        for json in [#"{"speaker_name":"\#(Self.study)"}"#, #"{"speaker_name":"\#(Self.study)","profile":""}"#] {
            let error = await #expect(throws: HouseholdError.self) { try await house.perform("speaker/profile", json) }
            #expect(error?.field == "profile")
        }
        #expect(try await house.household.ask(ListProfiles.self).profiles.first?.speakers == [Self.study])
    }

    @Test("A request on a speaker's topic must not name another speaker")
    func contradiction() async throws {
        let house = try TestHouse.withTwoPeople()
        for field in ["speaker_name", "speaker_entity"] {
            let error = await #expect(throws: HouseholdError.self) {
                try await house.household.ask(
                    SetGuestMode.self, #"{"guest":true,"\#(field)":"media_player.kitchen"}"#, on: "study")
            }
            #expect(error?.field == field)
            _ = try await house.household.ask(
                SetGuestMode.self, #"{"guest":false,"\#(field)":"\#(Self.study)"}"#, on: "study")
        }
    }

    @Test("Nothing that is nested too deep is kept, and nothing unreadable that names a guest's speaker")
    func notKept() async throws {
        let house = try TestHouse.withTwoPeople()
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        await #expect(throws: HouseholdError.self) { try await house.listen(#"{"title":"secret","x":\#(deep)}"#) }
        _ = try await house.household.perform(SetGuestMode(true, onSpeaker: Self.study))
        await #expect(throws: HouseholdError.self) {
            try await house.listen(#"{"title":"secret","speaker_name":"\#(Self.study)""#)
        }
        #expect(try await house.household.ask(ListRejected.self).rejected.isEmpty)
        await #expect(throws: HouseholdError.self) { try await house.listen(#"{"title":"mine","#) }
        #expect(try await house.household.ask(ListRejected.self).rejected.count == 1)
    }

    @Test(
        "A row that no file can have is refused by the operation",
        arguments: [
            ImportedListen(startedAt: .distantFuture, artist: "A", title: "T"),
            ImportedListen(startedAt: Date(timeIntervalSince1970: 0), artist: "A", title: ""),
            ImportedListen(startedAt: Date(timeIntervalSince1970: 0), artist: "A", title: "T", heardS: 1e300),
            ImportedListen(
                startedAt: Date(timeIntervalSince1970: 0), artist: String(repeating: "x", count: 1_001), title: "T"),
            ImportedListen(startedAt: Date(timeIntervalSince1970: 0), artist: "A\0", title: "T"),
            ImportedListen(startedAt: Date(timeIntervalSince1970: 4_000_000_000), artist: "A", title: "T"),
        ])
    func badRow(row: ImportedListen) async throws {
        let house = try TestHouse.withTwoPeople()
        let good = ImportedListen(startedAt: Date(timeIntervalSince1970: 1_000), artist: "A", title: "T")
        let error = await #expect(throws: HouseholdError.self) {
            try await house.household.perform(ImportListens(profile: nil, speaker: nil, rows: [good, row]))
        }
        #expect(error?.field == "rows[1]")
        #expect(try house.listens().isEmpty)
    }
}
