import Foundation
import Testing

@testable import Taste

@Suite("Play counters")
struct PlayCountersTests {
    @Test("Each counter halves in its half-life, and the last one never does")
    func halves() {
        let counters = PlayCounters(firstPlayAt: .reference(0))
        for (position, days) in PlayCounters.halfLivesDays.enumerated() where days.isFinite {
            #expect(abs(counters.faded(at: .reference(days: days))[position] - 0.5) < 1e-12)
        }
        #expect(counters.faded(at: .reference(days: 100_000))[6] == 1)
    }

    @Test("A play adds one to what is left of those before")
    func adds() {
        var counters = PlayCounters(firstPlayAt: .reference(0))
        counters.count(playAt: .reference(days: 4))
        #expect(abs(counters.values[1] - 1.5) < 1e-4)
        #expect(counters.plays == 2)
    }

    @Test("A play counts half when it follows at once, three quarters after six hours, and as one play all the same")
    func dampsRepeats() {
        var counters = PlayCounters(firstPlayAt: .reference(0))
        counters.count(playAt: .reference(0))
        #expect(counters.values == [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 2])
        counters.count(playAt: .reference(days: 0.25))
        #expect(abs(counters.values[5] - 2.25) < 1e-3)
        #expect(counters.plays == 3)
    }

    @Test("A clock that goes back fades nothing")
    func toleratesClock() {
        let counters = PlayCounters(firstPlayAt: .reference(100))
        #expect(counters.faded(at: .reference(0)) == counters.faded(at: .reference(100)))
    }

    @Test(
        "Stored values of the wrong number or not finite are refused",
        arguments: [[], [1, 2], [1, 1, 1, 1, 1, 1, .nan]])
    func refuses(values: [Double]) {
        #expect(PlayCounters(first: .reference(0), last: .reference(0), values: values) == nil)
    }

    @Test("The weights of each kernel sum to one")
    func kernelsAreScaled() {
        for kernel in Kernel.all { #expect(abs(kernel.weights.sum() - 1) < 5e-5, "\(kernel.name)") }
        #expect(Kernel.standard.name == "(1.25,3)")
    }
}
