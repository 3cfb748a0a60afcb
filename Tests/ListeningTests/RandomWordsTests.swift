import Foundation
import HauntTestSupport
import Listening
import Testing

@Suite("Whatever speakers say")
struct RandomWordsTests {
    private static let media = [
        Speaker.track("One"), Speaker.track("Two", lasting: 40), Speaker.track("Radio", lasting: nil),
        Media(title: "Hello", kind: .announcement), Media(title: "News", kind: .other), Media(),
    ]

    @Test(
        "No second is heard twice, no play overlaps the next, and the order is that of time",
        arguments: RandomSeeds.first(20, of: 200))
    func invariants(seed: UInt64) throws {
        var random = Random(seed: seed)
        var speaker = Speaker()
        var now = 0.0
        for _ in 0..<300 {
            now += Double(random.below(40)) / 2
            let state = PlayerState.allCases[random.below(PlayerState.allCases.count)]
            let media = random.below(5) == 0 ? nil : Self.media[random.below(Self.media.count)]
            let position = random.below(2) == 0 ? nil : Double(random.below(220))
            switch random.below(12) {
            case 0: speaker.isCutOff(at: now)
            case 1: try speaker.restarts(at: now)
            case 2: speaker.wait(until: now)
            default:
                speaker.say(
                    random.below(2) == 0 ? .playing : state, media, at: now, position: position,
                    lookedAt: now - Double(random.below(4)), isReplay: random.below(10) == 0)
            }
        }
        speaker.ends(at: now)
        let heard = speaker.plays.reduce(0) { $0 + $1.playedS }
        #expect(heard <= now + 0.001)
        for play in speaker.plays {
            #expect(play.playedS >= 0)
            #expect(play.playedS <= play.endedAt.timeIntervalSince(play.startedAt) + 0.001)
        }
        let tracks = speaker.plays.filter { $0.media.kind == .music && $0.media.title != nil }
        for (play, next) in zip(tracks, tracks.dropFirst()) {
            #expect(play.endedAt <= next.startedAt.addingTimeInterval(0.001))
        }
    }
}
