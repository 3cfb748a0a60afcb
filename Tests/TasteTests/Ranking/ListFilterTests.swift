import Foundation
import Testing

@testable import Taste

@Suite("What is left out of a list, and why")
struct ListFilterTests {
    private let index = DemoMusic.index

    private func request(_ mode: RankingMode, vibe: String? = nil) -> RankingRequest {
        var request = RankingRequest(now: .reference(days: 101))
        request.taste = DemoMusic.taste((0..<8).map { DemoMusic.id("jazz", $0 % 4, $0) })
        request.mode = mode
        request.vibe = vibe.map { index.parse(vibe: $0) }
        request.maxPerArtist = 4
        return request
    }

    @Test("No explicit track where none may be", arguments: RankingMode.allCases, [nil, "jazz"])
    func dropsExplicit(mode: RankingMode, vibe: String?) {
        var request = request(mode, vibe: vibe)
        request.limit = 100
        let isExplicit = { (track: RankedTrack) in (Int(track.trackID.rawValue) - 1) % DemoMusic.tracksPerArtist == 3 }
        #expect(index.rank(request).contains(where: isExplicit))
        request.allowsExplicit = false
        #expect(!index.rank(request).contains(where: isExplicit))
    }

    @Test("Each filter's tracks are counted among those that would have been there")
    func counts() {
        var request = request(.familiar)
        let all = index.rank(request).map(\.trackID)
        request.recent = .just(heard: [all[0], all[1], DemoMusic.id("techno", 0)], at: request.now)
        request.excluded = [all[2]]
        request.excludedArtists = ["jazz 3"]
        let removed = index.removed(by: request)
        #expect(removed[.recent] == 2)
        let ofArtist = all.filter { index.artistName(ofTrack: $0) == "jazz 3" }
        #expect(removed[.excluded] == Set(ofArtist + [all[2]]).count)
        #expect(index.rank(request).count == all.count - 2 - (removed[.excluded] ?? 0))
    }

    @Test("Nothing left out counts nothing")
    func countsNothing() {
        #expect(index.removed(by: request(.balanced)).isEmpty)
    }

    @Test("What comes after the last track that may was not taken out")
    func countsNoFurther() {
        var request = request(.familiar)
        let all = index.rank(request).map(\.trackID)
        request.limit = 2
        request.recent = .just(heard: [all[1], all[5]], at: request.now)
        #expect(index.removed(by: request) == [.recent: 1])
    }
}

extension Recency {
    /// Tracks that were heard at a time.
    fileprivate static func just(heard tracks: [TrackID], at time: Date) -> Recency {
        let latest = Dictionary(uniqueKeysWithValues: tracks.map { ($0, time) })
        return Recency(now: time, windowS: 60, latest: [latest])
    }
}
