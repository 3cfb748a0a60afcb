import Foundation
import HauntTestSupport
import Testing

@testable import Taste

/// A catalog in which one artist has far more tracks than all others, and names are ordinary words.
private enum Shelf {
    static let artists: [(name: String, tags: [String], tracks: Int)] = [
        ("Famous", ["pop", "dance pop"], 60), ("Queen", ["rock", "glam rock"], 9), ("Muse", ["rock"], 3),
        ("Earth, Wind & Fire", ["funk", "soul"], 3), ("Tyler, The Creator", ["hip hop"], 3),
        ("Queens of the Stone Age", ["stoner rock", "rock"], 3), ("Bebop One", ["bebop"], 2),
        ("Jazz One", ["jazz"], 2), ("Jazz Pop", ["jazz", "pop"], 2), ("Deep", ["deep jazz"], 2),
        ("Metallica", ["metal"], 5), ("Techno One", ["techno"], 2), ("Classic", ["classic rock"], 4),
    ]
    static let index: CatalogIndex = {
        var tracks: [TrackDescription] = []
        for artist in artists {
            for number in 0..<artist.tracks {
                tracks.append(
                    TrackDescription(
                        id: TrackID(tracks.count + 1), artist: artist.name, title: "Song \(number)",
                        artistGenres: artist.tags, year: 1970 + 10 * (number % 5), durationS: 200))
            }
        }
        return CatalogIndex.of(tracks)
    }()

    static func request(_ wish: String) -> RankingRequest {
        var request = RankingRequest(now: .reference(0))
        request.vibe = index.parse(vibe: wish)
        return request
    }

    static func artists(_ wish: String) -> [String] {
        index.rank(request(wish)).map { index.artistName(ofTrack: $0.trackID) ?? "" }
    }

    static func playlist(_ wish: String, _ tracks: Int, recency: [TrackID: Int] = [:]) -> BuiltPlaylist {
        var plan = PlaylistPlan(totalTracks: tracks, maxPerArtist: 2, seed: 1)
        plan.recency = recency
        return index.playlist(for: request(wish), plan: plan)
    }
}

@Suite("Words decide, popularity breaks ties")
struct WordsDecideTests {
    @Test("Who carries a kind that is named comes first, then its children, whoever has most tracks")
    func kindsBeforeFame() {
        let artists = Shelf.artists("jazz")
        #expect(Set(artists.prefix(4)) == ["Jazz One", "Jazz Pop"])
        #expect(Set(artists[4..<6]) == ["Deep"])
        #expect(Set(artists[6..<8]) == ["Bebop One"])
    }

    @Test(
        "A name brings that artist, be it an ordinary word, long, with a comma, in lower case or with one slip",
        arguments: [
            ("Queen", "Queen"), ("queen.", "Queen"), ("play queen", "Queen"), ("something by Muse", "Muse"),
            ("Musik von Queen", "Queen"), ("música de Muse", "Muse"), ("musique comme Queen", "Queen"),
            ("earth, wind & fire", "Earth, Wind & Fire"), ("earth wind and fire", "Earth, Wind & Fire"),
            ("play Tyler, The Creator", "Tyler, The Creator"),
            ("queens of the stone age", "Queens of the Stone Age"), ("metalica", "Metallica"),
            ("play metallcia please", "Metallica"),
        ])
    func names(wish: String, name: String) {
        #expect(Shelf.artists(wish).first == name, "\(Shelf.index.parse(vibe: wish).summary)")
    }

    @Test(
        "An ordinary word that is not meant as a name is none", arguments: ["play something", "queen size bed songs"])
    func ordinaryWords(wish: String) {
        #expect(Shelf.index.parse(vibe: wish).artists.isEmpty)
    }

    @Test(
        "What is denied is not chosen",
        arguments: [("rock, no metal", "Metallica"), ("pop ohne Jazz", "Jazz Pop"), ("no more jazz", "Jazz One")])
    func denied(wish: String, name: String) {
        #expect(!Shelf.artists(wish).isEmpty)
        #expect(!Shelf.artists(wish).contains(name))
    }

    @Test("Years that are denied are not chosen, and 'only' leaves out all others")
    func deniedYears() throws {
        let index = Shelf.index
        func decades(_ wish: String) -> Set<Int?> {
            Set(
                index.rank(Shelf.request(wish)).map {
                    index.trackRows[$0.trackID].flatMap { index.tracks[Int($0)].decade }
                })
        }
        #expect(!decades("rock, nothing from the 1980s").contains(1980))
        #expect(decades("only the nineties") == [1990])
    }

    @Test("What is not understood is said, not dropped")
    func saysWhatIsUnknown() {
        #expect(Shelf.index.parse(vibe: "jazz, not that one").notes == ["“not that one” was not understood"])
        #expect(Shelf.index.parse(vibe: "jazz, no metal").notes.isEmpty)
        #expect(!Shelf.index.parse(vibe: "Queen").summary.contains("nothing"))
    }

    @Test(
        "Lengths are read in six languages",
        arguments: [
            ("10 classic rock songs", Vibe.Length.tracks(10)), ("20 minutes of jazz", .seconds(1_200)),
            ("eine halbe Stunde Jazz", .seconds(1_800)), ("5 canciones de rock", .tracks(5)),
            ("une heure de jazz", .seconds(3_600)), ("12 canzoni jazz", .tracks(12)),
            ("een half uur jazz", .seconds(1_800)), ("half an hour of jazz", .seconds(1_800)),
        ])
    func lengths(wish: String, length: Vibe.Length) {
        let vibe = Shelf.index.parse(vibe: wish)
        #expect(vibe.length == length)
        #expect(!vibe.kinds.isEmpty)
    }

    @Test("Scores fall along a ranked list", arguments: ["jazz", "rock from the 70s", "queen", "", "calm"])
    func scoresFall(wish: String) {
        for index in [Shelf.index, DemoMusic.index] {
            for mode in RankingMode.allCases {
                var request = RankingRequest(now: .reference(days: 101))
                request.vibe = wish.isEmpty ? nil : index.parse(vibe: wish)
                request.taste = DemoMusic.taste([1, 2, 9, 17, 40])
                request.mode = mode
                request.maxPerArtist = 4
                let scores = index.rank(request).map(\.score)
                #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 >= $1 }, "\(mode) \(scores)")
            }
        }
    }
}

@Suite("When too little fits")
struct ScarcityTests {
    private func artists(_ playlist: BuiltPlaylist) -> [String] {
        playlist.tracks.map { Shelf.index.artistName(ofTrack: $0.trackID) ?? "" }
    }

    @Test("What fits comes first, then the artist cap gives way, and what fits nothing never fills up")
    func capGivesWay() {
        let list = Shelf.playlist("metal", 10)
        #expect(artists(list).allSatisfy { $0 == "Metallica" })
        #expect(list.tracks.count == 5)
        #expect(list.notes.contains("only 5 tracks fit"))
    }

    @Test("Asked ten times in a row, a list fits as well as the first time")
    func repeatsWhatFits() {
        var recency: [TrackID: Int] = [:]
        for _ in 0..<10 {
            let list = Shelf.playlist("jazz", 4, recency: recency)
            #expect(list.tracks.count == 4)
            #expect(artists(list).allSatisfy { $0 != "Famous" })
            for track in list.tracks { recency[track.trackID] = 3 }
        }
    }

    @Test("Of what was heard of late the longest unheard comes again first")
    func longestUnheardFirst() throws {
        let index = Shelf.index
        let ids = index.tracks.filter { index.artists[Int($0.artist)].name == "Metallica" }.map(\.id)
        let recency = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0 < 2 ? 0 : 3) })
        let list = Shelf.playlist("metal", 2, recency: recency)
        #expect(Set(list.tracks.map(\.trackID)) == Set(ids.prefix(2)))
    }

    @Test("Without a wish, what is unlike all that is liked does not fill up")
    func keepsToTaste() {
        let fan = DemoMusic.taste((0..<6).map { DemoMusic.id("metal", $0) })
        var request = RankingRequest(now: .reference(days: 101))
        request.taste = fan
        var plan = PlaylistPlan(totalTracks: 100, maxPerArtist: 2, seed: 3)
        plan.recency = [DemoMusic.id("metal", 0): 0]
        let list = DemoMusic.index.playlist(for: request, plan: plan)
        #expect(list.tracks.allSatisfy { DemoMusic.genre($0.trackID) == "metal" })
        #expect(list.tracks.count > 8)
        #expect(list.tracks.allSatisfy { $0.score > 0 })
    }

    @Test("A young taste is filled from what the catalog has most of, and says so")
    func startsYoung() {
        var request = RankingRequest(now: .reference(days: 101))
        request.taste = DemoMusic.taste([DemoMusic.id("metal", 0)], days: 6)
        let list = DemoMusic.index.playlist(for: request, plan: PlaylistPlan(totalTracks: 40, seed: 3))
        #expect(list.tracks.count == 40)
        #expect(list.tracks.filter { DemoMusic.genre($0.trackID) == "metal" }.count == 32)
        #expect(list.tracks.contains { DemoMusic.index.reason(for: $0, by: request).kind == "start" })
    }

    @Test("Minutes are kept to within a track, and no track takes up most of them", arguments: [1, 2, 3, 4, 5])
    func keepsMinutes(seed: UInt64) {
        let lengths = [200.0, 3_600, 240, 900, 180, 4_000, 210, 300]
        let index = CatalogIndex.of(
            (0..<80).map {
                TrackDescription(
                    id: TrackID($0 + 1), artist: "A\($0)", title: "T", artistGenres: ["techno"],
                    durationS: lengths[$0 % lengths.count])
            })
        var request = RankingRequest(now: .reference(0))
        request.vibe = index.parse(vibe: "techno")
        let list = index.playlist(for: request, plan: PlaylistPlan(totalTracks: 200, totalS: 1_200, seed: seed))
        let durations = list.tracks.compactMap { index.durationS(ofTrack: $0.trackID) }
        #expect(durations.allSatisfy { $0 <= 600 })
        #expect(abs(durations.reduce(0, +) - 1_200) <= durations.max() ?? 0)
    }
}
