import Foundation
import HauntTestSupport
import Testing

@testable import Taste

@Suite("A taste counted play by play")
struct ProfileTasteTests {
    @Test("A short track that was completed counts, however few its seconds")
    func shortTrack() {
        let play = CountedPlay(trackID: 1, startedAt: .reference(0), heardS: 20, isCompleted: true)
        #expect(!ProfileTaste.rebuilt(from: [play]).isEmpty)
    }

    @Test("It equals a taste rebuilt from all plays, to the bit", arguments: RandomSeeds.first(6, of: 60))
    func equalsRebuild(seed: UInt64) {
        let arrivals = RandomHistory(seed: seed).arrivals
        var house = PlayByPlay()
        for (number, play) in arrivals.enumerated() {
            house.take(play)
            if number % 41 == 0 || number == arrivals.count - 1 {
                #expect(house.taste.bits == ProfileTaste.rebuilt(from: house.sorted()).bits)
            }
        }
        #expect(house.updates > house.rebuilds, "most plays are counted without a rebuild")
    }

    @Test("A play of which little was heard changes nothing")
    func ignoresSkips() {
        let skip = CountedPlay(trackID: 1, startedAt: .reference(0), heardS: 29.9)
        #expect(ProfileTaste().change(for: skip) == .nothing)
        #expect(ProfileTaste.rebuilt(from: [skip]).isEmpty)
    }

    @Test("An unknown length of play counts, and so does just enough")
    func countsUnknown() {
        let plays = [nil, 30].map { CountedPlay(trackID: 1, startedAt: .reference(0), heardS: $0) }
        #expect(ProfileTaste.rebuilt(from: plays).counters[1]?.plays == 2)
    }

    @Test("A play older than the track's last asks for a recount, and one from before the week is late")
    func asks() {
        let taste = ProfileTaste.rebuilt(from: [CountedPlay(trackID: 1, startedAt: .reference(days: 10))])
        let older = CountedPlay(trackID: 1, startedAt: .reference(days: 9))
        let muchOlder = CountedPlay(trackID: 2, startedAt: .reference(days: 6))
        #expect(taste.change(for: older) == .recount(trackID: 1))
        #expect(taste.change(for: muchOlder) == .recount(trackID: 2))
        #expect(!taste.isLate(older))
        #expect(taste.isLate(muchOlder))
    }

    @Test("A track without plays left is forgotten")
    func forgets() {
        var taste = ProfileTaste.rebuilt(from: [CountedPlay(trackID: 1, startedAt: .reference(0))])
        taste.apply(taste.recounted(1, from: []))
        #expect(taste.isEmpty)
    }

    @Test("It comes back from what is stored as it was")
    func survivesStorage() throws {
        let taste = ProfileTaste.rebuilt(from: RandomHistory(seed: 7).arrivals.sorted { $0.startedAt < $1.startedAt })
        let kernels = try JSONDecoder().decode(KernelState.self, from: JSONEncoder().encode(taste.kernels))
        let counters = taste.counters.compactMapValues {
            PlayCounters(first: $0.first, last: $0.last, values: $0.values)
        }
        #expect(ProfileTaste(counters: counters, kernels: kernels).bits == taste.bits)
    }
}

/// What a household does with plays as they arrive.
private struct PlayByPlay {
    var taste = ProfileTaste()
    var plays: [CountedPlay] = []
    var updates = 0
    var rebuilds = 0

    mutating func take(_ play: CountedPlay) {
        plays.append(play)
        let change = taste.change(for: play)
        switch change {
        case .recount(let trackID):
            let isLate = taste.isLate(play)
            taste.apply(taste.recounted(trackID, from: sorted().filter { $0.trackID == trackID }))
            guard isLate else { return }
            // All but the choice of kernel is right before the rebuild.
            rebuilds += 1
            let rebuilt = ProfileTaste.rebuilt(from: sorted())
            #expect(taste.counters == rebuilt.counters)
            taste = rebuilt
        case .nothing, .update:
            updates += 1
            taste.apply(change)
        }
    }

    func sorted() -> [CountedPlay] {
        plays.enumerated().sorted { ($0.element.startedAt, $0.offset) < ($1.element.startedAt, $1.offset) }.map(
            \.element)
    }
}
