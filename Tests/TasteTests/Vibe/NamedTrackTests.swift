import Testing

@testable import Taste

@Suite("Tracks that a wish names")
struct NamedTrackTests {
    private static let tracks: [(title: String, artist: String, popularity: Double)] = [
        ("Teardrop", "Massive Attack", 80), ("Angel", "Massive Attack", 70), ("Teardrop", "Jose Gonzalez", 30),
        ("Bohemian Rhapsody", "Queen", 90), ("Jazz", "Queen", 10), ("Summer", "Calvin Harris", 60),
        ("Hello", "Adele", 85), ("Someone Like You", "Adele", 80), ("99 Luftballons", "Nena", 50),
        ("La vie en rose", "Edith Piaf", 60), ("Roads (Live)", "Portishead", 40), ("This", "Adele", 1),
    ]
    private static let index = CatalogIndex.of(
        tracks.enumerated().map { number, track in
            TrackDescription(
                id: TrackID(Int64(number + 1)), artist: track.artist, title: track.title,
                artistGenres: ["pop", "jazz"],
                popularity: track.popularity)
        })

    private func parse(_ text: String) -> Vibe { Self.index.parse(vibe: text) }

    @Test(
        "A title with its artist is one track, in whatever order and language",
        arguments: [
            "songs like Teardrop by Massive Attack", "Lieder wie Teardrop von Massive Attack",
            "musique comme Teardrop de Massive Attack", "canciones como Teardrop de Massive Attack",
            "canzoni come Teardrop di Massive Attack", "muziek zoals Teardrop van Massive Attack",
            "something like Massive Attack - Teardrop", "similar to Teardrop, Massive Attack",
            "like the song Teardrop by massive attack", "ähnlich wie “Teardrop” von Massive Attack",
        ])
    func withArtist(wish: String) {
        let vibe = parse(wish)
        #expect(vibe.tracks.map(\.id) == [1], "\(vibe)")
        #expect(vibe.artists == ["Massive Attack"])
        #expect(vibe.wantsAlike)
        #expect(!vibe.pointsAtPlaying)
        #expect(vibe.notes.isEmpty)
        #expect(vibe.summary.contains("“Teardrop” by Massive Attack"))
    }

    @Test(
        "A title alone is the track of that title that most people know",
        arguments: [
            ("something like Teardrop", 1), ("like bohemian rhapsody", 4), ("wie 99 Luftballons", 9),
            ("comme La vie en rose", 10), ("more songs like the track Summer", 6), ("like Roads but calmer", 11),
        ])
    func titleAlone(wish: String, id: Int64) {
        #expect(parse(wish).tracks.map(\.id) == [TrackID(id)])
        #expect(parse(wish).wantsAlike)
    }

    @Test("A track that is asked for itself comes first, and then what else its artist has")
    func itself() {
        let vibe = parse("play Angel by Massive Attack")
        #expect(vibe.tracks.map(\.id) == [2])
        #expect(!vibe.wantsAlike)
        var request = RankingRequest(now: .reference(0))
        request.vibe = vibe
        #expect(Array(Self.index.rank(request).map(\.trackID).prefix(2)) == [2, 1])
    }

    @Test(
        "Words that mean something else name no track",
        arguments: [
            "jazz by Queen", "like summer", "something like jazz", "like Queen", "songs by Adele", "no Teardrop",
            "I would like some jazz", "rock", "music like Adele", "say hello", "",
        ])
    func noTrack(wish: String) { #expect(parse(wish).tracks.isEmpty, "\(parse(wish).tracks)") }

    @Test(
        "What plays now is meant by this, in six languages",
        arguments: [
            "more like this", "like this", "something like this please", "songs like this one", "more of this",
            "similar to this", "in this style", "like this track but calmer", "more of the same", "mehr vom gleichen",
            "play more like that",
            "mehr davon", "so wie das", "mehr wie dieses Lied", "ähnlich wie das hier", "in diesem Stil", "sowas",
            "más como esto", "algo parecido a esto", "como esta canción", "en este estilo",
            "plus comme ça", "comme ce morceau", "dans ce style", "più come questo", "ancora così", "simile a questa",
            "meer hiervan", "meer zoals dit", "zoals dit nummer",
        ])
    func playing(wish: String) {
        #expect(parse(wish).pointsAtPlaying)
        #expect(parse(wish).summary.contains("like what plays now"))
        #expect(parse(wish).isUnderstood)
    }

    @Test(
        "What plays now is not meant where something else is named, denied or wished for",
        arguments: [
            "like this summer", "songs like that song by Adele", "wie das Lied Hello von Adele", "jazz", "this",
            "not like this",
            "nothing like this", "music for this evening", "like Queen", "más jazz", "play this", "das beste von Queen",
            "comme cette soirée", "wie dieser Sommer",
        ])
    func notPlaying(wish: String) { #expect(!parse(wish).pointsAtPlaying) }

    @Test("Pointing at what plays names its track and artist; where nothing plays, a note says so")
    func pointing() {
        let vibe = parse("more like this")
        let named = Self.index.pointing(vibe, at: Vibe.Track(id: 1, title: "Teardrop", artist: "massive attack"))
        #expect(named.artists == ["Massive Attack"])
        #expect(named.wantsAlike)
        #expect(named.summary.hasPrefix("like “Teardrop” by"))
        let nothing = Self.index.pointing(vibe, at: nil)
        #expect(nothing.notes.contains { $0.contains("nothing plays") })
        #expect(nothing.tracks.isEmpty)
    }
}
