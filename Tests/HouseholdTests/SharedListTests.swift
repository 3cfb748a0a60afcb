import Foundation
import HauntTestSupport
import Household
import Taste
import Testing
import Wire

@Suite("Whose list it is on a shared speaker")
struct SharedListTests {
    private static let level = "living_room"

    /// A house of Anna, who plays jazz, Ben, who plays folk, and Mia, of whom nothing is known. One track of each artist
    /// is explicit.
    private func house(_ change: (inout HouseholdSettings) -> Void = { _ in }) async throws -> TestHouse {
        var settings = HouseholdSettings()
        settings.shared = ["media_player.living_room": .profiles(["anna", "ben"])]
        settings.speakers = ["media_player.living_room": nil, "media_player.study": "anna"]
        settings.profiles = ["anna", "ben", "mia"]
        change(&settings)
        let house = try TestHouse(settings: settings)
        let tracks = ["jazz", "folk"].flatMap { genre in
            (0..<20).flatMap { artist in
                (0..<3).map { number in
                    TrackDetails(
                        artist: "\(genre) \(artist)", title: "Song \(number)", durationS: 200, artistGenres: [genre],
                        isExplicit: number == 2)
                }
            }
        }
        _ = try await house.household.perform(ImportCatalog(rows: tracks))
        for (name, genre) in [("anna", "jazz"), ("ben", "folk")] {
            let rows = (0..<120).map { number in
                ImportedListen(
                    startedAt: house.clock.now.addingTimeInterval(Double(number - 150) * 20_000),
                    artist: "\(genre) \(number % 10)", title: "Song \(number % 3)", heardS: 200, durationS: 200)
            }
            _ = try await house.household.perform(ImportListens(profile: name, speaker: nil, rows: rows))
        }
        _ = try await house.household.perform(RefreshTastes())
        return house
    }

    private func generate(_ json: String, on topic: String? = level, in house: TestHouse) async throws -> PlaylistView {
        try await house.household.ask(GeneratePlaylist.self, json, on: topic)
    }

    @Test("A request with an empty list of profiles names nobody")
    func emptyProfiles() async throws {
        let house = try await house()
        #expect(try await generate(#"{"profiles":[],"total_tracks":4}"#, in: house).rule == .together)
        let mapped = try await generate(#"{"profiles":[],"total_tracks":4}"#, on: "study", in: house)
        #expect(mapped.rule == .mapping)
        #expect(mapped.profile == "anna")
        #expect(try await generate(#"{"profiles":[],"profile":"ben"}"#, in: house).profile == "ben")
    }

    @Test("While nobody is known it is for all who share the speaker, each with a fair part, and is kept so")
    func together() async throws {
        let house = try await house()
        let list = try await generate(#"{"total_tracks":20}"#, in: house)
        #expect(list.rule == .together)
        #expect(list.profile == nil)
        #expect(list.profiles == ["anna", "ben"])
        for name in ["anna", "ben"] {
            #expect(list.tracks.count { $0.reason.for?.contains(name) == true } >= 5)
        }
        #expect(list.tracks.allSatisfy { $0.reason.for?.isEmpty == false })
        let shown = try await house.household.ask(ShowPlaylist.self, #"{"id":"\#(list.id)"}"#)
        #expect(shown == list)
        let wish = try await generate(#"{"vibe":"jazz"}"#, in: house)
        #expect(wish.rule == .together)
    }

    @Test("The listener's list is for the listener; when somebody else listens, a wish is a guest's")
    func listener() async throws {
        let house = try await house()
        try await house.listen(
            #"{"title":"Song 1","artist":"jazz 12","speaker_name":"media_player.living_room","played_s":200}"#)
        _ = try await house.household.perform(SetListener("ben", onSpeaker: "media_player.living_room"))
        let list = try await generate("{}", in: house)
        #expect(list.rule == .listener)
        #expect(list.profile == "ben")
        #expect(list.profiles == nil)
        _ = try await house.household.perform(SetListener(nil, onSpeaker: "media_player.living_room"))
        #expect(try await generate(#"{"vibe":"jazz"}"#, in: house).rule == .guest)
        #expect(try await generate("{}", in: house).rule == .default)
    }

    @Test("What the request names comes first, and elsewhere than on the speaker's topic nobody else counts")
    func payload() async throws {
        let house = try await house()
        #expect(try await generate(#"{"profile":"anna"}"#, in: house).profile == "anna")
        for topic in [Self.level, nil] {
            let list = try await generate(#"{"profiles":["ben","anna","ben"]}"#, on: topic, in: house)
            #expect(list.rule == .payload)
            #expect(list.profiles == ["ben", "anna"])
        }
        let one = try await generate(#"{"profiles":["ben"]}"#, on: nil, in: house)
        #expect(one.profile == "ben" && one.profiles == nil)
        let http = try await generate(#"{"speaker_entity":"media_player.living_room"}"#, on: nil, in: house)
        #expect(http.rule == .default)
    }

    @Test(
        "Names that do not fit together are errors that name the field",
        arguments: [
            (#"{"profiles":["anna","nobody-knows"]}"#, "profiles"),
            (#"{"profiles":["anna"],"profile":"ben"}"#, "profiles"),
            (#"{"profiles":["anna"],"guest":true}"#, "guest"),
        ])
    func errors(json: String, field: String) async throws {
        let house = try await house()
        let error = await #expect(throws: HouseholdError.self) { _ = try await generate(json, on: nil, in: house) }
        #expect(error?.field == field)
    }

    @Test("The reason names the person whose turn it was, and `for` is all for whom the track counts")
    func reasons() async throws {
        let house = try await house()
        _ = try await house.perform("profile/update", #"{"name":"anna","display_name":"Änne"}"#)
        let list = try await generate(#"{"profiles":["anna","ben"],"total_tracks":20}"#, on: nil, in: house)
        for track in list.tracks {
            let names = try #require(track.reason.for)
            #expect(names.contains { track.reason.text.hasPrefix("for \($0 == "anna" ? "Änne" : $0): ") })
        }
    }

    @Test("Somebody of whom nothing is known gets a list together with others, and alone")
    func newcomer() async throws {
        let house = try await house()
        let list = try await generate(#"{"profiles":["anna","mia"],"total_tracks":20}"#, on: nil, in: house)
        #expect(list.tracks.count == 20)
        for name in ["anna", "mia"] {
            #expect(list.tracks.count { $0.reason.for?.contains(name) == true } >= 5)
        }
        let alone = try await generate(#"{"profiles":["mia"],"total_tracks":20}"#, on: nil, in: house)
        #expect(alone.tracks.count == 20)
    }

    @Test("With a seed the list is the same each time; with a vibe it is of what the words mean")
    func seedAndVibe() async throws {
        let house = try await house()
        let wish = #"{"profiles":["anna","ben"],"total_tracks":20,"seed":7}"#
        let first = try await generate(wish, on: nil, in: house)
        #expect(try await generate(wish, on: nil, in: house).tracks == first.tracks)
        let jazz = try await generate(#"{"profiles":["anna","ben"],"vibe":"jazz"}"#, on: nil, in: house)
        #expect(!jazz.tracks.isEmpty)
        #expect(jazz.tracks.allSatisfy { $0.artist?.hasPrefix("jazz") == true })
        #expect(jazz.rule == .payload && jazz.profiles == ["anna", "ben"])
    }

    @Test("What one of them banned or dislikes is not on the list")
    func vetoes() async throws {
        let house = try await house()
        let all = try await generate(#"{"total_tracks":100}"#, in: house)
        let banned = try #require(all.tracks.first { $0.reason.for?.contains("anna") == true })
        let disliked = try #require(all.tracks.last { $0.reason.for?.contains("anna") == true })
        _ = try await house.household.ask(
            AddFeedback.self, #"{"verdict":"ban_artist","profile":"ben","track_id":\#(banned.trackId.rawValue)}"#)
        _ = try await house.household.ask(
            AddFeedback.self, #"{"verdict":"dislike","profile":"ben","track_id":\#(disliked.trackId.rawValue)}"#)
        house.clock.advance(172_800)
        let list = try await generate(#"{"total_tracks":100}"#, in: house)
        #expect(!list.tracks.contains { $0.artist == banned.artist || $0.trackId == disliked.trackId })
    }

    @Test("One child among the people makes the list clean, and so does a child who may be there")
    func kids() async throws {
        let house = try await house {
            $0.kidsProfiles = ["mia"]
            $0.shared = ["media_player.living_room": .profiles(["anna", "mia"])]
        }
        for (json, topic) in [
            (#"{"profiles":["anna","mia"],"total_tracks":60}"#, nil), (#"{"total_tracks":60}"#, Self.level),
            (#"{"vibe":"jazz","speaker_entity":"media_player.living_room","total_tracks":60}"#, nil),
        ] {
            let list = try await generate(json, on: topic, in: house)
            #expect(list.tracks.count > 20)
            #expect(!list.tracks.contains { $0.title == "Song 2" }, "\(json)")
        }
        try await house.listen(
            #"{"title":"Song 1","artist":"jazz 1","speaker_name":"media_player.living_room","played_s":200}"#)
        _ = try await house.household.perform(SetListener("anna", onSpeaker: "media_player.living_room"))
        let list = try await generate(#"{"total_tracks":60}"#, in: house)
        #expect(list.rule == .listener)
        #expect(list.tracks.contains { $0.title == "Song 2" })
    }
}
