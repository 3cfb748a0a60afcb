import Foundation
import Testing

@testable import Taste

@Suite("A prepared taste")
struct PreparedTasteTests {
    private let index = DemoMusic.index
    private let fan = DemoMusic.taste((0..<8).map { DemoMusic.id("jazz", $0 % 4, $0) })

    private func request(_ mode: RankingMode, vibe: String?, at now: Date) -> RankingRequest {
        var request = RankingRequest(now: now)
        request.taste = fan
        request.mode = mode
        request.vibe = vibe.map { index.parse(vibe: $0) }
        return request
    }

    @Test("It ranks as the taste does", arguments: RankingMode.allCases, [nil, "mellow jazz"])
    func ranksAlike(mode: RankingMode, vibe: String?) {
        var request = request(mode, vibe: vibe, at: .reference(days: 101))
        let ranked = index.rank(request)
        request.preparedTaste = PreparedTaste(fan, in: index, now: request.now)
        #expect(request.preparedTaste != nil)
        request.taste = nil
        #expect(!ranked.isEmpty)
        #expect(index.rank(request) == ranked)
    }

    @Test("It fits its catalog for a quarter of an hour, and no other state of the catalog")
    func fits() throws {
        let now = Date.reference(days: 101)
        let prepared = PreparedTaste(fan, in: index, now: now)
        let taste = try #require(prepared)
        #expect(taste.fits(index, at: now.addingTimeInterval(899)))
        #expect(!taste.fits(index, at: now.addingTimeInterval(900)))
        #expect(!taste.fits(index, at: now.addingTimeInterval(-1)))
        let track = TrackDescription(id: 9_999, artist: "New", title: "T")
        #expect(!taste.fits(index.adding(track), at: now))
    }

    @Test("One that does not fit is not used")
    func isNotUsedElsewhere() {
        var request = request(.balanced, vibe: nil, at: .reference(days: 101))
        let ranked = index.rank(request)
        let other = DemoMusic.taste([DemoMusic.id("metal", 0)])
        request.preparedTaste = PreparedTaste(other, in: index, now: .reference(days: 90))
        #expect(index.rank(request) == ranked)
    }

    @Test("Nothing played is nothing to prepare")
    func isEmpty() {
        #expect(PreparedTaste(ProfileTaste(), in: index, now: .reference(0)) == nil)
    }
}
