import Foundation
import HauntTestSupport
import Testing

@testable import Taste

@Suite("The order of words joined with that of sound")
struct SoundOrderTests {
    private let index = DemoMusic.index

    private func ranked(
        _ vibe: String, _ sound: [TrackID], limit: Int = 10, _ change: (inout RankingRequest) -> Void = { _ in }
    ) -> [RankedTrack] {
        index.rank(request(vibe, sound, limit: limit, change))
    }

    private func request(
        _ vibe: String, _ sound: [TrackID], limit: Int = 10, _ change: (inout RankingRequest) -> Void = { _ in }
    ) -> RankingRequest {
        var request = RankingRequest(now: .reference(days: 101))
        request.vibe = index.parse(vibe: vibe)
        request.sound = [sound]
        request.limit = limit
        change(&request)
        return request
    }

    @Test("Sound decides among what fits, and never brings what does not")
    func stepsDecide() {
        let metal = (0..<8).map { DemoMusic.id("metal", $0) }
        let first = DemoMusic.id("jazz", 7, 2)
        let list = ranked("jazz", metal + [first])
        #expect(list.first?.trackID == first)
        #expect(list.allSatisfy { DemoMusic.genre($0.trackID) == "jazz" })
        #expect(ranked("jazz", metal).map(\.trackID) == ranked("jazz", []).map(\.trackID))
    }

    @Test("What both orders have comes before what only one has, and scores fall along the list")
    func reciprocalRank() {
        let words = ranked("jazz", []).map(\.trackID)
        let sound = [DemoMusic.id("jazz", 0, 1), words[3], DemoMusic.id("jazz", 1, 1)]
        let list = ranked("jazz", sound)
        #expect(list.first?.trackID == words[3])
        #expect(zip(list, list.dropFirst()).allSatisfy { $0.score >= $1.score })
        for track in list { #expect(abs(track.score - track.terms.reduce(0) { $0 + $1.value }) < 1e-9) }
    }

    @Test("Several orders of sound are joined with that of the words")
    func severalOrders() {
        let (first, second) = (DemoMusic.id("jazz", 5, 1), DemoMusic.id("jazz", 6, 1))
        let list = index.rank(request("jazz", []) { $0.sound = [[first, second], [second, first]] })
        #expect(Set(list.prefix(2).map(\.trackID)) == [first, second])
    }

    @Test("What is like a track is ordered by its neighbours too, among what its tags say is alike")
    func alike() {
        let vibe = index.pointing(
            index.parse(vibe: "more like this"),
            at: .init(id: DemoMusic.id("jazz", 1), title: "Song 0", artist: "jazz 1"))
        let (near, other) = (DemoMusic.id("jazz", 6, 2), DemoMusic.id("metal", 2))
        let list = index.rank(request("", [other, near]) { $0.vibe = vibe })
        #expect(list.first { index.artistName(ofTrack: $0.trackID) != "jazz 1" }?.trackID == near)
        #expect(!list.map(\.trackID).contains(other))
    }

    @Test("Where no tags tell what is like a track, what sounds like it is on the list")
    func soundAlone() {
        let bare = CatalogIndex.of(
            (1...20).map { TrackDescription(id: TrackID($0), artist: "Artist \($0)", title: "Song \($0)") })
        let vibe = bare.pointing(
            bare.parse(vibe: "more like this"), at: .init(id: 3, title: "Song 3", artist: "Artist 3"))
        var request = RankingRequest(now: .reference(0))
        (request.vibe, request.sound, request.excluded) = (vibe, [[17, 5, 11]], [3])
        let list = bare.playlist(for: request, plan: PlaylistPlan(totalTracks: 3)).tracks
        #expect(Set(list.map(\.trackID)) == [17, 5, 11])
        let nobody = bare.pointing(bare.parse(vibe: "more like this"), at: .init(id: 3, title: "Song 3", artist: ""))
        request.vibe = nobody
        #expect(bare.rank(request).prefix(3).map(\.trackID) == [17, 5, 11])
    }

    @Test("What follows a track sounds like it")
    func follows() throws {
        let ids = (0..<4).map { DemoMusic.id("jazz", $0) } + (0..<4).map { DemoMusic.id("folk", $0) }
        var sounds = SoundIndex(dimensions: 2)
        for id in ids.sorted() {
            sounds.add(id, try #require(SoundPoint(DemoMusic.genre(id) == "jazz" ? [1, 0.1] : [-0.1, 1])))
        }
        var plan = PlaylistPlan(totalTracks: 8)
        (plan.sounds, plan.after) = (sounds, DemoMusic.id("jazz", 7))
        let mixed = zip(ids.prefix(4), ids.suffix(4)).flatMap { [$1, $0] }
        let candidates = mixed.map { RankedTrack(trackID: $0, terms: [ScoreTerm("rank", 1)], origin: .popular) }
        let list = index.playlist(from: candidates, plan: plan).tracks.map { DemoMusic.genre($0.trackID) }
        #expect(zip(list, list.dropFirst()).count { $0 != $1 } <= 3)
        sounds.add(DemoMusic.id("techno", 0), try #require(SoundPoint([1, 0])))
        plan.after = DemoMusic.id("techno", 0)
        plan.sounds = sounds
        #expect(DemoMusic.genre(index.playlist(from: candidates, plan: plan).tracks[0].trackID) == "jazz")
    }

    @Test("No artist has more tracks than may be, however well they sound")
    func cap() {
        let all = (0..<4).map { DemoMusic.id("jazz", 3, $0) }
        let list = ranked("jazz", all).map(\.trackID)
        #expect(list.count { all.contains($0) } == 2)
        #expect(Array(list.prefix(2)) == Array(all.prefix(2)))
        #expect(Set(list).count == list.count)
    }

    @Test("What may not be chosen does not come because of its sound")
    func filters() {
        let banned = DemoMusic.id("jazz", 2)
        let explicit = DemoMusic.id("jazz", 4, 3)
        let list = ranked("jazz", [banned, explicit, TrackID(99_999)]) {
            $0.excluded = [banned]
            $0.allowsExplicit = false
        }
        #expect(!list.map(\.trackID).contains(banned))
        #expect(!list.map(\.trackID).contains(explicit))
        #expect(list.count == 10)
    }

    @Test("Known and new music keep their modes")
    func modes() {
        let taste = DemoMusic.taste([DemoMusic.id("jazz", 1), DemoMusic.id("jazz", 4)])
        let sound = (0..<8).map { DemoMusic.id("jazz", $0) }
        let familiar = ranked("jazz", sound) { ($0.taste, $0.mode) = (taste, .familiar) }
        #expect(Set(familiar.map(\.trackID)) == [DemoMusic.id("jazz", 1), DemoMusic.id("jazz", 4)])
        let new = ranked("jazz", sound) { ($0.taste, $0.mode) = (taste, .discovery) }
        #expect(!new.contains { [DemoMusic.id("jazz", 1), DemoMusic.id("jazz", 4)].contains($0.trackID) })
    }

    @Test("The reason of a track that sound brought forward says so")
    func reason() {
        let request = request("jazz", [ranked("jazz", [])[5].trackID])
        #expect(index.reasons(request).first?.text.contains("its sound fits") == true)
        #expect(!index.reasons(self.request("jazz", [])).contains { $0.text.contains("its sound fits") })
    }

    @Test(
        "A model of sound is asked in English, whatever the language of the wish",
        arguments: [
            ("sad jazz", "jazz sad"), ("trauriger Jazz", "jazz sad"), ("jazz triste", "jazz sad"),
            ("dîner entre amis", "dinner party"), ("zum Einschlafen", "sleep"), ("musica triste", "sad"),
            ("droevige folk", "folk sad"), ("techno ohne gesang", "techno instrumental"), ("80er", "1980s"),
            ("jazz, no metal", "jazz"),
        ])
    func englishWords(wish: String, words: String) { #expect(index.parse(vibe: wish).soundWords == words) }

    @Test("Nothing is asked where the words say nothing of sound", arguments: ["jazz 3", "blorp", "", "no metal"])
    func nothingToAsk(wish: String) {
        // "jazz 3" is the name of an artist here.
        #expect(index.parse(vibe: wish).soundWords == nil)
    }

    @Test("A model of sound is asked with few words")
    func fewWords() {
        let words = index.parse(vibe: "techno house folk metal, sad and happy for a dinner party").soundWords ?? ""
        #expect((1...4).contains(words.split(separator: " ").count))
    }
}
