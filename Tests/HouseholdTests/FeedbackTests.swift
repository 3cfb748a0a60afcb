import Foundation
import HauntTestSupport
import Household
import Listening
import Taste
import Testing
import Wire

@Suite("What people say of tracks")
struct FeedbackTests {
    private let study = "media_player.study"

    /// Anna and Ben heard the same, so their lists are the same until one of them says something.
    private func twins() async throws -> TestHouse {
        let house = try TestHouse.withTwoPeople()
        for number in 0..<20 {
            house.clock.advance(600)
            for who in ["anna", "ben"] {
                try await house.listen(
                    #"{"title":"T\#(number)","artist":"A\#(number % 10)","profile":"\#(who)","played_s":200}"#)
            }
        }
        house.clock.advance(3 * 86_400)
        return house
    }

    private func list(_ profile: String, _ more: String = "", in house: TestHouse) async throws -> [Track.ID] {
        let fields = #"{"profile":"\#(profile)","mode":"familiar","limit":50\#(more)}"#
        return try await house.household.ask(Recommend.self, fields).tracks.map(\.trackId)
    }

    /// Plays a track on a speaker.
    private func play(_ media: Media, on speaker: String? = nil, in house: TestHouse) async {
        let update = PlayerUpdate(
            speakerName: speaker ?? study, state: .playing, media: media, at: Moment(house.clock.now))
        await house.household.observe([(update, ListenRules())])
    }

    @Test(
        "A verdict changes the lists of its profile at once and nobody else's, and can be taken back",
        arguments: ["like", "dislike", "ban_track", "ban_artist", "snooze"])
    func oneProfile(verdict: String) async throws {
        let house = try await twins()
        let before = try await list("anna", in: house)
        let bens = try await list("ben", in: house)
        let track = before[7]
        let tastes = try (house.tasteBytes(of: "anna"), house.listens())
        let said = try await house.perform(
            "feedback/add", #"{"verdict":"\#(verdict)","profile":"anna","track_id":\#(track)}"#)
        #expect(said["profile"]?.text == "anna")
        #expect(said["track_id"]?.number == Double(track.rawValue))
        #expect(said["verdict"]?.text == verdict)
        #expect((said["expires_at"] == .null) == (verdict != "snooze"))
        let after = try await list("anna", in: house)
        #expect(after != before)
        #expect(after.contains(track) == (verdict == "like"))
        #expect(try await list("ben", in: house) == bens)
        #expect(try house.tasteBytes(of: "anna") == tastes.0)
        #expect(try house.listens() == tastes.1)
        let id = Int(said["id"]?.number ?? 0)
        #expect(try await house.perform("feedback/list", #"{"profile":"anna"}"#)["feedback"]?.items == [said])
        #expect(try await house.perform("feedback/remove", #"{"id":\#(id)}"#) == said)
        #expect(try await list("anna", in: house) == before)
        await expect(.notFound, field: "id") { try await house.perform("feedback/remove", #"{"id":\#(id)}"#) }
    }

    @Test(
        "What is banned is in no playlist, of any mode and any vibe", arguments: ["ban_track", "ban_artist", "snooze"])
    func playlists(verdict: String) async throws {
        let house = try await twins()
        let track = try await list("anna", in: house)[0]
        _ = try await house.perform("feedback/add", #"{"verdict":"\#(verdict)","profile":"anna","track_id":\#(track)}"#)
        for mode in ["familiar", "balanced", "discovery"] {
            for vibe in ["", #","vibe":"A\#(track.rawValue % 10)""#] {
                let fields = #"{"profile":"anna","mode":"\#(mode)","total_tracks":20\#(vibe)}"#
                let made = try await house.perform("playlist/generate", fields)
                #expect(made["tracks"]?.items.contains { $0["track_id"]?.number == Double(track.rawValue) } == false)
            }
        }
        // A guest's list and everybody else's still have it.
        let pool = try await house.household.ask(Recommend.self, #"{"guest":true,"limit":50}"#)
        #expect(pool.tracks.contains { $0.trackId == track })
    }

    @Test("It survives a restart, and an answer for an earlier time does not know it")
    func restart() async throws {
        let house = try await twins()
        let before = try await list("anna", in: house)
        let at = RFC3339.string(from: house.clock.now.addingTimeInterval(-3_600))
        _ = try await house.perform("feedback/add", #"{"verdict":"dislike","profile":"anna","track_id":\#(before[0])}"#)
        let after = try await list("anna", in: house)
        let again = try TestHouse.withTwoPeople(store: house.store, clock: house.clock)
        #expect(try await list("anna", in: again) == after)
        #expect(try await list("anna", #","at":"\#(at)""#, in: again) == before)
    }

    @Test("Without a track it is about the one that plays, and without a profile it is the speaker's owner's")
    func playing() async throws {
        let house = try await twins()
        await play(Media(title: "Never Heard", artist: "Somebody New", durationS: 200), in: house)
        let said = try await house.household.ask(AddFeedback.self, #"{"verdict":"like"}"#, on: "study")
        #expect(said.title == "Never Heard")
        #expect(said.profile == "anna")
        #expect(said.speakerName == study)
        let named = try await house.household.ask(
            AddFeedback.self, #"{"verdict":"dislike","profile":"ben","track":1}"#, on: "study")
        #expect(named.profile == "ben")
        #expect(named.trackId == 1)
        await play(Media(title: "Other", artist: "Band", durationS: 200), on: "media_player.living_room", in: house)
        let nobodys = try await house.perform(
            "feedback/add", #"{"verdict":"like","speaker_name":"media_player.living_room"}"#)
        #expect(nobodys["profile"]?.text == "default")
        let found = try await house.household.ask(Recommend.self, #"{"profile":"anna","vibe":"somebody new"}"#)
        #expect(found.tracks.first?.trackId == said.trackId)
    }

    @Test("Where nothing plays, or no music, somebody must say which track")
    func nothingPlays() async throws {
        let house = try await twins()
        let like = #"{"verdict":"like","speaker_name":"media_player.study"}"#
        await expect(.conflict, field: "track_id") { try await house.perform("feedback/add", like) }
        await play(Media(title: "Advert", artist: "Shop", kind: .advert), in: house)
        await expect(.conflict, field: "track_id") { try await house.perform("feedback/add", like) }
        await expect(.invalid, field: "track_id") { try await house.perform("feedback/add", #"{"verdict":"like"}"#) }
    }

    @Test("A speaker that plays for a guest takes none, whoever is named")
    func guests() async throws {
        let house = try await twins()
        let say = { (more: String) in
            try await house.perform("feedback/add", #"{"verdict":"like","speaker_name":"media_player.study"\#(more)}"#)
        }
        let made = try await house.household.ask(GeneratePlaylist.self, #"{"vibe":"A1","guest":true}"#, on: "study")
        let first = try #require(made.tracks.first)
        await play(Media(title: first.title, artist: first.artist, durationS: 200), in: house)
        await expect(.conflict, field: "speaker_name") { try await say("") }
        await expect(.conflict, field: "speaker_name") { try await say(#","profile":"anna""#) }
        await play(Media(title: "Not on the list", artist: "Of the guest", durationS: 200), in: house)
        #expect(try await say("")["profile"]?.text == "anna")
        _ = try await house.household.perform(SetGuestMode(true, onSpeaker: study))
        await expect(.conflict, field: "speaker_name") { try await say(#","track_id":1"#) }
        #expect(try await house.perform("feedback/list", "{}")["feedback"]?.items.count == 1)
    }

    @Test(
        "Each mistake names its field",
        arguments: [
            (#"{"track_id":1}"#, HouseholdError.Code.invalid, "verdict"),
            (#"{"track_id":1,"verdict":"love"}"#, .invalid, "verdict"),
            (#"{"track_id":0,"verdict":"like"}"#, .invalid, "track_id"),
            (#"{"track_id":1.5,"verdict":"like"}"#, .invalid, "track_id"),
            (#"{"track_id":"1","verdict":"like"}"#, .invalid, "track_id"),
            (#"{"track_id":999999,"verdict":"like"}"#, .notFound, "track_id"),
            (#"{"track_id":1,"verdict":"like","profile":"zoe"}"#, .notFound, "profile"),
            (#"{"verdict":"like","speaker_name":"media_player.attic"}"#, .notFound, "speaker_name"),
            (#"{"track_id":1,"verdict":"like","why":"x"}"#, .invalid, "why"),
        ])
    func invalid(fields: String, code: HouseholdError.Code, field: String) async throws {
        let house = try await twins()
        await expect(code, field: field) { try await house.perform("feedback/add", fields) }
        #expect(try await house.perform("feedback/list", "{}")["feedback"]?.items.isEmpty == true)
    }

    @Test("An artist that nobody named cannot be banned")
    func noArtist() async throws {
        let house = try TestHouse.withTwoPeople()
        try await house.listen(#"{"title":"Field recording","profile":"anna"}"#)
        await expect(.invalid, field: "verdict") {
            try await house.perform("feedback/add", #"{"verdict":"ban_artist","track_id":1,"profile":"anna"}"#)
        }
    }

    @Test("A full disk keeps nothing, in the store or in mind")
    func diskFull() async throws {
        let disk = FailingStore(try await twins().store)
        let house = try TestHouse.withTwoPeople(store: disk)
        let before = try await list("anna", in: house)
        disk.isBroken = true
        await expect(.unavailable) {
            try await house.perform(
                "feedback/add", #"{"verdict":"ban_track","profile":"anna","track_id":\#(before[0])}"#)
        }
        #expect(try await list("anna", in: house) == before)
    }

    @Test("A long list comes in pages, the newest first")
    func pages() async throws {
        let house = try await twins()
        for id in 1...5 {
            _ = try await house.perform("feedback/add", #"{"verdict":"like","profile":"ben","track_id":\#(id)}"#)
        }
        let first = try await house.perform("feedback/list", #"{"limit":3}"#)
        #expect(first["feedback"]?.items.compactMap { $0["track_id"]?.number } == [5, 4, 3])
        let cursor = first["next_cursor"]?.text ?? ""
        let second = try await house.perform("feedback/list", #"{"limit":3,"cursor":"\#(cursor)"}"#)
        #expect(second["feedback"]?.items.compactMap { $0["track_id"]?.number } == [2, 1])
        #expect(second["next_cursor"] == .null)
    }
}
