import HauntTestSupport
import Household
import Taste
import Testing

@Suite("What a speaker's lists look like, and what is shown of speakers and tastes")
struct SpeakerSettingsTests {
    /// Anna's house with some music in it.
    private func house() async throws -> TestHouse {
        let house = try TestHouse.withTwoPeople()
        for number in 0..<12 {
            house.clock.advance(400)
            try await house.listen(#"{"title":"T\#(number)","artist":"A\#(number % 4)","profile":"anna"}"#)
        }
        house.clock.advance(2 * 86_400)
        return house
    }

    @Test("How many tracks and which music a speaker's lists have holds for requests that do not say, there alone")
    func lists() async throws {
        let house = try await house()
        let set = #"{"speaker_name":"media_player.study","total_tracks":2,"mode":"familiar"}"#
        _ = try await house.perform("speaker/settings", set, door: .mqtt)
        let plain = try await house.household.ask(GeneratePlaylist.self, "{}", on: "study")
        #expect(plain.tracks.count == 2)
        #expect(plain.mode.rawValue == "familiar")
        let told = #"{"total_tracks":3,"mode":"balanced","profile":"anna"}"#
        let asked = try await house.household.ask(GeneratePlaylist.self, told, on: "study")
        #expect(asked.tracks.count == 3)
        #expect(asked.mode.rawValue == "balanced")
        let other = try await house.household.ask(GeneratePlaylist.self, #"{"profile":"anna"}"#, on: "kitchen")
        #expect(other.tracks.count > 3)
    }

    @Test("What one setting is changed to leaves the other as it was; nonsense changes neither")
    func partial() async throws {
        let house = try await house()
        _ = try await house.household.ask(SetSpeakerSettings.self, #"{"total_tracks":5}"#, on: "study")
        let view = try await house.household.ask(SetSpeakerSettings.self, #"{"mode":"discovery"}"#, on: "study")
        #expect(view.totalTracks == 5)
        #expect(view.mode == .discovery)
        for bad in [#"{"total_tracks":0}"#, #"{"total_tracks":201}"#, #"{"mode":"wild"}"#, #"{"volume":3}"#] {
            let input = #"{"speaker_name":"study","# + bad.dropFirst()
            await #expect(throws: HouseholdError.self) {
                try await house.perform("speaker/settings", input, door: .mqtt)
            }
        }
        let page = try await house.household.ask(ListSpeakers.self)
        #expect(page.speakers.first { $0.topic == "study" }?.totalTracks == 5)
    }

    @Test("A speaker in guest mode is nobody's for now, and still its owner's")
    func mapping() async throws {
        let house = try await house()
        let view = try await house.household.perform(SetGuestMode(true, onSpeaker: "study"))
        #expect(view.profile == nil)
        #expect(view.mapping == "anna")
    }

    @Test("A speaker's newest list is shown with its titles, as many as fit")
    func titles() async throws {
        let house = try TestHouse.withTwoPeople()
        for number in 0..<30 {
            house.clock.advance(400)
            let title = String(repeating: "ä", count: 180) + "\(number)"
            try await house.listen(#"{"title":"\#(title)","artist":"A\#(number)","profile":"anna"}"#)
        }
        house.clock.advance(2 * 86_400)
        let list = try await house.household.ask(GeneratePlaylist.self, #"{"total_tracks":30}"#, on: "study")
        let page = try await house.household.ask(ListSpeakers.self)
        let shown = try #require(page.speakers.first { $0.topic == "study" }?.lastPlaylist)
        #expect(shown.trackCount == list.tracks.count)
        #expect(shown.tracks.first == "\(list.tracks[0].artist ?? "") – \(list.tracks[0].title)")
        #expect(shown.tracks.count < list.tracks.count)
        #expect(shown.tracks.reduce(0) { $0 + $1.utf8.count } <= 6_000)
    }

    @Test("A taste is summed up once lists were asked for, and again when it has changed")
    func summary() async throws {
        let house = try await house()
        await house.household.refreshSummaries()
        #expect(try await house.household.perform(ShowProfile(name: "anna")).taste.topArtists == [])
        _ = try await house.household.ask(GeneratePlaylist.self, #"{"profile":"anna"}"#)
        await house.household.refreshSummaries()
        let before = try await house.household.perform(ShowProfile(name: "anna")).taste.topArtists
        #expect(Set(before) == ["A0", "A1", "A2", "A3"])
        for _ in 0..<6 {
            house.clock.advance(400)
            try await house.listen(#"{"title":"New","artist":"Newcomer","profile":"anna"}"#)
        }
        await house.household.refreshSummaries()
        #expect(try await house.household.perform(ShowProfile(name: "anna")).taste.topArtists.first == "Newcomer")
    }

    @Test("A speaker that turns out to be another name of one is shown no more")
    func alias() async throws {
        let house = try TestHouse.withTwoPeople()
        var settings = HouseholdSettings()
        settings.speakers = ["media_player.study": "anna", "sonos/study": nil]
        try await house.household.reload(settings)
        #expect(try await house.household.ask(ListSpeakers.self).speakers.contains { $0.speakerName == "sonos/study" })
        settings.speakers["sonos/study"] = nil
        settings.aliases = ["sonos/study": "media_player.study"]
        try await house.household.reload(settings)
        #expect(try await !house.household.ask(ListSpeakers.self).speakers.contains { $0.speakerName == "sonos/study" })
        let removed = house.recorder.events.contains {
            if case .speakerRemoved(topic: "sonos_study") = $0 { true } else { false }
        }
        #expect(removed)
    }
}
