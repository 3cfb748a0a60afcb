import Foundation
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
                plays.append(CountedPlay(trackID: Int64(day / 10 * 8 + song), startedAt: .reference(days: Double(day))))
            }
        }
        #expect(["(2.0,3)", "(1.6,3)"].contains(ProfileTaste.rebuilt(from: plays).kernels.kernel.name))
    }

    @Test("Who rotates old songs, with passing fads in between, gets a kernel that remembers")
    func prefersSlow() {
        var plays: [CountedPlay] = []
        for day in 0..<210 {
            let old = (0..<4).map { (day * 4 + $0) % 30 }
            let fads = (0..<10).flatMap { Array(repeating: 1_000 + day * 10 + $0, count: 5) }
            for id in old + fads {
                plays.append(CountedPlay(trackID: Int64(id), startedAt: .reference(days: Double(day))))
            }
        }
        #expect(["(0.7,20)", "(0.3,20)", "(all)"].contains(ProfileTaste.rebuilt(from: plays).kernels.kernel.name))
    }

    @Test("Until a week was scored, the standard kernel is in use")
    func beginsStandard() {
        #expect(KernelState().kernel.name == "(1.3,3)")
        let plays = (0..<3).map { CountedPlay(trackID: 1, startedAt: .reference(days: Double($0) * 7)) }
        #expect(ProfileTaste.rebuilt(from: plays).kernels.kernel.name == "(1.3,3)")
    }
}
