import HauntTestSupport
import Taste
import Testing

@testable import Household

@Suite("What speakers show, alone")
struct SpeakerStatesTests {
    private func states() throws -> SpeakerStates {
        try Example.store().read { try SpeakerStates([], reading: $0) }
    }

    private func view(of name: String = Example.study, isGuest: Bool = false) -> SpeakerView {
        SpeakerView(
            speakerName: name, topic: name, profile: nil, rule: isGuest ? .guest : .default, mapping: nil,
            guest: isGuest, totalTracks: 25, mode: .balanced, nowPlaying: nil, lastPlaylist: nil)
    }

    @Test("A view is news once, and an older one is news again after another took its place")
    func news() throws {
        var states = try states()
        let views = [view(), view(), view(isGuest: true), view(), view(of: Example.kitchen), view()]
        let news = views.map { states.isNews($0) }
        #expect(news == [true, false, true, true, true, false])
    }

    @Test("Views are news again after the reports, or the speaker alone, were forgotten")
    func forgotten() throws {
        var states = try states()
        let views = [view(of: Example.study), view(of: Example.kitchen)]
        for view in views { _ = states.isNews(view) }
        states.forget("attic")
        states.forget(Example.study)
        let newsOfForgotten = views.map { states.isNews($0) }
        #expect(newsOfForgotten == [true, false])
        states.forgetReports()
        let newsOfAll = views.map { states.isNews($0) }
        #expect(newsOfAll == [true, true])
    }

    @Test("The newest stored list of each speaker is known, then the one that was set, until the speaker is forgotten")
    func lastPlaylist() throws {
        let store = try Example.store()
        try store.write { store in
            for id in ["old", "new"] { try store.insertPlaylist(Example.playlist(id), keeping: 10) }
        }
        var states = try store.read { try SpeakerStates([Example.study, Example.kitchen], reading: $0) }
        #expect(states.lastPlaylist(on: Example.study)?.id == "new")
        #expect(states.lastPlaylist(on: Example.kitchen) == nil)
        states.setLastPlaylist(Example.playlist("set"), on: Example.kitchen)
        #expect(states.lastPlaylist(on: Example.kitchen)?.id == "set")
        states.forget(Example.kitchen)
        #expect(states.lastPlaylist(on: Example.kitchen) == nil)
        #expect(states.lastPlaylist(on: Example.study)?.id == "new")
    }

    @Test(
        "When a profile's lists are gone, its speakers show the newest list that is left, and others what they showed")
    func removedProfile() throws {
        let store = try Example.store()
        try store.write { try $0.insertPlaylist(Example.playlist("left", for: "ben"), keeping: 10) }
        var states = try states()
        states.setLastPlaylist(Example.playlist("hers", for: "anna"), on: Example.study)
        states.setLastPlaylist(Example.playlist("hers too", for: "anna"), on: Example.kitchen)
        states.setLastPlaylist(Example.playlist("his", for: "ben"), on: "attic")
        store.fault = ForeignError()
        try states.forgetPlaylists(ofProfile: "nemo", in: store)
        #expect(throws: ForeignError.self) { try states.forgetPlaylists(ofProfile: "anna", in: store) }
        store.fault = nil
        try states.forgetPlaylists(ofProfile: "anna", in: store)
        #expect(states.lastPlaylist(on: Example.study)?.id == "left")
        #expect(states.lastPlaylist(on: Example.kitchen) == nil)
        #expect(states.lastPlaylist(on: "attic")?.id == "his")
    }

    @Test("Of a list all tracks are counted, and as many titles shown, in order, as fit into the limit")
    func titles() throws {
        let short = SpeakerView.LastPlaylist(Example.playlist(for: "anna", titles: ["One", "Two"]))
        #expect(short.tracks == ["Artist – One", "Artist – Two"])
        #expect(SpeakerView.LastPlaylist(Example.playlist(for: "anna", titles: ["One"], artist: nil)).tracks == ["One"])
        #expect(SpeakerView.LastPlaylist(Example.playlist(for: "anna")).tracks.isEmpty)
        let titles = (100..<200).map { "\($0)" + String(repeating: "a", count: 97) }
        let long = SpeakerView.LastPlaylist(Example.playlist(for: "anna", titles: titles, artist: nil))
        #expect(long.tracks == Array(titles.prefix(Limits.listedTitlesBytes / 100)))
        #expect(long.trackCount == 100)
    }
}
