import Foundation
import HauntTestSupport
import Household
import Listening
import Testing
import Wire

@Suite("Guests leave no trace")
struct GuestTests {
    private let study = "media_player.study"

    /// Anna's house with some music in it, and a guest's list on the study speaker.
    private func houseWithGuestList() async throws -> (house: TestHouse, list: PlaylistView) {
        let house = try TestHouse.withTwoPeople()
        for number in 0..<12 {
            house.clock.advance(400)
            try await house.listen(#"{"title":"T\#(number)","artist":"A\#(number)","profile":"anna"}"#)
        }
        house.clock.advance(2 * 86_400)
        let list = try await house.household.ask(GeneratePlaylist.self, #"{"vibe":"jazz","guest":true}"#, on: "study")
        try #require(list.tracks.count >= 3)
        return (house, list)
    }

    @Test("Plays of a guest's list are nobody's and are not stored; the counts and every taste stay as they were")
    func noTrace() async throws {
        let (house, list) = try await houseWithGuestList()
        let before = try (house.tasteBytes(of: "anna"), house.tasteBytes(of: "default"), house.listens())
        for track in list.tracks.prefix(3) { await house.play(track.artist, track.title) }
        #expect(try house.tasteBytes(of: "anna") == before.0)
        #expect(try house.tasteBytes(of: "default") == before.1)
        #expect(try house.listens() == before.2)
        #expect(await house.household.counted.guestPlays == 3)
    }

    @Test("A track that is not on the list ends the guest's turn; from then on all plays are the owner's again")
    func ownerReturns() async throws {
        let (house, list) = try await houseWithGuestList()
        let count = try house.listens().count
        await house.play("Somebody", "Else")
        #expect(try house.listens().count == count + 1)
        await house.play(list.tracks[0].artist, list.tracks[0].title)
        #expect(try house.listens().count == count + 2)
        #expect(try house.listens().last?.profileName == "anna")
    }

    @Test("A listed track that follows at once on the one that ended the guest's turn is the owner's")
    func ownerReturnsAtOnce() async throws {
        let (house, list) = try await houseWithGuestList()
        let count = try house.listens().count
        let start = { (artist: String?, title: String?) in
            let media = Media(title: title, artist: artist, durationS: 200)
            let update = PlayerUpdate(
                speakerName: study, state: .playing, media: media, at: Moment(house.clock.now))
            await house.household.observe([(update, ListenRules())])
            house.clock.advance(199)
        }
        await start(list.tracks[0].artist, list.tracks[0].title)
        await start("Somebody", "Else")
        await start(list.tracks[1].artist, list.tracks[1].title)
        await start("Somebody", "Else again")
        let titles = try house.listens().dropFirst(count).map(\.event.media.title)
        #expect(Set(titles) == ["Else", list.tracks[1].title])
    }

    @Test("A speaker's view, which brokers keep, has neither wish nor tracks of a guest's list")
    func viewWithoutWish() async throws {
        let (house, _) = try await houseWithGuestList()
        let shown = try await house.perform("speaker/settings", #"{"speaker_name":"media_player.study"}"#)
        #expect(shown["last_playlist"]?["id"]?.text != nil)
        #expect(shown["last_playlist"]?["vibe"] == .null)
        #expect(shown["last_playlist"]?["tracks"]?.items.isEmpty == true)
    }

    @Test("A guest's list is forgotten after twelve hours")
    func expiry() async throws {
        let (house, list) = try await houseWithGuestList()
        house.clock.advance(Limits.guestListS + 1)
        await house.play(list.tracks[0].artist, list.tracks[0].title)
        #expect(try house.listens().last?.profileName == "anna")
    }

    @Test("A list for the owner takes the guest's place")
    func replaced() async throws {
        let (house, list) = try await houseWithGuestList()
        _ = try await house.household.ask(GeneratePlaylist.self, "{}", on: "study")
        await house.play(list.tracks[0].artist, list.tracks[0].title)
        #expect(try house.listens().last?.profileName == "anna")
    }

    @Test("A guest's list reads no taste: it is the same whatever anybody heard")
    func readsNoTaste() async throws {
        let (house, _) = try await houseWithGuestList()
        let question = #"{"vibe":"jazz","guest":true,"seed":7}"#
        let before = try await house.household.ask(Recommend.self, question)
        for number in 0..<12 {
            try await house.listen(#"{"title":"T\#(number)","artist":"A\#(number)","profile":"ben"}"#)
        }
        let after = try await house.household.ask(Recommend.self, question)
        #expect(before.tracks.map(\.trackId) == after.tracks.map(\.trackId))
    }

    @Test("guest together with a profile contradicts itself")
    func contradiction() async throws {
        let house = try TestHouse.withTwoPeople()
        await #expect(throws: HouseholdError.self) {
            try await house.household.ask(GeneratePlaylist.self, #"{"guest":true,"profile":"anna"}"#)
        }
    }
}
