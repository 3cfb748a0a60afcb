import Foundation
import Testing

@testable import Taste

@Suite("How much of a balanced list is new")
struct DiscoveryShareTests {
    private let index = DemoMusic.index

    /// A play an hour for 300 days by an old artist, and from day 245 on by new ones in a share of the hours.
    private func taste(newEvery step: Int?) -> ProfileTaste {
        ProfileTaste.rebuilt(
            from: (0..<300 * 24).map { hour in
                let isNew = step.map { hour >= 245 * 24 && hour % $0 == 0 } ?? false
                let id = isNew ? DemoMusic.id("folk", hour % 8) : DemoMusic.id("jazz", hour % 4)
                return CountedPlay(trackID: id, startedAt: .reference(days: Double(hour) / 24))
            })
    }

    private func share(_ taste: ProfileTaste, day: Double) -> Double {
        let now = Date.reference(days: day)
        return DiscoveryShare.ofList(for: ArtistPlays(of: taste, in: index, now: now), now: now)
    }

    @Test("Whoever takes up what is new gets more of it, within bounds")
    func adapts() {
        let shares = [nil, 4, 2, 1].map { share(taste(newEvery: $0), day: 300) }
        #expect(shares == shares.sorted())
        #expect(Set(shares).count == 4)
        #expect(shares.first == 0.1)
        #expect((shares.last ?? 0) > 0.4)
    }

    @Test("A young profile gets the usual share")
    func isUsualAtFirst() {
        #expect(share(ProfileTaste(), day: 0) == 0.3)
        #expect(share(DemoMusic.taste([1, 2, 3]), day: 101) == 0.3)
    }
}
