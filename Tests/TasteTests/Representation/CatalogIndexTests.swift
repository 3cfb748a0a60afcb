import Testing

@testable import Taste

@Suite("The catalog as taste sees it")
struct CatalogIndexTests {
    @Test("Tracks of one artist meet whatever way the name is written")
    func mergesArtists() {
        let index = CatalogIndex.of([
            TrackDescription(id: 1, artist: "The Lamps", title: "One"),
            TrackDescription(id: 2, artist: "LAMPS", title: "Two"),
        ])
        #expect(index.artistCount == 1)
        #expect(index.trackCount == 2)
    }

    @Test("A track added later is found like one that was there from the start")
    func adds() {
        let all = DemoMusic.tracks
        let late = CatalogIndex.of(all.dropLast()).adding(all[all.count - 1])
        #expect(late.trackCount == all.count)
        #expect(late.artistName(ofTrack: all[all.count - 1].id) == all[all.count - 1].artist)
    }

    @Test("Adding to a copy leaves the snapshot as it was")
    func isAValue() {
        let index = CatalogIndex.of(DemoMusic.tracks)
        let before = index.trackCount
        _ = index.adding(TrackDescription(id: 9_999, artist: "New", title: "Song", artistGenres: ["never heard of"]))
        #expect(index.trackCount == before)
    }

    @Test("A second description of a track replaces the first")
    func replaces() {
        let index = CatalogIndex.of([
            TrackDescription(id: 1, artist: "Wrong", title: "One"),
            TrackDescription(id: 1, artist: "Right", title: "One"),
        ])
        #expect(index.trackCount == 1)
        #expect(index.artistName(ofTrack: 1) == "Right")
    }

    @Test("The tracks of an artist stand side by side, the best known first, in whatever order they came")
    func groups() {
        let tracks = (0..<60).map { number in
            TrackDescription(
                id: TrackID(Int64(number)), artist: "Artist \(number % 7)", title: "Song \(number)",
                popularity: Double(number * 37 % 11), features: AudioFeatures(energy: Double(number) / 60))
        }
        let index = CatalogIndex.of(tracks)
        #expect(index.artists.flatMap(\.tracks) == Array(0..<60))
        for (row, artist) in index.artists.enumerated() {
            let known = artist.tracks.map { index.tracks[Int($0)] }
            #expect(known.allSatisfy { $0.artist == Int32(row) })
            #expect(known.map(\.popularity) == known.map(\.popularity).sorted(by: >))
        }
        let energies = tracks.compactMap { index.trackRows[$0.id] }.compactMap { index.energy(ofTrack: Int($0)) }
        #expect(energies.count == 60 && energies == energies.sorted())
    }

    @Test("A shared credit without tags sounds like its lead artist")
    func inherits() {
        let index = CatalogIndex.of(
            DemoMusic.tracks + [TrackDescription(id: 500, artist: "Jazz 1 & Somebody", title: "Duet")])
        let shared = index.artistRows["jazz 1 and somebody"].map { index.artistVectors.entries(of: Int($0)) }
        #expect(shared?.isEmpty == false)
    }

    @Test(
        "A band without tags inherits none of a stranger whose name is its first word",
        arguments: [
            ("Camo & Krooked", false), ("Hot, Cold Sweat", false), ("Ziggy and The Rhythm Bulldogs", false),
            ("Camo & Ziggy", true), ("Camo x Nobody", true), ("Hot with The Horns", true), ("Ann Lee & The Band", true),
        ])
    func strangers(credit: String, inherits: Bool) throws {
        let solo = ["Camo", "Hot", "Ziggy", "Ann Lee"].enumerated().map { number, name in
            TrackDescription(id: TrackID(Int64(number + 1)), artist: name, title: "Solo", artistGenres: ["rap"])
        }
        let index = CatalogIndex.of(solo + [TrackDescription(id: 9, artist: credit, title: "Together")])
        let artist = try #require(index.trackRows[9].map { Int(index.tracks[Int($0)].artist) })
        #expect(index.artists[artist].tags.isEmpty != inherits)
    }

    @Test("Tags and absent artists of any script are taken")
    func takesAnything() {
        let index = CatalogIndex.of([
            TrackDescription(
                id: 1, artist: nil, title: "?", genres: ["", "-", "演歌", String(repeating: "x", count: 500)]),
            TrackDescription(id: 2, artist: "美空ひばり", title: "川の流れのように", artistGenres: ["演歌"]),
        ])
        #expect(index.artistName(ofTrack: 1) == nil)
        #expect(index.artistName(ofTrack: 2) == "美空ひばり")
        #expect(index.tags.number(of: "演歌") != nil)
    }

    @Test("An empty catalog ranks nothing")
    func isEmpty() {
        let index = CatalogIndex.of([])
        #expect(index.rank(RankingRequest(now: .reference(0))).isEmpty)
        #expect(!index.parse(vibe: "jazz").isUnderstood || index.trackCount == 0)
    }

    @Test("Artists of one genre lie near each other, those of others far")
    func placesArtists() throws {
        let index = CatalogIndex.of(DemoMusic.tracks)
        func vector(_ key: String) throws -> ArraySlice<WeightedTag> {
            index.artistVectors.entries(of: Int(try #require(index.artistRows[key])))
        }
        let near = SparseRows.dot(try vector("jazz 1"), try vector("jazz 2"))
        let far = SparseRows.dot(try vector("jazz 1"), try vector("metal 2"))
        #expect(near > far + 0.3)
    }
}
