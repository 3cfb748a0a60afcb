import Foundation
import HauntTestSupport
import Household
import Testing
import Wire

@Suite("Why somebody is taken for the listener")
struct ListenerReasonTests {
    /// A house of Anna, who is called Änne, and Ben, with a shared speaker.
    private func house() async throws -> TestHouse {
        let house = try await TestHouse.sharedByTwo()
        _ = try await house.perform("profile/update", #"{"name":"anna","display_name":"Änne"}"#)
        return house
    }

    private func play(_ artists: [String], in house: TestHouse) async throws {
        for (number, artist) in artists.enumerated() { try await house.playShared(artist, number) }
    }

    private func reasons(in house: TestHouse) async throws -> [String] {
        try await house.household.perform(GetListener(onSpeaker: TestHouse.sharedSpeaker)).reasons ?? []
    }

    @Test("Whose artists were played is told in numbers, while the session is open and after it")
    func artists() async throws {
        let house = try await house()
        try await play((0..<6).map { "anna's \($0)" } + ["ben's 3", "Unheard", "anna's 0"], in: house)
        let sentence = "6 of 8 artists are Änne's, 1 is ben's, and 1 is nobody's so far."
        let open = try await reasons(in: house)
        #expect(open.first?.hasPrefix("The listener is Änne") == true)
        #expect(open.contains(sentence))
        #expect(open.contains { $0.hasPrefix("9 tracks were played: by that alone the chance of Änne is ") })
        await house.endSession()
        let over = try await reasons(in: house)
        #expect(over.first == "Nothing is playing at media_player.living_room, which Änne and ben share.")
        #expect(over.contains(sentence))
        #expect(over.contains { $0.contains("Of 9 listens") && $0.contains("are Änne's by what is played (") })
    }

    @Test("What a person said, corrected or sent is told as such, and what is open, too")
    func rules() async throws {
        let house = try await house()
        try await play(["Unheard", "Unknown"], in: house)
        #expect(try await reasons(in: house).contains("Of 2 listens 2 are open."))
        _ = try await house.household.perform(SetListener("ben", onSpeaker: TestHouse.sharedSpeaker))
        #expect(try await reasons(in: house).contains("Of 2 listens 2 are ben's by what somebody said (100 % sure)."))
        let id = try #require(try house.listens().last?.id.rawValue)
        _ = try await house.perform("listen/reassign", #"{"ids":[\#(id)],"to_profile":"anna"}"#)
        let sentence = try #require(try await reasons(in: house).last)
        #expect(sentence.contains("1 is Änne's by a correction"))
        #expect(sentence.contains("1 is ben's by what somebody said"))
    }

    @Test("Before anything was played there is nothing to explain")
    func nothing() async throws {
        let house = try await house()
        let sentence = "Nothing is playing at media_player.living_room, which Änne and ben share."
        #expect(try await reasons(in: house) == [sentence])
    }
}
