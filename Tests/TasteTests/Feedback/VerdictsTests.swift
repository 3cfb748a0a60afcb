import Foundation
import Testing

@testable import Taste

@Suite("What people say of tracks")
struct VerdictsTests {
    private static let now = Date.reference(days: 101)
    private let index = DemoMusic.index
    private let fan = DemoMusic.taste(
        (0..<6).flatMap { artist in (0..<2).map { DemoMusic.id("jazz", artist, $0) } } + [DemoMusic.id("folk", 1)])

    private func given(_ verdict: Verdict, _ track: TrackID, daysAgo: Double = 1) -> GivenVerdict {
        let artist = index.trackRows[track].map { index.artists[Int(index.tracks[Int($0)].artist)].key } ?? ""
        return GivenVerdict(
            verdict, trackID: track, artistKey: artist, givenAt: Self.now.addingTimeInterval(-daysAgo * 86_400))
    }

    private func request(
        _ given: [GivenVerdict], _ mode: RankingMode = .familiar, vibe: String? = nil, limit: Int = 12,
        at time: Date = now
    ) -> RankingRequest {
        var request = RankingRequest(now: time)
        request.taste = fan
        request.mode = mode
        request.vibe = vibe.map { index.parse(vibe: $0) }
        request.limit = limit
        request.heed(Verdicts(given, at: time))
        return request
    }

    private func ranked(
        _ given: [GivenVerdict], _ mode: RankingMode = .familiar, vibe: String? = nil, limit: Int = 12,
        at time: Date = now
    ) -> [RankedTrack] {
        index.rank(request(given, mode, vibe: vibe, limit: limit, at: time))
    }

    /// Every way to ask for a list.
    static let asks: [(RankingMode, String?)] = RankingMode.allCases.flatMap {
        [($0, nil), ($0, "jazz"), ($0, "folk")]
    }

    @Test("What is banned, snoozed or disliked is on no list, whatever is asked for", arguments: asks)
    func excluded(mode: RankingMode, vibe: String?) throws {
        let all = ranked([], mode, vibe: vibe, limit: 200)
        try #require(!all.isEmpty)
        for verdict in [Verdict.banTrack, .snooze, .dislike, .banArtist] {
            for track in all.prefix(5).map(\.trackID) {
                let rest = ranked([given(verdict, track)], mode, vibe: vibe, limit: 200)
                #expect(!rest.contains { $0.trackID == track })
                guard verdict == .banArtist else { continue }
                let artist = artist(track)
                #expect(!rest.contains { self.artist($0.trackID) == artist })
            }
        }
    }

    @Test("A like moves its track and its artist's others up, a dislike the artist's others down", arguments: asks)
    func moved(mode: RankingMode, vibe: String?) throws {
        let all = ranked([], mode, vibe: vibe, limit: 40)
        for track in all.dropFirst(2).prefix(6).map(\.trackID) {
            let liked = ranked([given(.like, track)], mode, vibe: vibe, limit: 40)
            #expect(strangers(before: track, in: liked) < strangers(before: track, in: all))
            let others = all.map(\.trackID).filter { $0 != track && artist($0) == artist(track) }
            for other in others { #expect(strangers(before: other, in: liked) <= strangers(before: other, in: all)) }
            let disliked = ranked([given(.dislike, track)], mode, vibe: vibe, limit: 40)
            let first = { (list: [RankedTrack]) in
                list.firstIndex { artist($0.trackID) == artist(track) } ?? list.count
            }
            #expect(first(disliked) > first(all) || first(disliked) == disliked.count)
        }
    }

    private func artist(_ track: TrackID) -> String? { index.artistName(ofTrack: track) }

    /// How many tracks by others stand before a track; all if it is not there.
    private func strangers(before track: TrackID, in list: [RankedTrack]) -> Int {
        list.prefix { $0.trackID != track }.count { artist($0.trackID) != artist(track) }
    }

    @Test("Of an artist's tracks the liked one is chosen first", arguments: [DemoMusic.id("jazz", 7, 0)])
    func chosenFirst(track: TrackID) {
        let first = { (given: [GivenVerdict]) in
            ranked(given, .discovery, limit: 100).first { artist($0.trackID) == artist(track) }?.trackID
        }
        #expect(first([]) != track)
        #expect(first([given(.like, track)]) == track)
    }

    @Test("A liked track can come from below the end of the list, and says that it is liked")
    func fromBelow() throws {
        let below = try #require(ranked([], .familiar, limit: 8).last?.trackID)
        #expect(!ranked([], .familiar, limit: 4).contains { $0.trackID == below })
        let request = request([given(.like, below)], .familiar, limit: 4)
        let found = try #require(index.rank(request).first { $0.trackID == below })
        #expect(index.reason(for: found, by: request).text.hasSuffix("and you like it"))
        #expect(found.terms.contains { $0.name == "feedback" })
        #expect(abs(found.score - found.terms.reduce(0) { $0 + $1.value }) < 1e-9)
    }

    @Test("However an artist is lifted, a list has no more of it than it may")
    func artistCap() {
        let likes = (0..<2).map { given(.like, DemoMusic.id("jazz", 0, $0)) }
        for (mode, vibe) in Self.asks {
            let names = ranked(likes, mode, vibe: vibe).map { artist($0.trackID) ?? "" }
            #expect(Dictionary(grouping: names) { $0 }.values.allSatisfy { $0.count <= 2 })
        }
    }

    @Test("A snooze is over after thirty days, and what is said later is not known yet")
    func time() {
        let track = DemoMusic.id("jazz", 0)
        let snooze = given(.snooze, track, daysAgo: 0)
        let excludes = { (days: Double) in
            Verdicts([snooze], at: Self.now.addingTimeInterval(days * 86_400)).excludedTracks.contains(track)
        }
        #expect(!excludes(-0.1))
        #expect(excludes(0))
        #expect(excludes(29.99))
        #expect(!excludes(30))
    }

    @Test("Of a like and a dislike of one track the later holds; a ban holds against both")
    func laterHolds() {
        let track = DemoMusic.id("jazz", 0)
        let said = [given(.dislike, track, daysAgo: 3), given(.like, track, daysAgo: 2)]
        #expect(Verdicts(said, at: Self.now).excludedTracks.isEmpty)
        #expect(Verdicts(said, at: Self.now).lift(ofTrack: track, byArtist: said[0].artistKey) > 0)
        #expect(Verdicts(said.reversed(), at: Self.now).excludedTracks == [track])
        #expect(Verdicts([given(.banTrack, track, daysAgo: 4)] + said, at: Self.now).excludedTracks == [track])
    }

    @Test("Banning the artist of a track that has none bans nobody")
    func noArtist() {
        let nobody = GivenVerdict(.banArtist, trackID: 1, artistKey: "", givenAt: Self.now)
        #expect(Verdicts([nobody], at: Self.now) == Verdicts())
    }

    @Test("Nothing said changes nothing", arguments: asks)
    func nothing(mode: RankingMode, vibe: String?) {
        var request = RankingRequest(now: Self.now)
        request.taste = fan
        request.mode = mode
        request.vibe = vibe.map { index.parse(vibe: $0) }
        request.limit = 12
        #expect(ranked([], mode, vibe: vibe) == index.rank(request))
    }
}
