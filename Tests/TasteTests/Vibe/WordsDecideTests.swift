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

    static func playlist(_ wish: String, _ tracks: Int, recency: Recency = .nothing) -> BuiltPlaylist {
        var plan = PlaylistPlan(totalTracks: tracks, maxPerArtist: 2, seed: 1)
        plan.recency = recency
        return index.playlist(for: request(wish), plan: plan)
    }
}

extension Recency {
    /// What was heard within the day before the reference.
    fileprivate static func day(_ latest: [TrackID: Date]) -> Recency {
        Recency(now: .reference(0), windowS: 86_400, latest: [latest])
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

    @Test("A word that binds others is never called unknown, in any language")
    func bindingWords() {
        let common = CommonWords.standard
        for word in common.limits {
            let vibe = Shelf.index.parse(vibe: "\(word) jazz")
            #expect(vibe.isExclusive && vibe.notes.isEmpty, "\(word)")
        }
        for word in common.turns { #expect(Shelf.index.parse(vibe: "rock \(word) jazz").notes.isEmpty, "\(word)") }
        for word in common.denials { #expect(Shelf.index.parse(vibe: "jazz \(word) rock").notes.isEmpty, "\(word)") }
    }

    @Test("What is not understood is said, not dropped")
    func saysWhatIsUnknown() {
        #expect(Shelf.index.parse(vibe: "jazz, not that one").notes == ["“not that one” was not understood"])
        #expect(Shelf.index.parse(vibe: "Jazz und Größenwahn").notes == ["nothing is known of “größenwahn”"])
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

    @Test(
        "A title that is denied is not chosen, in whatever edition",
        arguments: [
            ("rock, no Let It Rain", "Let It Rain"), ("rock, not that song let it rain", "let it rain"),
            ("rock but not Umbrella", "Umbrella"), ("rock without umbrella please", "umbrella"),
            ("Rock, aber nicht das Lied Umbrella", "Umbrella"), ("rock sans la chanson Umbrella", "Umbrella"),
        ])
    func deniedTitles(wish: String, title: String) {
        let titles = ["Let It Rain", "Let It Rain - Live", "Umbrella", "One", "More", "Sun"]
        let index = CatalogIndex.of(
            (0..<24).map { number in
                TrackDescription(
                    id: TrackID(Int64(number + 1)), artist: "A\(number / 6)", title: titles[number % 6],
                    artistGenres: ["rock"])
            })
        let vibe = index.parse(vibe: wish)
        #expect(vibe.unwantedTitles == [title])
        #expect(vibe.notes.isEmpty)
        #expect(vibe.summary.contains("not: “\(title)”"))
        var request = RankingRequest(now: .reference(0))
        request.vibe = vibe
        request.limit = 30
        request.maxPerArtist = 6
        #expect(index.rank(request).count == (title.lowercased() == "let it rain" ? 16 : 20))
        #expect(index.parse(vibe: "rock, not that one").unwantedTitles.isEmpty)
        #expect(index.parse(vibe: "rock, no more").unwantedTitles.isEmpty)
        #expect(!index.parse(vibe: "rock, not that one").notes.isEmpty)
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
        var heard: [TrackID: Date] = [:]
        for _ in 0..<10 {
            let list = Shelf.playlist("jazz", 4, recency: .day(heard))
            #expect(list.tracks.count == 4)
            #expect(artists(list).allSatisfy { $0 != "Famous" })
            for track in list.tracks { heard[track.trackID] = .reference(0) }
        }
    }

    @Test("Of what was heard of late the longest unheard comes again first")
    func longestUnheardFirst() throws {
        let index = Shelf.index
        let ids = index.tracks.filter { index.artists[Int($0.artist)].name == "Metallica" }.map(\.id)
        let heard = ids.enumerated().map { ($1, Date.reference(days: $0 < 2 ? -0.9 : 0)) }
        let list = Shelf.playlist("metal", 2, recency: .day(Dictionary(uniqueKeysWithValues: heard)))
        #expect(Set(list.tracks.map(\.trackID)) == Set(ids.prefix(2)))
    }

    @Test(
        "A wish for what is like an artist is told from one for the artist",
        arguments: ["music like Queen", "etwas ähnlich wie Queen", "in the style of Queen", "al estilo de Queen"])
    func likeness(wish: String) {
        #expect(Shelf.index.parse(vibe: wish).wantsAlike)
        #expect(Shelf.index.parse(vibe: wish).artists == ["Queen"])
        #expect(!Shelf.index.parse(vibe: "something by Queen").wantsAlike)
    }

    @Test(
        "A list of what is like an artist begins with the artist and goes on with the nearest, however well known others are",
        arguments: ["music like Queen", "Musik ähnlich wie Queen", "música al estilo de Queen", "something like Queen"])
    func listOfLikeness(wish: String) {
        #expect(Shelf.artists(wish).first == "Queen")
        let names = Shelf.playlist(wish, 4).tracks.map { Shelf.index.artistName(ofTrack: $0.trackID) ?? "" }
        #expect(names.count { $0 == "Queen" } == 2)
        #expect(names.count { $0 == "Muse" } == 2)
    }

    @Test("What only lies near comes after all that was asked for")
    func nearIsLast() {
        let names = Shelf.playlist("muse", 5).tracks.map { Shelf.index.artistName(ofTrack: $0.trackID) ?? "" }
        #expect(names.prefix(3).allSatisfy { $0 == "Muse" })
    }

    @Test("Without a wish, what is unlike all that is liked does not fill up")
    func keepsToTaste() {
        let fan = DemoMusic.taste((0..<6).map { DemoMusic.id("metal", $0) })
        var request = RankingRequest(now: .reference(days: 101))
        request.taste = fan
        var plan = PlaylistPlan(totalTracks: 100, maxPerArtist: 2, seed: 3)
        plan.recency = Recency(
            now: request.now, windowS: 86_400, latest: [[DemoMusic.id("metal", 0): request.now]])
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

    @Test("A young taste is filled from what others in the home play before what the catalog has most of")
    func startsWithTheHome() throws {
        let index = DemoMusic.index
        var request = RankingRequest(now: .reference(days: 101))
        request.taste = DemoMusic.taste([DemoMusic.id("metal", 0)], days: 6)
        let others = DemoMusic.taste([DemoMusic.id("techno", 3, 1), DemoMusic.id("jazz", 5, 2)])
        request.household = HouseholdPlays([others], at: request.now)
        let list = index.playlist(for: request, plan: PlaylistPlan(totalTracks: 40, seed: 3))
        let played = list.tracks.filter { others.counters[$0.trackID] != nil }
        #expect(played.count == 2)
        #expect(played.allSatisfy { index.reason(for: $0, by: request).kind == "start" })
        #expect(list.notes.contains("8 tracks fill up, because little is known of this taste yet"))
        request.taste = nil
        let first = index.rank(request).prefix(2)
        #expect(Set(first.map(\.trackID)) == Set(others.counters.keys))
    }

    @Test("Audio plays and stories come when they are asked for, and never by themselves")
    func keepsToMusic() {
        let music = (0..<40).map { number in
            TrackDescription(
                id: TrackID(Int64(number + 1)), artist: "Band \(number / 2)", title: "Song \(number)",
                artistGenres: [number % 2 == 0 ? "pop" : "rock"], durationS: 200)
        }
        let plays = (0..<60).map { number in
            TrackDescription(
                id: TrackID(Int64(number + 100)), artist: "Detectives", title: "Part \(number)",
                artistGenres: ["hörspiel"], durationS: 900)
        }
        let index = CatalogIndex.of(music + plays)
        let isPlay = { (track: RankedTrack) in track.trackID >= 100 }
        for wish in [nil, "something calm", "pop", "xyzzy"] {
            var request = RankingRequest(now: .reference(0))
            request.vibe = wish.map { index.parse(vibe: $0) }
            let list = index.playlist(for: request, plan: PlaylistPlan(totalTracks: 40, maxPerArtist: 4))
            #expect(!list.tracks.contains(where: isPlay), "\(wish ?? "nothing")")
        }
        for wish in ["hörspiel", "Detectives"] {
            var request = RankingRequest(now: .reference(0))
            request.vibe = index.parse(vibe: wish)
            let list = index.playlist(for: request, plan: PlaylistPlan(totalTracks: 5))
            #expect(list.tracks.count == 5 && list.tracks.allSatisfy(isPlay), "\(wish)")
        }
    }

    @Test("Where nothing has tags, artists of long tracks come last")
    func longTracksLast() {
        var tracks: [TrackDescription] = []
        for number in 1...90 {
            let artist = number <= 60 ? "Serial" : "Band \(number)"
            let durationS: Double = number <= 60 ? 1_500 : 200
            tracks.append(
                TrackDescription(id: TrackID(number), artist: artist, title: "T\(number)", durationS: durationS))
        }
        let list = CatalogIndex.of(tracks).rank(RankingRequest(now: .reference(0)))
        #expect(list.count == 25)
        #expect(list.allSatisfy { $0.trackID > 60 })
    }

    @Test("What was heard of late comes again before a track that takes up most of the minutes")
    func longTracksGiveWay() {
        let index = CatalogIndex.of(
            (0..<8).map { number in
                TrackDescription(
                    id: TrackID(Int64(number + 1)), artist: "A\(number)", title: "T", artistGenres: ["techno"],
                    durationS: number < 4 ? 3_600 : 240)
            })
        var request = RankingRequest(now: .reference(0))
        request.vibe = index.parse(vibe: "techno")
        var plan = PlaylistPlan(totalTracks: 200, totalS: 1_200)
        plan.recency = .day([5: .reference(0), 6: .reference(0), 7: .reference(0), 8: .reference(0)])
        #expect(Set(index.playlist(for: request, plan: plan).tracks.map(\.trackID)) == [5, 6, 7, 8])
        request.excluded = [5, 6, 7, 8]
        #expect(index.playlist(for: request, plan: plan).tracks.count == 1)
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
