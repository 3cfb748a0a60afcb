import Foundation
import HauntTestSupport
import Household
import Taste
import Testing
import Wire

@Suite("Removing a profile, and bringing it back")
struct ProfileRemovalTests {
    private func houseWithAnna() async throws -> TestHouse {
        let house = try TestHouse.withTwoPeople()
        _ = try await house.perform("profile/update", #"{"name":"anna","display_name":"Änne"}"#)
        for number in 0..<6 {
            house.clock.advance(600)
            try await house.listen(
                #"{"title":"T\#(number)","artist":"A\#(number % 2)","profile":"\#(number < 4 ? "anna" : "ben")"}"#)
        }
        return house
    }

    @Test(
        "Its listens go to default or go too, and the undo brings back name, display name, speakers and listens",
        arguments: ["keep", "delete"])
    func undo(events: String) async throws {
        let house = try await houseWithAnna()
        _ = try await house.perform("feedback/add", #"{"verdict":"ban_track","profile":"anna","track_id":1}"#)
        let token = try await house.household.perform(MakeProfileToken(name: "anna")).token
        let before = try await HouseSnapshot(house)
        let gone = try await house.perform("profile/remove", #"{"name":"anna","events":"\#(events)"}"#)
        #expect(gone["event_count"]?.number == 4)
        #expect(gone["name"]?.text == "anna")
        #expect(
            try await house.household.perform(ShowProfile(name: "default")).stats.eventCount
                == (events == "keep" ? 4 : 0))
        #expect(try house.listens().count == (events == "keep" ? 6 : 2))
        #expect(try await house.household.profile(forToken: token) == nil)
        await expect(.notFound) { try await house.perform("profile/show", #"{"name":"anna"}"#) }
        let undone = try await house.perform("listen/undo", #"{"undo_id":"\#(gone["undo_id"]?.text ?? "")"}"#)
        #expect(undone["by_profile"] == .object(["anna": .number(4)]))
        #expect(try await HouseSnapshot(house) == before)
        #expect(try await house.household.profile(forToken: token) == "anna")
        let list = try await house.household.ask(Recommend.self, #"{"profile":"anna","mode":"familiar"}"#)
        #expect(!list.tracks.isEmpty && !list.tracks.contains { $0.trackId == 1 })
    }

    @Test("A purge cannot be undone, and leaves no list, no feedback and no token behind")
    func purge() async throws {
        let house = try await houseWithAnna()
        _ = try await house.perform("playlist/generate", #"{"profile":"anna","speaker_entity":"media_player.study"}"#)
        _ = try await house.perform("feedback/add", #"{"verdict":"like","profile":"anna","track_id":1}"#)
        _ = try await house.household.perform(MakeProfileToken(name: "anna"))
        let gone = try await house.perform("profile/remove", #"{"name":"anna","events":"delete","purge":true}"#)
        #expect(gone["undo_id"] == .null)
        #expect(try house.listens().count == 2)
        #expect(try await house.household.ask(ListPlaylists.self).playlists.isEmpty)
        #expect(try await house.household.ask(ListSpeakers.self).speakers.allSatisfy { $0.lastPlaylist == nil })
        let (said, tokens) = try house.store.read {
            (try $0.feedback(ofProfile: nil, limit: 9, below: nil), try $0.tokenHashes())
        }
        #expect(said.isEmpty && tokens.isEmpty)
    }

    @Test("A purge removes lists for several that were for the person, too, and the name among who may have listened")
    func purgeOfOneAmongOthers() async throws {
        let house = try await houseWithAnna()
        let living = "media_player.living_room"
        _ = try await house.household.perform(SetSharing(["anna", "ben"], ofSpeaker: living))
        try await house.listen(#"{"title":"T","artist":"A0","speaker_name":"\#(living)","played_s":200}"#)
        _ = try await house.perform("playlist/generate", #"{"profiles":["ben","anna"],"speaker_entity":"\#(living)"}"#)
        _ = try await house.perform("playlist/generate", #"{"profile":"ben"}"#)
        house.clock.advance(2_000)
        await house.household.advance()
        _ = try await house.perform("profile/remove", #"{"name":"anna","purge":true}"#)
        let lists = try await house.household.ask(ListPlaylists.self).playlists
        #expect(lists.map(\.profile) == ["ben"])
        #expect(try await house.household.ask(ListSpeakers.self).speakers.allSatisfy { $0.lastPlaylist == nil })
        let opinions = try house.listens().compactMap(\.event.opinion)
        #expect(opinions.count == 1)
        #expect(opinions.allSatisfy { $0.likely.map(\.profile).contains("ben") })
        #expect(opinions.allSatisfy { !$0.likely.map(\.profile).contains("anna") })
    }

    @Test("Removed or no longer sharing in the middle of a session, a person is no candidate for what comes")
    func inSession() async throws {
        let house = try await houseWithAnna()
        let living = "media_player.living_room"
        let next = { (title: String) in
            house.clock.advance(200)
            return try await house.listen(
                #"{"title":"\#(title)","artist":"A0","speaker_name":"\#(living)","played_s":190}"#
            ).listen
        }
        _ = try await house.household.perform(AddProfile(name: "clara"))
        _ = try await house.household.perform(SetSharing(["anna", "ben"], ofSpeaker: living))
        let first = try await next("One")
        _ = try await house.household.perform(SetSharing(["anna", "clara"], ofSpeaker: living))
        let second = try await next("Two")
        #expect(Set(second?.likely?.map(\.profile) ?? []) == ["anna", "clara", nil])
        #expect(first?.session != nil && first?.session != second?.session)
        _ = try await house.household.perform(SetListener("anna", onSpeaker: living))
        _ = try await house.perform("profile/remove", #"{"name":"anna"}"#)
        let third = try await next("Three")
        #expect(Set(third?.likely?.map(\.profile) ?? []) == ["clara", nil])
        #expect(try await house.household.perform(GetListener(onSpeaker: living)).profile != "anna")
        #expect(try house.store.read { try $0.openSessions() }.count == 1)
    }

    @Test("The undo brings back the speakers that the profile shared, but not those that were decided about since")
    func sharing() async throws {
        let house = try await houseWithAnna()
        let speakers = ["media_player.living_room", "media_player.study", "media_player.kitchen"]
        for speaker in speakers {
            _ = try await house.household.perform(SetSharing(["anna", "ben"], ofSpeaker: speaker))
        }
        try await house.listen(#"{"title":"T","artist":"A","speaker_name":"media_player.bath"}"#)
        _ = try await house.household.perform(SetSharing(["anna"], ofSpeaker: "media_player.bath"))
        let gone = try await house.perform("profile/remove", #"{"name":"anna"}"#)
        _ = try await house.household.ask(SetSpeakerProfile.self, #"{"profile":"ben"}"#, on: "study")
        _ = try await house.household.perform(SetSharing(["ben"], ofSpeaker: "media_player.kitchen"))
        _ = try await house.perform("listen/undo", #"{"undo_id":"\#(gone["undo_id"]?.text ?? "")"}"#)
        for again in [house, try TestHouse.withTwoPeople(store: house.store)] {
            let shared = try await again.household.ask(ListSpeakers.self).speakers.reduce(into: [:]) {
                $0[$1.speakerName] = $1.shared
            }
            #expect(shared["media_player.living_room"] == ["anna", "ben"])
            #expect(shared["media_player.bath"] == ["anna"])
            #expect(shared["media_player.kitchen"] == ["ben"])
            #expect(shared["media_player.study"] == nil)
        }
    }

    @Test("Listens that outlive a purged profile can still go back to whom they were before")
    func purgeKeepsOthers() async throws {
        let house = try await houseWithAnna()
        let moved = try await house.perform("listen/reassign", #"{"profile":"ben","to_profile":"anna"}"#)
        let gone = try await house.perform("profile/remove", #"{"name":"anna","purge":true}"#)
        #expect(gone["event_count"]?.number == 6)
        let undone = try await house.perform("listen/undo", #"{"undo_id":"\#(moved["undo_id"]?.text ?? "")"}"#)
        #expect(undone["by_profile"] == .object(["ben": .number(2)]))
        #expect(try await house.household.perform(ShowProfile(name: "default")).stats.eventCount == 4)
    }

    @Test("A dry run says how many listens it would be, and removes nothing")
    func dryRun() async throws {
        let house = try await houseWithAnna()
        let before = try await HouseSnapshot(house)
        let answer = try await house.perform("profile/remove", #"{"name":"anna","events":"delete","dry_run":true}"#)
        #expect(answer["event_count"]?.number == 4)
        #expect(answer["undo_id"] == .null)
        #expect(try await HouseSnapshot(house) == before)
    }

    @Test("Its name taken by a new profile, the old one waits; a speaker given away stays where it is")
    func nameTaken() async throws {
        let house = try await houseWithAnna()
        let gone = try await house.perform("profile/remove", #"{"name":"anna"}"#)
        let undo = #"{"undo_id":"\#(gone["undo_id"]?.text ?? "")"}"#
        _ = try await house.household.perform(AddProfile(name: "anna"))
        await expect(.conflict, field: "undo_id") { try await house.perform("listen/undo", undo) }
        _ = try await house.perform("profile/remove", #"{"name":"anna"}"#)
        _ = try await house.household.perform(SetProfileSpeakers(["media_player.study"], ofProfile: "ben"))
        _ = try await house.perform("listen/undo", undo)
        #expect(try await house.household.perform(ShowProfile(name: "anna")).speakers.isEmpty)
        #expect(try await house.household.perform(ShowProfile(name: "anna")).stats.eventCount == 4)
        #expect(try await house.household.perform(ShowProfile(name: "ben")).speakers == ["media_player.study"])
    }

    @Test("A correction whose owner is gone waits until the owner is back")
    func ownerGone() async throws {
        let house = try await houseWithAnna()
        let moved = try await house.perform("listen/reassign", #"{"profile":"anna","to_profile":"ben"}"#)
        let gone = try await house.perform("profile/remove", #"{"name":"anna"}"#)
        let undo = { (answer: JSONValue) in
            try await house.perform("listen/undo", #"{"undo_id":"\#(answer["undo_id"]?.text ?? "")"}"#)
        }
        await expect(.conflict, field: "undo_id") { try await undo(moved) }
        _ = try await undo(gone)
        #expect(try await undo(moved)["by_profile"] == .object(["anna": .number(4)]))
    }

    @Test("What people call a profile changes; its name does not")
    func displayName() async throws {
        let house = try await houseWithAnna()
        #expect(try await house.household.perform(ShowProfile(name: "anna")).displayName == "Änne")
        await expect(.invalid, field: "display_name") { try await house.perform("profile/update", #"{"name":"anna"}"#) }
        await expect(.notFound, field: "name") {
            try await house.perform("profile/update", #"{"name":"zoe","display_name":"Zoe"}"#)
        }
        await expect(.invalid, field: "new_name") {
            try await house.perform("profile/update", #"{"name":"anna","display_name":"A","new_name":"b"}"#)
        }
        let again = try TestHouse.withTwoPeople(store: house.store)
        #expect(try await again.household.perform(ShowProfile(name: "anna")).displayName == "Änne")
    }
}
