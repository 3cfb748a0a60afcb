import Household
import Storage
import Testing

@Suite("The catalog in the store")
struct CatalogTests {
    let store: HouseholdDatabase

    init() throws { store = try .inMemory() }

    private static let complete = TrackDetails(
        artist: "Some Band", title: "First Song", album: "Album", durationS: 213.4, genres: ["jazz", "bebop"],
        artistGenres: ["cool jazz"], year: 1_959, popularity: 61.5, isExplicit: false, uri: "library://track/1",
        features: SoundFeatures(
            danceability: 0.1, energy: 0.2, valence: 0.3, tempo: 120.5, acousticness: 0.9, instrumentalness: 0.8,
            speechiness: 0.05, loudness: -7.25))

    private func importing(_ tracks: TrackDetails..., isDemo: Bool = false) throws -> [Int] {
        let counts = try store.write { try $0.importTracks(tracks, isDemo: isDemo, hasMore: false) }
        return [counts.added, counts.updated]
    }

    private func onlyTrack() throws -> Track {
        let tracks = try store.read { store in
            var all: [Track] = []
            try store.forEachTrack { all.append($0) }
            return all
        }
        let id = try #require(tracks.first?.id)
        #expect(tracks.count == 1)
        return try #require(try store.read { try $0.tracks([id]) }.first)
    }

    @Test("All fields of an imported track are read as they were stored")
    func roundTrip() throws {
        #expect(try importing(Self.complete) == [1, 0])
        #expect(try onlyTrack().details == Self.complete)
        #expect(try store.read { try $0.trackCount() } == 1)
    }

    @Test("A second import completes a track, and empty fields erase nothing")
    func completes() throws {
        let first = try store.write { try $0.findOrAddTrack(heard: Sample.media()) }
        #expect(first.added == Track(id: first.id, details: TrackDetails(artist: "Some Band", title: "First Song")))
        #expect(try importing(Self.complete) == [0, 1])
        #expect(
            try importing(TrackDetails(artist: "SOME BAND", title: "First song (2011 Remaster)")) == [0, 1])
        let track = try onlyTrack()
        #expect(track.id == first.id)
        #expect(track.details.title == "First Song")
        #expect(track.details.genres == ["jazz", "bebop"])
        #expect(track.details.features == Self.complete.features)
        #expect(track.details.uri == "library://track/1")
    }

    @Test("A listen fills empty fields of its track and changes no others")
    func heard() throws {
        _ = try importing(TrackDetails(artist: "Some Band", title: "First Song", album: "Album"))
        var media = Sample.media("first song", artist: "some band", uri: "spotify:track:1")
        media.album = "Best Of"
        media.durationS = 200
        let found = try store.write { try $0.findOrAddTrack(heard: media) }
        #expect(found.added == nil)
        let track = try onlyTrack()
        #expect(track.details.uri == "spotify:track:1")
        #expect(track.details.album == "Album")
        #expect(track.details.durationS == 200)
    }

    @Test("A track is found by its normalised names and by its uri")
    func identity() throws {
        _ = try importing(Self.complete)
        let id = try onlyTrack().id
        let find = { (media: HeardMedia) in try store.read { try $0.trackID(of: media) } }
        #expect(try find(Sample.media("FIRST SONG!", artist: "The Some Band")) == id)
        #expect(try find(Sample.media("Première chanson", artist: "Autre", uri: "library://track/1")) == id)
        #expect(try find(HeardMedia(uri: "library://track/1")) == id)
        #expect(try find(Sample.media("First Song", artist: "Other Band")) == nil)
        #expect(try find(Sample.media("First Song", artist: nil)) == nil)
    }

    @Test(
        "When names and uri match two tracks, the names decide, and an imported address belongs to the imported track")
    func contradiction() throws {
        let (first, second) = try store.write { store in
            let first = try store.findOrAddTrack(heard: Sample.media("One", uri: "library://track/1")).id
            let second = try store.findOrAddTrack(heard: Sample.media("Two", uri: "library://track/2")).id
            #expect(try store.findOrAddTrack(heard: Sample.media("Two", uri: "library://track/1")).id == second)
            return (first, second)
        }
        #expect(
            try importing(TrackDetails(artist: "Some Band", title: "One", uri: "library://track/2")) == [
                0, 1,
            ])
        let tracks = try store.read { try $0.tracks([first, second]) }
        #expect(tracks.first { $0.id == first }?.details.uri == "library://track/2")
        #expect(tracks.first { $0.id == second }?.details.uri == nil)
    }

    @Test(
        "An address that does not change with the song neither joins two tracks nor is stored with one",
        arguments: [
            "http://radio.example/live.mp3", "x-rincon:RINCON_1", "x-sonos-vli:RINCON_1:1,airplay:2",
            "library://radio/7",
            "com.spotify.music", "https://soundtracks.example/live", "",
        ])
    func stream(uri: String) throws {
        let ids = try store.write { store in
            try ["One", "Two"].map { try store.findOrAddTrack(heard: Sample.media($0, uri: uri)).id }
        }
        #expect(Set(ids).count == 2)
        #expect(try store.read { try $0.tracks(ids) }.allSatisfy { $0.details.uri == nil })
    }

    @Test(
        "Two titles with the uri of one recording are one track",
        arguments: [
            "library://track/7", "spotify:track:4uLU", "https://open.spotify.com/track/4uLU",
            "x-sonos-spotify:spotify%3atrack%3a4uLU?sid=9", "x-file-cifs://nas/Music/One.FLAC", "Some Band/01.mp3",
        ])
    func recording(uri: String) throws {
        let ids = try store.write { store in
            try ["One", "Two"].map { try store.findOrAddTrack(heard: Sample.media($0, uri: uri)).id }
        }
        #expect(Set(ids).count == 1)
        #expect(try store.read { try $0.tracks(ids) }.map(\.details.uri) == [uri])
    }

    @Test("Imported rows with the same uri are one track, whatever their names")
    func importedURI() throws {
        let rows = ["One", "Two"].map { TrackDetails(artist: "A", title: $0, uri: "http://nas/song") }
        #expect(try importing(rows[0], rows[1]) == [1, 1])
        #expect(try onlyTrack().details.title == "One")
    }

    @Test("Media without a title is not a track")
    func untitled() throws {
        #expect(throws: HouseholdError.self) {
            try store.write { try $0.findOrAddTrack(heard: HeardMedia(artist: "A")) }
        }
    }

    @Test("A title without an artist is a track of its own")
    func unknownArtist() throws {
        let ids = try store.write { store in
            try [nil, "A", nil].map { try store.findOrAddTrack(heard: Sample.media("Song", artist: $0)).id }
        }
        #expect(ids[0] == ids[2])
        #expect(ids[0] != ids[1])
    }

    @Test("Demo tracks are removed unless they were played or are in an imported catalog")
    func demo() throws {
        let rows = ["One", "Two", "Three"].map { TrackDetails(artist: "Some Band", title: $0) }
        #expect(try importing(rows[0], rows[1], rows[2], isDemo: true) == [3, 0])
        let tracks = try store.write { store in
            try store.record(Sample.listen("e1", Sample.media("Two")))
            var ids: [Track.ID] = []
            try store.forEachTrack { ids.append($0.id) }
            return try store.tracks(ids)
        }
        try store.write { try $0.insertPlaylist(Sample.playlist("p1", of: tracks), keeping: 10) }
        #expect(try importing(rows[2], isDemo: true) == [0, 1])
        #expect(try importing(rows[2]) == [0, 1])
        try store.write { try $0.removeUnplayedDemoTracks() }
        var left: [String] = []
        try store.read { try $0.forEachTrack { left.append($0.details.title) } }
        #expect(left == ["Two", "Three"])
        #expect(try store.read { try $0.playlist("p1") }?.entries.map(\.track.details.title) == ["Two", "Three"])
    }
}
