import Foundation
import HauntTestSupport
import Testing

@testable import Taste

@Suite("Tracks chosen of one artist")
struct TrackChoiceTests {
    private static let count = 300

    private func index(_ generator: inout SeededGenerator) -> CatalogIndex {
        let tracks = (1...Self.count).map { id in
            TrackDescription(
                id: TrackID(Int64(id)), artist: "Prolific", title: "Song \(id)", artistGenres: ["pop"],
                popularity: Double(Int.random(in: 0...9, using: &generator) * 10))
        }
        return CatalogIndex.of(tracks.shuffled(using: &generator))
    }

    @Test("They are those that a look at all tracks finds, liked ones first", arguments: [1, 4, 40, 1_000])
    func sameAsAll(most: Int) throws {
        var generator = SeededGenerator(seed: UInt64(most))
        let index = index(&generator)
        let merits = (0..<Self.count).map { _ in Float(Int.random(in: 0...4, using: &generator)) / 20 }
        var request = RankingRequest(now: .reference(0))
        request.maxPerArtist = most
        let liked = GivenVerdict(.like, trackID: 17, artistKey: "prolific", givenAt: .reference(0))
        request.heed(Verdicts([liked], at: .reference(0)))
        request.recent = Recency(
            now: .reference(0), windowS: 60,
            latest: [Dictionary(uniqueKeysWithValues: (100...200).map { (TrackID($0), .reference(0)) })])
        let merit = { (row: Int32) in row < 5 ? 1 : merits[Int(row)] }
        let bounds = Ranker.MeritBounds(most: 0.2, popularity: 0.002, special: [0, 1, 2, 3, 4])
        let ranker = Ranker(index: index, request: request)

        func score(_ row: Int32) -> Float {
            let track = index.tracks[Int(row)]
            return track.id == 17 ? .infinity : merit(row) + 0.002 * track.popularity
        }
        let all = (0..<Int32(Self.count)).filter(ranker.allows)
            .sorted { (score($1), $0) < (score($0), $1) }.prefix(most)
        #expect(ranker.choice(ofArtist: 0, bounds, merit: merit) == Array(all))
        #expect(all.contains { index.tracks[Int($0)].id == 17 })
    }

    @Test("A track that came in later stands where it would have stood from the beginning")
    func addedLater() throws {
        let late = TrackDescription(id: 33, artist: "jazz 1", title: "Late", artistGenres: ["jazz"], popularity: 4.5)
        let row = try #require(DemoMusic.index.artistRows["jazz 1"].map(Int.init))
        func ids(_ index: CatalogIndex) -> [TrackID] {
            index.artists[row].tracks.map { index.tracks[Int($0)].id }
        }
        let tracks = DemoMusic.tracks.filter { $0.id != late.id }
        #expect(ids(CatalogIndex.of(tracks).adding(late)) == ids(CatalogIndex.of(tracks + [late])))
    }
}
