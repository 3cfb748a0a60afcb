import Exchange
import Foundation
import Household
import Testing

struct CatalogFileParserTests {
    @Test(
        "Genres are split at bars, and at other signs where the pieces are kinds of music",
        arguments: [
            ("pop|indie pop", ["pop", "indie pop"]), ("Rock/Pop", ["Rock", "Pop"]), ("Jazz; Soul", ["Jazz", "Soul"]),
            ("House, Techno", ["House", "Techno"]), ("Singer/Songwriter", ["Singer/Songwriter"]),
        ])
    func genres(text: String, genres: [String]) {
        let files = [
            "artist,title,genres,artist_genres\nA,T,\"\(text)\",\"\(text)\"\n",
            #"{"artist":"A","title":"T","genres":["\#(text)"],"artist_genres":"\#(text)"}"#,
        ]
        for file in files {
            let tracks = Files.tracks(file).map { item in
                if case .row(let track, _) = item { [track.genres, track.artistGenres] } else { [[String]]() }
            }
            #expect(tracks == [[genres, genres]])
        }
    }

    @Test("All columns of a catalog, in any order, unknown ones ignored")
    func readsCSV() {
        let items = Files.tracks(
            """
            uri,artist,title,album,duration_ms,genres,artist_genres,year,popularity,explicit,danceability,energy,valence,\
            tempo,acousticness,instrumentalness,speechiness,loudness,mood
            u:1,A,T,L,227067,pop | indie pop,rock,2013,52,1,0.709,0.831,0.866,105,0.108,1e-05,0.0391,-6.847,blue
            ,A,U,,,,,,,,,,,,,,,,
            """)
        #expect(
            items == [
                .row(
                    TrackDetails(
                        artist: "A", title: "T", album: "L", durationS: 227.067, genres: ["pop", "indie pop"],
                        artistGenres: ["rock"], year: 2013, popularity: 52, isExplicit: true, uri: "u:1",
                        features: SoundFeatures(
                            danceability: 0.709, energy: 0.831, valence: 0.866, tempo: 105, acousticness: 0.108,
                            instrumentalness: 1e-05, speechiness: 0.0391, loudness: -6.847)), line: 2),
                .row(TrackDetails(artist: "A", title: "U"), line: 3),
            ])
    }

    @Test("JSON lines have the same keys; lists may be lists")
    func readsJSONLines() {
        let items = Files.tracks(
            """
            {"artist":"A","title":"T","genres":["pop","rock"],"artist_genres":"a|b","year":1999,"explicit":false}
            {"artist":"A","title":"U","duration_ms":null,"energy":5e-1}
            """)
        #expect(
            items == [
                .row(
                    TrackDetails(
                        artist: "A", title: "T", genres: ["pop", "rock"], artistGenres: ["a", "b"], year: 1999,
                        isExplicit: false), line: 1),
                .row(TrackDetails(artist: "A", title: "U", features: SoundFeatures(energy: 0.5)), line: 2),
            ])
    }

    @Test(
        "Without a year the middle of the decade stands for it",
        arguments: [("1980s", 1985), ("80s", 1985), ("1987", 1985), ("2010s", 2015), ("", nil)])
    func readsDecade(decade: String, year: Int?) {
        #expect(
            Files.tracks("artist,title,decade\nA,T,\(decade)") == [
                .row(TrackDetails(artist: "A", title: "T", year: year), line: 2)
            ])
        #expect(
            Files.tracks("artist,title,decade,year\nA,T,\(decade),1981") == [
                .row(TrackDetails(artist: "A", title: "T", year: 1981), line: 2)
            ])
    }

    @Test("A value that makes no sense is reported, and the row counts without it")
    func keepsRow() {
        let items = Files.tracks(
            "artist,title,energy,year,explicit,duration_ms,decade,tempo\nA,T,1.5,0,perhaps,-1,early,0\n")
        #expect(
            items == [
                Files.problem(2, "duration_ms must be a number from 0.0 to 86400000.0", keepsRow: true),
                Files.problem(2, "year must be a number from 1000.0 to 2200.0", keepsRow: true),
                Files.problem(2, "decade must be a decade, like 1980s", keepsRow: true),
                Files.problem(2, "explicit must be true or false", keepsRow: true),
                Files.problem(2, "energy must be a number from 0.0 to 1.0", keepsRow: true),
                .row(TrackDetails(artist: "A", title: "T"), line: 2),
            ])
    }

    @Test("A row without a title is left out; a file without the columns is no catalog")
    func refusesRow() {
        #expect(Files.tracks("artist,title\nA,\n") == [Files.problem(2, "title is missing")])
        #expect(Files.tracks("{\"artist\":\"A\"}\n") == [Files.problem(1, "title is missing")])
        #expect(
            Files.tracks("artist,song\nA,T\n") == [
                Files.problem(1, "the first line must name the columns, and artist and title among them")
            ])
    }
}
