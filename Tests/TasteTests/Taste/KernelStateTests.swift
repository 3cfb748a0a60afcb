import Foundation
import HauntTestSupport
import Testing

@testable import Taste

@Suite("A profile's own choice of kernel")
struct KernelStateTests {
    @Test(
        "Weeks begin on Monday 00:00 UTC",
        arguments: [("2026-11-23T00:00:00Z", 0.0), ("2026-11-29T23:59:59Z", 604_799)])
    func weeksBeginOnMonday(text: String, secondsIn: Double) throws {
        let time = try Date(text, strategy: .iso8601)
        #expect(time.timeIntervalSince(KernelState.weekStart(of: time)) == secondsIn)
    }

    @Test("Who plays one new song to death after another gets a kernel that forgets fast")
    func prefersFast() {
        var plays: [CountedPlay] = []
        for day in 0..<140 {
            for song in 0..<8 {
                plays.append(
                    CountedPlay(trackID: TrackID(day / 10 * 8 + song), startedAt: .reference(days: Double(day))))
            }
        }
        #expect(
            ["1 d", "2 d", "4 d", "(2,1)", "(2,3)", "(1.5,1)", "(1.25,1)"].contains(
                ProfileTaste.rebuilt(from: plays).kernels.kernel.name))
    }

    @Test("Who rotates old songs, with passing fads in between, gets a kernel that remembers")
    func prefersSlow() {
        var plays: [CountedPlay] = []
        for day in 0..<210 {
            let old = (0..<4).map { (day * 4 + $0) % 30 }
            let fads = (0..<10).flatMap { Array(repeating: 1_000 + day * 10 + $0, count: 5) }
            for id in old + fads {
                plays.append(CountedPlay(trackID: TrackID(id), startedAt: .reference(days: Double(day))))
            }
        }
        #expect(
            ["(0.5,10)", "180 d", "365 d", "730 d", "all"].contains(
                ProfileTaste.rebuilt(from: plays).kernels.kernel.name))
    }

    @Test("Until a week was scored, the standard kernel is in use")
    func beginsStandard() {
        #expect(KernelState().kernel.name == "(1.25,3)")
        let plays = (0..<3).map { CountedPlay(trackID: 1, startedAt: .reference(days: Double($0) * 7)) }
        #expect(ProfileTaste.rebuilt(from: plays).kernels.kernel.name == "(1.25,3)")
    }

    @Test("Every expert that guessed well counts, the better the more, and all tracks keep a score above 0")
    func mixes() {
        var plays: [CountedPlay] = []
        for day in 0..<140 {
            for song in 0..<8 {
                plays.append(
                    CountedPlay(trackID: TrackID(day / 10 * 8 + song), startedAt: .reference(days: Double(day))))
            }
        }
        let taste = ProfileTaste.rebuilt(from: plays)
        let tracks = taste.counters.map { FadedTrack($0, $1, at: .reference(days: 140)) }.sorted { $0.id < $1.id }
        let mixture = taste.kernels.mixture(for: tracks)
        #expect(mixture != KernelState().mixture(for: tracks))
        #expect(tracks.allSatisfy { mixture.score($0) > 0 })
        #expect((mixture.steady[0] + mixture.fresh[0]) > (mixture.steady[6] + mixture.fresh[6]))
    }

    @Test("A stored choice among other kernels is as good as none")
    func dropsOldChoice() throws {
        let old = Data(#"{"favourites":[[1]],"sums":[1,2,3],"weekStart":0,"weeks":1}"#.utf8)
        #expect(try JSONDecoder().decode(KernelState.self, from: old) == KernelState())
    }
}
