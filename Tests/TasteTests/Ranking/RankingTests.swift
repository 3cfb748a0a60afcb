import Foundation
import Testing

@testable import Taste

@Suite("Ranking")
struct RankingTests {
    private let index = DemoMusic.index
    private let jazzFan = DemoMusic.taste([DemoMusic.id("jazz", 0), DemoMusic.id("jazz", 1), DemoMusic.id("jazz", 2)])

    private func request(_ taste: ProfileTaste? = nil, _ mode: RankingMode = .balanced, vibe: String? = nil)
        -> RankingRequest
    {
        var request = RankingRequest(now: .reference(days: 101))
        request.taste = taste
        request.mode = mode
        request.vibe = vibe.map { index.parse(vibe: $0) }
        request.limit = 12
        return request
    }

    @Test("Familiar is what was played, the most and latest first")
    func ranksFamiliar() {
        var plays = (0..<5).map { CountedPlay(trackID: 1, startedAt: .reference(days: Double($0))) }
        plays.append(CountedPlay(trackID: 2, startedAt: .reference(days: 3)))
        let ranked = index.rank(request(ProfileTaste.rebuilt(from: plays), .familiar))
        #expect(ranked.map(\.trackID) == [1, 2])
    }

    @Test("Discovery has no artist that was ever played, and leans to what is liked")
    func ranksDiscovery() {
        let ranked = index.rank(request(jazzFan, .discovery))
        #expect(ranked.count == 12)
        #expect(
            !ranked.contains {
                DemoMusic.genre($0.trackID) == "jazz" && index.artistName(ofTrack: $0.trackID) == "jazz 0"
            })
        #expect(DemoMusic.genre(ranked[0].trackID) == "jazz")
        #expect(Set(ranked.prefix(5).map { index.artistName(ofTrack: $0.trackID) }).count == 5)
    }

    @Test("Two sides of a taste are both served")
    func servesBothSides() {
        let ids = (0..<4).map { DemoMusic.id("jazz", $0) } + (0..<3).map { DemoMusic.id("metal", $0) }
        let genres = index.rank(request(DemoMusic.taste(ids), .discovery)).prefix(6).map { DemoMusic.genre($0.trackID) }
        #expect(genres.contains("jazz"))
        #expect(genres.contains("metal"))
    }

    @Test("Balanced mixes known and new in the documented share")
    func mixes() {
        let taste = DemoMusic.taste((0..<8).map { DemoMusic.id("jazz", $0) })
        var request = request(taste, .balanced)
        request.limit = 10
        let ranked = index.rank(request)
        let known = ranked.filter { taste.counters[$0.trackID] != nil }.count
        #expect(ranked.count == 10)
        #expect(known == 7)
    }

    @Test("A wish without a taste gets what its words say")
    func fitsWords() {
        let request = request(vibe: "bebop jazz please")
        #expect(index.rank(request).prefix(8).allSatisfy { DemoMusic.genre($0.trackID) == "jazz" })
        #expect(index.reasons(request).allSatisfy { !$0.text.isEmpty })
    }

    @Test("A metal fan who asks for jazz gets jazz, the artist they know first")
    func wishComesFirst() {
        let fan = DemoMusic.taste((0..<4).map { DemoMusic.id("metal", $0) } + [DemoMusic.id("jazz", 7)])
        let ranked = index.rank(request(fan, vibe: "jazz"))
        #expect(ranked.prefix(6).allSatisfy { DemoMusic.genre($0.trackID) == "jazz" })
        #expect(ranked.first?.trackID == DemoMusic.id("jazz", 7))
    }

    @Test("Who names an artist gets what is like it, and a mood beside the name does not drown that")
    func nameBeforeMood() {
        let ranked = index.rank(request(vibe: "like Folk 3 but danceable"))
        #expect(index.artistName(ofTrack: ranked[0].trackID) == "folk 3")
        #expect(ranked.prefix(5).count { DemoMusic.genre($0.trackID) == "folk" } >= 4)
        #expect(ranked.contains { DemoMusic.genre($0.trackID) == "techno" })
    }

    @Test("What is not wanted is not there")
    func leavesOut() {
        let ranked = index.rank(request(vibe: "techno but no metal"))
        #expect(!ranked.contains { DemoMusic.genre($0.trackID) == "metal" })
    }

    @Test("A named artist comes first, an unwanted one never")
    func hearsNames() {
        #expect(
            index.rank(request(vibe: "something like Folk 3")).first.flatMap { index.artistName(ofTrack: $0.trackID) }
                == "folk 3")
        let without = index.rank(request(vibe: "folk, not Folk 3"))
        #expect(!without.contains { index.artistName(ofTrack: $0.trackID) == "folk 3" })
    }

    @Test("Nobody with no wish gets what the catalog has most of, and is told so")
    func fallsBack() {
        let reasons = index.reasons(request())
        #expect(reasons.count == 12)
        #expect(reasons.allSatisfy { $0.kind == "popular" })
        #expect(index.rank(request(ProfileTaste(), .balanced)).count == 12)
    }

    @Test("What is near to any side of a taste comes first, and what is near to none is not said to be")
    func nearFirst() {
        let fan = DemoMusic.taste((0..<7).map { DemoMusic.id("metal", $0) } + [DemoMusic.id("jazz", 0)])
        var request = request(fan, .discovery)
        request.maxPerArtist = 1
        let genres = index.rank(request).map { DemoMusic.genre($0.trackID) ?? "" }
        #expect(genres.prefix(8).sorted() == ["jazz", "jazz", "jazz", "jazz", "jazz", "jazz", "jazz", "metal"])
        let reasons = index.reasons(request)
        #expect(reasons.count == 12)
        #expect(reasons.prefix(8).allSatisfy { $0.text.contains("too") })
        #expect(reasons.dropFirst(8).allSatisfy { $0.text.contains("nothing nearer to your ") })
    }

    @Test("Nothing is familiar to a profile that played nothing")
    func nothingFamiliar() {
        #expect(index.rank(request(ProfileTaste(), .familiar)).isEmpty)
    }

    @Test("The cap on an artist holds, and may be lifted", arguments: [1, 2, 4])
    func capsArtists(cap: Int) {
        let all = (0..<4).map { DemoMusic.id("jazz", 0, $0) }
        var known = request(DemoMusic.taste(all), .familiar)
        known.maxPerArtist = cap
        #expect(index.rank(known).count == cap)
        var wish = request(vibe: "jazz")
        wish.maxPerArtist = cap
        let counts = Dictionary(grouping: index.rank(wish)) { index.artistName(ofTrack: $0.trackID) }.mapValues(\.count)
        #expect(counts.values.max() == cap)
    }

    @Test("Only a pool's tracks are chosen", arguments: RankingMode.allCases)
    func obeysPool(mode: RankingMode) {
        var request = request(jazzFan, mode)
        request.pool = Pool(lines: ["JAZZ 0", "The Jazz 5\tsong 2 (Remastered 2011)", "", "Folk 1\tSong 9"])
        let allowed = Set((0..<4).map { DemoMusic.id("jazz", 0, $0) } + [DemoMusic.id("jazz", 5, 2)])
        #expect(index.rank(request).allSatisfy { allowed.contains($0.trackID) })
        request.vibe = index.parse(vibe: "jazz")
        #expect(index.rank(request).allSatisfy { allowed.contains($0.trackID) })
    }

    @Test("Excluded tracks and artists are never chosen", arguments: RankingMode.allCases)
    func obeysExclusion(mode: RankingMode) {
        var request = request(jazzFan, mode)
        request.excluded = [DemoMusic.id("jazz", 0)]
        request.excludedArtists = ["jazz 1", "jazz 4"]
        for vibe in [nil, index.parse(vibe: "jazz")] {
            request.vibe = vibe
            let names = index.rank(request).map { index.artistName(ofTrack: $0.trackID) }
            #expect(!names.contains("jazz 1") && !names.contains("jazz 4"))
            #expect(!index.rank(request).contains { $0.trackID == DemoMusic.id("jazz", 0) })
        }
    }

    @Test(
        "The same question gets the same answer, and every score is the sum of its terms",
        arguments: RankingMode.allCases)
    func isReproducible(mode: RankingMode) {
        for vibe in [nil, "calm folk from the 70s"] {
            let ranked = index.rank(request(jazzFan, mode, vibe: vibe))
            #expect(ranked == CatalogIndex.of(DemoMusic.tracks).rank(request(jazzFan, mode, vibe: vibe)))
            for track in ranked { #expect(abs(track.score - track.terms.reduce(0) { $0 + $1.value }) < 1e-9) }
        }
    }

    @Test("Reasons say how often a track was really played")
    func countsPlays() {
        let reasons = index.reasons(request(DemoMusic.taste([5], days: 9), .familiar))
        #expect(reasons.first?.text == "because you played it 9 times this month, last a day ago")
    }

    @Test("A new artist's reason names a known one and what both are")
    func namesTheKnown() throws {
        let reason = try #require(index.reasons(request(jazzFan, .discovery)).first)
        #expect(reason.kind == "interest")
        #expect(reason.text.contains(/^because you played jazz [012] 20 times since May; this is (bebop|jazz).* too/))
        #expect(["bebop", "jazz"].contains(reason.interest))
    }
}
