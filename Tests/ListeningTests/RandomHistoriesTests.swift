import Foundation
import HauntTestSupport
import Listening
import Testing

/// Thousands of histories, each told by its seed when something is wrong with it.
@Suite("Whatever a house says")
struct RandomHistoriesTests {
    /// The last ones failed once: three speakers of which each preceded the next, a leader that began anew, and one that left
    /// the speaker that continues its listen.
    private static let seeds = RandomSeeds.first(40, of: 400) + [213, 1_066, 1_156]

    @Test(
        "No second counts that no speaker of the group was seen playing, but 12 for each play whose beginning was not seen"
    )
    func seenSeconds() throws {
        for seed in Self.seeds {
            for hasGroups in [false, true] {
                let history = History(seed: seed, hasGroups: hasGroups)
                let plays = try history.plays().filter(\.counts)
                for name in History.speakers {
                    let own = plays.filter { $0.play.speakerName == name }
                    let heard = own.reduce(0) { $0 + $1.play.playedS }
                    let seen = history.secondsSeen(of: hasGroups ? Set(History.speakers) : [name])
                    #expect(
                        heard <= seen + 12 * Double(own.count) + 0.001, "seed \(seed), groups \(hasGroups), \(name)")
                }
            }
        }
    }

    @Test("No instant counts for two plays of one speaker")
    func noInstantTwice() throws {
        for seed in Self.seeds {
            let plays = try History(seed: seed).plays().filter(\.counts)
            for name in History.speakers {
                let stretches = plays.filter { $0.play.speakerName == name }.flatMap(\.stretches).sorted {
                    $0.from < $1.from
                }
                for (one, next) in zip(stretches, stretches.dropFirst()) {
                    #expect(one.to <= next.from + 0.001, "seed \(seed), \(name)")
                }
            }
        }
    }

    @Test(
        "No play is longer than its track, or shorter than nothing, or heard for longer than from its begin to its end")
    func lengths() throws {
        for seed in Self.seeds {
            for heard in try History(seed: seed).plays() {
                let play = heard.play
                #expect(
                    play.playedS >= 0 && play.playedS <= (play.media.durationS ?? .infinity) + 0.001, "seed \(seed)")
                #expect(play.playedS <= play.endedAt.timeIntervalSince(play.startedAt) + 0.001, "seed \(seed)")
            }
        }
    }

    @Test("Nothing that a broker remembers makes a play, and where nothing was cut off it changes none")
    func replays() throws {
        for seed in Self.seeds {
            let history = History(seed: seed, hasGaps: false)
            #expect(try history.plays { word in [Self.replay(of: word)] }.isEmpty, "seed \(seed)")
            let live = try history.plays { $0.isReplay ? [] : [$0] }
            #expect(
                try history.plays { $0.isReplay ? [$0] : [Self.replay(of: $0), $0, Self.replay(of: $0)] }.map(\.summary)
                    .sorted() == live.map(\.summary).sorted(), "seed \(seed)")
        }
    }

    @Test("The same words from one source or from two give the same plays")
    func doubled() throws {
        for seed in Self.seeds {
            for hasGroups in [false, true] {
                let history = History(seed: seed, hasGroups: hasGroups, hasReplays: false, sources: 1)
                let twice = try history.plays { [$0, Self.word($0, from: "two")] }
                let once = try history.plays()
                #expect(
                    twice.map(\.summary).sorted() == once.map(\.summary).sorted(), "seed \(seed), groups \(hasGroups)")
            }
        }
    }

    @Test("A tracker that is put down and read again after every word gives the same plays")
    func cut() throws {
        for seed in Self.seeds.prefix(100) {
            let history = History(seed: seed)
            #expect(try history.plays(isCopied: true).map(\.summary) == history.plays().map(\.summary), "seed \(seed)")
        }
    }

    private static func replay(of word: PlayerUpdate) -> PlayerUpdate {
        var word = word
        word.isReplay = true
        return word
    }

    private static func word(_ word: PlayerUpdate, from source: String) -> PlayerUpdate {
        var word = word
        word.source = source
        return word
    }
}
