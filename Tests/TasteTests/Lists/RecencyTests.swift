import Foundation
import Testing

@testable import Taste

@Suite("What was heard of late")
struct RecencyTests {
    private let recency = Recency(
        now: .reference(100), windowS: 80,
        latest: [
            [1: .reference(19), 2: .reference(20), 3: .reference(61), 4: .reference(81)], [2: .reference(95)], [:],
        ])

    @Test(
        "The longer a track was unheard, the lower its step; outside of the window it has none",
        arguments: [(1, nil), (2, 3), (3, 1), (4, 2), (5, nil)] as [(TrackID, Int?)])
    func steps(track: TrackID, step: Int?) {
        #expect(recency.step(of: track) == step)
        #expect(recency.contains(track) == (step != nil))
    }

    @Test("A time to come counts as now, and nothing is recent without a window")
    func ahead() {
        #expect(Recency(now: .reference(0), windowS: 80, latest: [[1: .reference(5)]]).step(of: 1) == 3)
        #expect(!Recency.nothing.contains(1))
    }
}
