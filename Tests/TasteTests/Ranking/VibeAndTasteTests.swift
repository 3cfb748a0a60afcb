import HauntTestSupport
import Foundation
import Testing

@testable import Taste

@Suite("A wish and a taste together")
struct VibeAndTasteTests {
    private let index = DemoMusic.index
    private let metalFan = DemoMusic.taste((0..<6).map { DemoMusic.id("metal", $0) })
    private let jazzFan = DemoMusic.taste([DemoMusic.id("jazz", 1), DemoMusic.id("jazz", 4), DemoMusic.id("metal", 2)])

    private func request(
        _ vibe: String, _ taste: ProfileTaste?, _ mode: RankingMode = .balanced
    ) -> RankingRequest {
        var request = RankingRequest(now: .reference(days: 101))
        request.taste = taste
        request.mode = mode
        request.vibe = index.parse(vibe: vibe)
        request.limit = 10
        return request
    }

    private func ranked(_ vibe: String, _ taste: ProfileTaste?, _ mode: RankingMode = .balanced) -> [RankedTrack] {
        index.rank(request(vibe, taste, mode))
    }

    @Test("Words decide what is played: a metal fan who says jazz gets jazz")
    func wordsDecide() {
        #expect(ranked("jazz", metalFan).allSatisfy { DemoMusic.genre($0.trackID) == "jazz" })
    }

    @Test("Taste decides among what fits: the list of whoever says jazz is nearer to them than a guest's")
    func tasteDecidesAmong() throws {
        let interests = try #require(
            Interests(of: ArtistPlays(of: jazzFan, in: index, now: .reference(days: 101)), in: index))
        func nearness(_ list: [RankedTrack]) -> Float {
            list.reduce(0) { sum, track in
                let artist = index.trackRows[track.trackID].map { Int(index.tracks[Int($0)].artist) } ?? 0
                let known = jazzFan.counters[track.trackID] == nil ? 0 : Float(1)
                return sum + known + interests.nearest(toArtist: artist, in: index).cosine
            }
        }
        let (own, guest) = (ranked("jazz", jazzFan), ranked("jazz", nil))
        #expect(own.allSatisfy { DemoMusic.genre($0.trackID) == "jazz" })
        #expect(nearness(own) > nearness(guest))
        #expect(Set(own.map(\.trackID)).isSuperset(of: [DemoMusic.id("jazz", 1), DemoMusic.id("jazz", 4)]))
    }

    @Test("Taste adds at most its share, and says so in a term of its own")
    func tasteIsATerm() {
        for track in ranked("jazz", jazzFan) {
            let taste = track.terms.first { $0.name == "taste" }?.value ?? -1
            #expect((0...Double(Ranker.tasteShare)).contains(taste))
        }
        #expect(!ranked("jazz", nil).contains { $0.terms.contains { $0.name == "taste" } })
    }

    @Test("Words that mean nothing leave a list as it would be without them", arguments: RankingMode.allCases)
    func fallsBackToTaste(mode: RankingMode) {
        var request = RankingRequest(now: .reference(days: 101))
        request.taste = jazzFan
        request.mode = mode
        request.limit = 10
        #expect(ranked("xyzzy plugh", jazzFan, mode) == index.rank(request))
    }

    @Test("The reason quotes the words that asked for it, and names what was played")
    func quotesWords() throws {
        let text = try #require(index.reasons(request("Jazz, please", jazzFan)).first?.text)
        #expect(text.contains(/^because you asked for “Jazz”, and jazz [14] is jazz/))
        #expect(text.contains("you played it 20 times since May"))
    }

    @Test("The reason quotes a situation in its own language")
    func quotesSituations() {
        let genres = [["lounge", "bossa nova"]] + (0..<8).map { ["metal", "metal \($0)"] }
        let music = CatalogIndex.of(
            genres.enumerated().map { row, genres in
                TrackDescription(id: TrackID(row + 1), artist: "\(row)", title: "T", artistGenres: genres)
            })
        var request = RankingRequest(now: .reference(0))
        request.vibe = music.parse(vibe: "Musik zum Abendessen")
        let text = music.reasons(request).first?.text ?? ""
        #expect(text.hasPrefix("because you asked for “zum Abendessen”, and 0 is "), "\(text)")
    }

    @Test("A new track near to the taste says which interest it is near to")
    func namesInterest() {
        let new = index.reasons(request("jazz", jazzFan, .discovery))
        #expect(!new.isEmpty)
        #expect(new.allSatisfy { $0.interest != nil && $0.text.contains("it is near your ") })
    }

    @Test("Being a little like the taste is no reason, though it counts")
    func keepsQuietOnLittle() throws {
        let far = ["ambient", "drone", "new age", "meditation", "healing", "space", "choral"]
        let genres = [["metal"], ["metal", "doom"], far + ["metal"]] + (0..<8).map { ["pop", "pop \($0)"] }
        let music = CatalogIndex.of(
            genres.enumerated().map { row, genres in
                TrackDescription(id: TrackID(row + 1), artist: "\(row)", title: "T", artistGenres: genres)
            })
        var request = RankingRequest(now: .reference(days: 101))
        request.taste = DemoMusic.taste([1, 2])
        request.vibe = music.parse(vibe: "ambient drone")
        let found = try #require(music.rank(request).first { $0.trackID == 3 })
        let taste = found.terms.first { $0.name == "taste" }?.value ?? 0
        #expect((0.0001..<0.05).contains(taste))
        #expect(!music.reason(for: found, by: request).text.contains("near your"))
    }
}
