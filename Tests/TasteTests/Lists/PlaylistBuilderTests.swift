import Testing

@testable import Taste

@Suite("Building a playlist")
struct PlaylistBuilderTests {
    private let index = DemoMusic.index

    private func candidates(_ ids: [TrackID]) -> [RankedTrack] {
        ids.enumerated().map { rank, id in
            RankedTrack(
                trackID: id, terms: [ScoreTerm("rank", -Double(rank))], origin: .popular,
                interest: DemoMusic.genre(id) == "jazz" ? 0 : 1)
        }
    }

    private var all: [RankedTrack] { candidates(DemoMusic.tracks.map(\.id)) }

    @Test("It has as many tracks as asked for, none twice")
    func hasLength() {
        let list = index.playlist(from: all, plan: PlaylistPlan(totalTracks: 20)).tracks
        #expect(list.count == 20)
        #expect(Set(list.map(\.trackID)).count == 20)
    }

    @Test("It ends within a track of the minutes asked for, whichever limit comes first")
    func hasDuration() {
        let plan = PlaylistPlan(totalTracks: 100, totalS: 3_000, maxPerArtist: 4)
        #expect(index.playlist(from: all, plan: plan).tracks.count == 15)
        #expect(index.playlist(from: all, plan: PlaylistPlan(totalTracks: 5, totalS: 3_000)).tracks.count == 5)
    }

    @Test("No artist has more than the cap, nor two tracks next to each other when others are there")
    func spreadsArtists() {
        let list = index.playlist(from: all, plan: PlaylistPlan(totalTracks: 30, maxPerArtist: 2)).tracks
        let artists = list.map { index.artistName(ofTrack: $0.trackID) }
        #expect(Dictionary(grouping: artists) { $0 }.values.allSatisfy { $0.count <= 2 })
        #expect(!zip(artists, artists.dropFirst()).contains { $0 == $1 })
    }

    @Test(
        "Another edition of a track is not on it, and is counted",
        arguments: ["Song 0 (Live)", "Song 0 - Remastered 2011", "SONG 0 - Radio Edit", "Song 0 [Acoustic]"])
    func dropsEditions(title: String) {
        let index = index.adding(TrackDescription(id: 900, artist: "jazz 0", title: title, durationS: 200))
        let ids = [DemoMusic.id("jazz", 0, 0), DemoMusic.id("jazz", 0, 1), 900]
        let built = index.playlist(from: candidates(ids), plan: PlaylistPlan(maxPerArtist: 10))
        #expect(Set(built.tracks.map(\.trackID)) == Set(ids.prefix(2)))
        #expect(built.removed == [.duplicate: 1])
    }

    @Test("The same title by another artist is another track")
    func keepsCovers() {
        let ids = [DemoMusic.id("jazz", 0, 0), DemoMusic.id("folk", 0, 0)]
        #expect(index.playlist(from: candidates(ids), plan: PlaylistPlan()).tracks.count == 2)
    }

    @Test("What is more of one artist than may be is counted")
    func countsCap() {
        let built = index.playlist(
            from: candidates((0..<4).map { DemoMusic.id("jazz", 0, $0) }), plan: PlaylistPlan(maxPerArtist: 1))
        #expect(built.tracks.count == 1)
        #expect(built.removed == [.artistCap: 3])
    }

    @Test(
        "Interests are on it in the proportion of the candidates, known and new tracks of each apart", arguments: 1...5)
    func keepsProportion(seed: UInt64) {
        let ids = (0..<64).map { DemoMusic.id($0 < 32 ? "jazz" : "folk", $0 % 8, $0 / 8 % 4) }
        let mixed = candidates(ids)
            .enumerated().map { rank, track in
                var track = track
                // Three in four are jazz, and one in two is new.
                track.interest = rank % 4 == 0 ? 1 : 0
                if rank % 2 == 0 { track.origin = .played }
                return track
            }
        let list = index.playlist(from: mixed, plan: PlaylistPlan(totalTracks: 16, maxPerArtist: 9, seed: seed)).tracks
        #expect(list.filter { $0.interest == 0 }.count == 12)
        #expect(list.filter { $0.origin == .played }.count == 8)
    }

    @Test("From track to track energy changes less than by chance", arguments: 1...5)
    func avoidsJolts(seed: UInt64) {
        let list = index.playlist(from: all, plan: PlaylistPlan(totalTracks: 25, maxPerArtist: 2, seed: seed)).tracks
        func jolts(_ tracks: [RankedTrack]) -> Float {
            let energies = tracks.compactMap { index.trackRows[$0.trackID].flatMap { index.energy(ofTrack: Int($0)) } }
            return zip(energies, energies.dropFirst()).reduce(0) { $0 + ($1.0 - $1.1).magnitude }
        }
        var random = SeededGenerator(seed: seed)
        let chance = (0..<100).reduce(Float(0)) { sum, _ in sum + jolts(list.shuffled(using: &random)) } / 100
        #expect(jolts(list) < 0.8 * chance)
    }

    @Test("Two seeds differ in part, the same seed repeats")
    func varies() {
        func list(_ seed: UInt64) -> [TrackID] {
            index.playlist(from: all, plan: PlaylistPlan(totalTracks: 25, maxPerArtist: 4, seed: seed)).tracks.map(
                \.trackID)
        }
        #expect(list(1) == list(1))
        let common = Set(list(1)).intersection(list(2)).count
        #expect(common < 25)
        #expect(common > 5)
    }

    @Test("Better candidates are on it more often")
    func prefersBetter() {
        let counts = (0..<50).reduce(into: [TrackID: Int]()) { counts, seed in
            let plan = PlaylistPlan(totalTracks: 25, maxPerArtist: 4, seed: UInt64(seed))
            for track in index.playlist(from: all, plan: plan).tracks { counts[track.trackID, default: 0] += 1 }
        }
        let ids = all.map(\.trackID)
        let first = ids.prefix(10).reduce(0) { $0 + counts[$1, default: 0] }
        let last = ids.suffix(10).reduce(0) { $0 + counts[$1, default: 0] }
        #expect(first > 3 * last)
    }

    @Test("Fewer candidates than asked for give a shorter list")
    func isShort() {
        #expect(index.playlist(from: candidates([1, 2]), plan: PlaylistPlan()).tracks.count == 2)
        #expect(index.playlist(from: [], plan: PlaylistPlan()).tracks.isEmpty)
    }

    @Test("A quota deals in proportion and gives on what a group cannot take")
    func dealsInProportion() {
        var quota = Quota(importance: ["a": 3.0, "b": 1.0])
        #expect((0..<8).compactMap { _ in quota.next() }.filter { $0 == "a" }.count == 6)
        quota.close("a")
        #expect(quota.next() == "b")
        quota.close("b")
        #expect(quota.next() == nil)
    }
}
