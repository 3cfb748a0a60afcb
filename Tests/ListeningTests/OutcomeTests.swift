import Foundation
import Listening
import Testing

@Suite("What a play is worth")
struct OutcomeTests {
    private let one = Speaker.track("One")
    private let two = Speaker.track("Two")

    @Test(
        "Half of the track, or four minutes, make it completed; less is partial, and little of it a skip",
        arguments: [
            (100.0, 200.0, "completed"), (99, 200, "partial"), (51, 200, "partial"), (49, 200, "skipped"),
            (29, 60, "skipped"), (30, 60, "completed"), (240, 3_600, "skipped"), (900, 3_600, "completed"),
        ] as [(Double, Double, String)])
    func replaced(heard: Double, duration: Double, outcome: String) {
        var speaker = Speaker()
        if duration == 3_600 { speaker.rules.completeAfterS = heard == 240 ? 241 : 240 }
        speaker.plays(Speaker.track("One", lasting: duration), at: 0)
        speaker.plays(two, at: heard)
        #expect(speaker.plays.map(\.outcome.rawValue) == [outcome])
    }

    @Test("A track of unknown length is completed after four minutes")
    func unknownLength() {
        var speaker = Speaker()
        speaker.plays(Speaker.track("Radio song", lasting: nil), at: 0)
        speaker.plays(Speaker.track("Next", lasting: nil), at: 239)
        speaker.plays(two, at: 479)
        #expect(speaker.story == ["Radio song partial 239", "Next completed 240"])
    }

    @Test("A play that is stopped is never a skip, and one of less than two seconds is nothing")
    func stopped() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.say(.off, at: 10)
        speaker.wait(until: 15)
        speaker.plays(two, at: 60)
        speaker.say(.idle, at: 61.5)
        speaker.wait(until: 70)
        #expect(speaker.story == ["One partial 10", "Two ignored 2"])
        #expect(speaker.plays.last?.reason == "hardly heard")
    }

    @Test(
        "Short tracks, announcements, adverts and what is no music are ignored, each with its reason",
        arguments: [
            (Media(title: "Jingle", artist: "A", durationS: 29), "too short"),
            (Media(title: "The door is open", durationS: 40, kind: .announcement), "announcement"),
            (Media(title: "Advertisement", artist: "Spotify", durationS: 40, kind: .advert), "advert"),
            (Media(title: "The news", kind: .other), "not music"), (Media(uri: "line-in"), "no title"),
        ])
    func ignored(media: Media, reason: String) {
        var speaker = Speaker()
        speaker.plays(media, at: 0)
        speaker.plays(one, at: 300)
        #expect(speaker.plays.map(\.outcome) == [.ignored])
        #expect(speaker.plays.map(\.reason) == [reason])
    }

    @Test("A track without an artist is a listen")
    func noArtist() {
        var speaker = Speaker()
        speaker.plays(Speaker.track("untagged.flac", artist: nil), at: 0)
        speaker.plays(one, at: 150)
        #expect(speaker.story == ["untagged.flac completed 150"])
        #expect(speaker.plays.first?.media.artist == nil)
    }

    @Test("Thresholds are those of the rules that came with the speaker's words")
    func ownRules() {
        var speaker = Speaker()
        speaker.rules.minTrackS = 5
        speaker.rules.skipUnderS = 3
        speaker.plays(Speaker.track("Eight", lasting: 8), at: 0)
        speaker.plays(Speaker.track("Twenty", lasting: 20), at: 4)
        speaker.plays(two, at: 9.5)
        #expect(speaker.story == ["Eight completed 4", "Twenty partial 6"])
    }

    @Test(
        "A play handed in from elsewhere is judged by what is known of it",
        arguments: [
            (nil, nil, "completed"), (nil, 200, "completed"), (99, 200, "partial"), (100, 200, "completed"),
            (1, 200, "ignored"), (nil, 29, "ignored"), (239, nil, "partial"),
        ] as [(Double?, Double?, String)])
    func handedIn(heard: Double?, duration: Double?, outcome: String) {
        let judgement = ListenRules().judge(heardS: heard, durationS: duration)
        #expect(judgement.outcome.rawValue == outcome)
        #expect(judgement.outcome != .ignored || judgement.reason != nil)
    }
}
