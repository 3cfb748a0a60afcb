import Foundation
import HauntTestSupport
import Household
import Taste
import Testing
import Wire

@Suite("Lists as a household makes them")
struct ListTests {
    /// A house with a catalog of 60 artists of 3 tracks, one of which is explicit; Anna knows the first ten artists.
    private func house(_ change: (inout HouseholdSettings) -> Void = { _ in }) async throws -> TestHouse {
        var settings = HouseholdSettings()
        settings.speakers = ["media_player.study": "anna", "media_player.nursery": nil]
        settings.profiles = ["anna", "mia"]
        change(&settings)
        let house = try TestHouse(settings: settings)
        let genres = ["jazz", "trip hop", "folk"]
        let tracks = (0..<60).flatMap { artist in
            (0..<3).map { number in
                TrackDetails(
                    artist: "Artist \(artist)", title: "Song \(number)", durationS: 200,
                    artistGenres: [genres[artist % 3], "music"], isExplicit: number == 2)
            }
        }
        _ = try await house.household.perform(ImportCatalog(rows: tracks))
        for play in 0..<60 {
            house.clock.advance(900)
            try await house.listen(
                #"{"title":"Song \#(play % 3)","artist":"Artist \#(play % 10)","profile":"anna","played_s":200}"#)
        }
        house.clock.advance(3 * 86_400)
        return house
    }

    private func generate(_ text: String, in house: TestHouse) async throws -> PlaylistView {
        try await house.household.ask(GeneratePlaylist.self, text)
    }

    private func isExplicit(_ list: [ListedTrackView]) -> Bool { list.contains { $0.title == "Song 2" } }

    @Test("Nothing explicit plays on a children's speaker, whoever asks, nor for a child's profile anywhere")
    func kids() async throws {
        let house = try await house {
            $0.kidsSpeakers = ["media_player.nursery"]
            $0.kidsProfiles = ["mia"]
        }
        for request in [
            #"{"profile":"anna","speaker_entity":"media_player.nursery"}"#,
            #"{"vibe":"jazz","speaker_entity":"media_player.nursery"}"#, #"{"profile":"mia"}"#,
        ] {
            let list = try await generate(request, in: house)
            #expect(list.tracks.count == 25)
            #expect(!isExplicit(list.tracks), "\(request)")
        }
        #expect(
            !isExplicit(try await house.household.ask(Recommend.self, #"{"profile":"mia"}"#).tracks))
        #expect(isExplicit(try await generate(#"{"profile":"anna","total_tracks":100}"#, in: house).tracks))
    }

    @Test("A speaker's last list is the last one that was sent there, also after a restart")
    func lastSent() async throws {
        let house = try await house()
        let sent = try await generate(
            #"{"profile":"anna","speaker_entity":"media_player.study","auto_play":true,"total_tracks":3}"#, in: house)
        _ = try await generate(#"{"profile":"anna","speaker_entity":"media_player.study","total_tracks":9}"#, in: house)
        var settings = HouseholdSettings()
        settings.speakers = ["media_player.study": "anna"]
        let restarted = try TestHouse(settings: settings, store: house.store, clock: house.clock)
        for household in [house.household, restarted.household] {
            let speakers = try await household.ask(ListSpeakers.self).speakers
            let study = speakers.first { $0.speakerName == "media_player.study" }
            #expect(study?.lastPlaylist?.trackCount == sent.tracks.count)
        }
    }

    @Test("The notes on a list are kept with it")
    func keepsNotes() async throws {
        let house = try await house()
        let list = try await generate(#"{"vibe":"jazz like xyzzy, not that one","total_tracks":60}"#, in: house)
        #expect(list.notes.count >= 2)
        let shown = try await house.household.ask(ShowPlaylist.self, #"{"id":"\#(list.id)"}"#)
        #expect(shown.notes == list.notes)
    }

    @Test("Two requests an hour apart differ, the same seed repeats what is asked again at once")
    func varies() async throws {
        for noRepeatS in [0.0, 86_400] {
            let house = try await house { $0.noRepeatS = noRepeatS }
            let first = try await generate(#"{"profile":"anna"}"#, in: house)
            house.clock.advance(3_600)
            let second = try await generate(#"{"profile":"anna"}"#, in: house)
            #expect(first.tracks.map(\.trackId) != second.tracks.map(\.trackId))
            let seeded = try await generate(#"{"profile":"anna","seed":5}"#, in: house)
            let again = try await generate(#"{"profile":"anna","seed":5}"#, in: house)
            #expect(seeded.tracks.map(\.trackId) == again.tracks.map(\.trackId))
        }
    }

    @Test("A track does not come again within the window, neither for its profile nor on its speaker")
    func noRepeats() async throws {
        let house = try await house()
        let first = try await generate(#"{"profile":"anna"}"#, in: house)
        house.clock.advance(3_600)
        let second = try await generate(#"{"profile":"anna"}"#, in: house)
        #expect(Set(first.tracks.map(\.trackId)).isDisjoint(with: second.tracks.map(\.trackId)))
        house.clock.advance(86_400)
        let third = try await generate(#"{"profile":"anna"}"#, in: house)
        #expect(!Set(first.tracks.map(\.trackId)).isDisjoint(with: third.tracks.map(\.trackId)))
    }

    @Test("Fewer fitting tracks than asked for are all there are, and it says what was left out and why")
    func explainsShortLists() async throws {
        let house = try await house { $0.kidsProfiles = ["anna"] }
        let request = #"{"profile":"anna","mode":"familiar","max_per_artist":3,"explain":true}"#
        // Ten artists were played with three tracks each, one of which is explicit.
        let first = try await generate(request, in: house)
        #expect(first.tracks.count == 20)
        #expect(first.removed?.explicit == 10)
        #expect(first.removed?.recent == 0)
        house.clock.advance(3_600)
        let second = try await generate(request, in: house)
        #expect(second.removed?.explicit == 10)
        #expect(second.removed?.recent == 20)
        // Hearing all of it again is better than silence.
        #expect(Set(second.tracks.map(\.trackId)) == Set(first.tracks.map(\.trackId)))
        #expect(try await generate(request.replacing("true", with: "false"), in: house).removed == nil)
    }

    @Test(
        "Every score can be computed again from its explanation, as JSON",
        arguments: ["familiar", "balanced", "discovery"])
    func recomputes(mode: String) async throws {
        let house = try await house()
        for vibe in ["", #","vibe":"mellow trip hop for dinner""#] {
            let request = #"{"profile":"anna","mode":"\#(mode)","explain":true\#(vibe)}"#
            let answer = try await house.household.ask(Recommend.self, request)
            let decoded: JSONValue = try WireJSON.decode(WireJSON.encode(answer))
            let tracks = items(of: decoded["tracks"])
            #expect(tracks.count >= 20)
            for track in tracks {
                let sum = items(of: track["terms"]).reduce(0) { $0 + ($1["value"]?.number ?? .nan) }
                #expect(abs(sum - (track["score"]?.number ?? .nan)) < 1e-6)
            }
        }
    }

    private func items(of value: JSONValue?) -> [JSONValue] {
        if case .array(let items) = value { items } else { [] }
    }

    @Test("A list as of a time knows nothing of what was heard or listed later")
    func isReproducible() async throws {
        let house = try await house()
        let at = RFC3339.string(from: house.clock.now)
        let request = #"{"profile":"anna","at":"\#(at)","seed":1}"#
        let before = try await house.household.ask(Recommend.self, request)
        for number in 0..<30 {
            house.clock.advance(900)
            try await house.listen(#"{"title":"Song 0","artist":"Artist \#(number % 7)","profile":"anna"}"#)
        }
        _ = try await generate(#"{"profile":"anna"}"#, in: house)
        let after = try await house.household.ask(Recommend.self, request)
        #expect(before == after)
    }

    @Test("A list ends within a track of the minutes asked for", arguments: [10, 31, 60])
    func minutes(total: Int) async throws {
        let house = try await house()
        let list = try await generate(#"{"profile":"anna","total_minutes":\#(total)}"#, in: house)
        #expect(abs(list.durationS - Double(total) * 60) <= 200)
    }
}
