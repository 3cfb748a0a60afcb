import HauntTestSupport
import Foundation
import Testing

@testable import Taste

@Suite("Evaluating a taste on its own history")
struct EvaluationTests {
    private let index = DemoMusic.index

    /// A session a day of tracks from a choice that moves on a track every ten days, artist by artist.
    private func history(days: Int = 300, seed: UInt64 = 1) -> [CountedPlay] {
        var random = SeededGenerator(seed: seed)
        let order = (0..<64).map { DemoMusic.id($0 / 4 % 2 == 0 ? "jazz" : "folk", $0 / 8, $0 % 4) }
        return (0..<days * 12).map { play -> CountedPlay in
            let day = play / 12
            let time = Double(day) * 86_400 + Double(play % 12) * 240
            let choice = order[min(order.count - 8, day / 10)..<min(order.count, day / 10 + 8)]
            return CountedPlay(
                trackID: choice.randomElement(using: &random) ?? 1, startedAt: .reference(time), heardS: 200)
        }
    }

    @Test("Every question begins a session in the last fifth, none in the last week, each once")
    func cutsFairly() {
        let history = EvaluationHistory(plays: history())
        let cuts = history.cuts
        #expect(cuts.count > 5)
        #expect(cuts == Array(Set(cuts)).sorted())
        for cut in cuts {
            #expect(cut >= history.plays.count * 4 / 5)
            #expect(cut.isMultiple(of: 12))
            #expect(history.plays[cut].startedAt <= .reference(days: 293))
        }
    }

    @Test("Somebody whose choice moves on is known better by recent plays than by all")
    func comparesBaselines() throws {
        let table = try #require(index.evaluate(history()).familiar)
        let gains = Dictionary(uniqueKeysWithValues: table.scores.map { ($0.method, $0.gain) })
        let haunt = try #require(gains["haunt"])
        #expect(haunt > (gains["most played ever"] ?? 1))
        #expect(table.scores.first?.method == "haunt")
        #expect(table.scores.allSatisfy { (0...1).contains($0.gain) && (0...1).contains($0.hits) })
        #expect(table.low <= table.difference && table.difference <= table.high)
        #expect(abs(table.difference - (haunt - (gains[table.bestBaseline] ?? 0))) < 1e-9)
    }

    @Test("It is the same each time, and tells how far it is")
    func repeats() {
        var told: [Int] = []
        let first = index.evaluate(history()) { done, count in told.append(done * 1_000 + count) }
        #expect(first == index.evaluate(history()))
        #expect(told == (1...max(1, told.count)).map { $0 * 1_000 + told.count })
        #expect(told.count > 5)
    }

    @Test("A history that is too short is not judged", arguments: [0, 1, 5])
    func judgesNothing(days: Int) {
        let evaluation = index.evaluate(history(days: days))
        #expect(evaluation.familiar == nil)
        #expect(evaluation.discovery == nil)
    }

    @Test("Of artists to find, those like what is played are found before chance finds them")
    func findsArtists() throws {
        // Eleven families of 150 artists; a new artist of the first family is found every day.
        let music = CatalogIndex.of(
            (0..<1_650).map { row in
                TrackDescription(
                    id: TrackID(row + 1), artist: "Artist \(row)", title: "T",
                    artistGenres: ["family \(row % 11)", "kind \(row % 11) \(row % 5)"])
            })
        let plays = (0..<600).map { play -> CountedPlay in
            let (day, number) = (play / 4, play % 4)
            let time = Double(day) * 86_400 + Double(number) * 240
            return CountedPlay(
                trackID: TrackID(max(0, day - number) * 11 + 1), startedAt: .reference(time), heardS: 200)
        }
        let table = try #require(music.evaluate(plays).discovery)
        let scores = Dictionary(uniqueKeysWithValues: table.scores.map { ($0.method, $0) })
        let (haunt, chance) = (try #require(scores["haunt"]), try #require(scores["chance"]))
        #expect(haunt.gain > chance.gain + 0.5)
        #expect(haunt.coverage ?? 0 > 0.9)
    }
}
