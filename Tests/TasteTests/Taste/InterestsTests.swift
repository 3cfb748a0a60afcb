import Foundation
import Testing

@testable import Taste

@Suite("Interests")
struct InterestsTests {
    private let index = DemoMusic.index
    private let fan = DemoMusic.taste(
        (0..<5).map { DemoMusic.id("jazz", $0) } + (0..<3).map { DemoMusic.id("metal", $0) })

    @Test("Their importances sum to one, and no artist is in two")
    func areWhole() throws {
        let interests = try #require(
            Interests(of: ArtistPlays(of: fan, in: index, now: .reference(days: 101)), in: index))
        #expect(abs(interests.all.reduce(0) { $0 + $1.importance } - 1) < 1e-9)
        let artists = interests.all.flatMap(\.artists)
        #expect(Set(artists).count == artists.count)
        #expect(artists.count == 8)
    }

    @Test("Merits are the nearest whole numbers, of two that are as near the even one")
    func roundMerits() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<2_000 {
            let merits = SIMD16<Float>.random(in: -32_000...32_000, using: &generator)
            #expect(ArtistMerits.rounded(merits) == SIMD16<Int16>(merits, rounding: .toNearestOrEven))
        }
        let halves = SIMD16<Float>(-2.5, -1.5, -0.5, -0.0, 0, 0.5, 1.5, 2.5, 8_192.5, 8_193.5, 3, -3, 1, 2, 4, 5)
        #expect(ArtistMerits.rounded(halves) == SIMD16<Int16>(halves, rounding: .toNearestOrEven))
    }

    @Test(
        "What was played so long ago that nothing of it counts still has sides, makes lists and a picture",
        arguments: [10_000.0, 40_000, 3_000_000])
    func areOld(days: Double) throws {
        let now = Date.reference(days: days)
        let interests = try #require(Interests(of: ArtistPlays(of: fan, in: index, now: now), in: index))
        #expect(abs(interests.all.reduce(0) { $0 + $1.importance } - 1) < 1e-9)
        for mode in RankingMode.allCases {
            var request = RankingRequest(now: now)
            request.taste = fan
            request.mode = mode
            #expect(!index.rank(request).isEmpty)
        }
    }

    @Test("An artist is nearest to the interest it is in")
    func fit() throws {
        let interests = try #require(
            Interests(of: ArtistPlays(of: fan, in: index, now: .reference(days: 101)), in: index))
        for (number, interest) in interests.all.enumerated() {
            for artist in interest.artists {
                let cosines = interests.cosines(ofArtist: Int(artist), in: index)
                #expect(interests.all.indices.allSatisfy { cosines[$0] <= cosines[number] + 1e-4 })
            }
        }
    }

    @Test("One artist is an interest already, and what is new follows it from the first play on")
    func firstPlay() throws {
        let taste = DemoMusic.taste([DemoMusic.id("jazz", 0)], days: 1)
        let plays = ArtistPlays(of: taste, in: index, now: .reference(days: 101))
        #expect(try #require(Interests(of: plays, in: index)).all.map(\.artists.count) == [1])
        var request = RankingRequest(now: .reference(days: 101))
        request.taste = taste
        request.mode = .discovery
        request.limit = 7
        #expect(index.rank(request).allSatisfy { DemoMusic.genre($0.trackID) == "jazz" })
    }

    @Test("Artists without tags are none")
    func needTags() {
        let untagged = CatalogIndex.of([TrackDescription(id: 1, artist: "Ada Tone", title: "First Light")])
        let plays = ArtistPlays(of: DemoMusic.taste([1]), in: untagged, now: .reference(days: 101))
        #expect(Interests(of: plays, in: untagged) == nil)
    }

    @Test("A summary names artists played and what they are")
    func areSummedUp() {
        let summary = index.summary(of: fan, now: .reference(days: 101))
        #expect(summary.topArtists.count == 5)
        #expect(!summary.interests.isEmpty)
        #expect(index.summary(of: ProfileTaste(), now: .reference(0)) == TasteSummary(topArtists: [], interests: []))
    }
}
