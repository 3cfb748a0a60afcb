import Exchange
import Foundation
import Household
import Testing

struct ListenFileParserTests {
    private let noon = Files.date("2026-11-22T12:00:00Z")

    @Test("Haunt's own CSV: all columns in any order, unknown ones ignored")
    func readsOwnCSV() {
        let items = Files.listens(
            """
            title,mood,artist,timestamp,album,ms_played,skipped,speaker_name,source,event_id
            "Say ""Hi"", twice",blue,Ann & Bo,2026-11-22T13:00:00+01:00,"Two
            lines",61500,true,media_player.study,webhook,e-1
            Plain,,,2026-11-22T12:00:00.250Z,,,,,,

            Last,,X,2026-11-22T12:00:00Z,,0,0,,,
            """)
        #expect(
            items == [
                .row(
                    ImportedListen(
                        startedAt: noon, artist: "Ann & Bo", title: "Say \"Hi\", twice", album: "Two lines",
                        heardS: 61.5, wasSkipped: true, speakerName: "media_player.study", source: "webhook",
                        eventID: "e-1"), line: 2),
                .row(
                    ImportedListen(startedAt: noon.addingTimeInterval(0.25), artist: nil, title: "Plain"), line: 4),
                .row(
                    ImportedListen(startedAt: noon, artist: "X", title: "Last", heardS: 0, wasSkipped: false), line: 6),
            ])
    }

    @Test("Byte order mark, CRLF and a last line without an end are fine")
    func readsWindowsFiles() {
        let items = Files.listens(
            "\u{FEFF}timestamp,artist,title\r\n\r\n2026-11-22T12:00:00Z,A,\"B\"\r\n2026-11-22T12:00:00Z,A,C")
        #expect(
            items == [
                .row(ImportedListen(startedAt: noon, artist: "A", title: "B"), line: 3),
                .row(ImportedListen(startedAt: noon, artist: "A", title: "C"), line: 4),
            ])
    }

    @Test("Spotify's account data names the end of a play, to the minute")
    func readsSpotifyShort() {
        let items = Files.listens(
            """
            [
              {
                "endTime" : "2026-11-22 12:03",
                "artistName" : "Bj\\u00f6rk \\ud83c\\udfb5",
                "trackName" : "J\\u00f3ga",
                "msPlayed" : 180000
              }
            ]
            """)
        #expect(
            items == [.row(ImportedListen(startedAt: noon, artist: "Björk 🎵", title: "Jóga", heardS: 180), line: 2)])
    }

    @Test("Spotify's extended history names the end of a play; podcasts are no music")
    func readsSpotifyExtended() {
        let items = Files.listens(
            """
            [{"ts":"2026-11-22T12:03:00Z","ms_played":180000,"master_metadata_track_name":"T",
              "master_metadata_album_artist_name":"A","master_metadata_album_album_name":"L","episode_name":null,
              "spotify_track_uri":"spotify:track:1","skipped":false,"shuffle":true},
             {"ts":"2026-11-22T12:05:00Z","ms_played":1000,"master_metadata_track_name":null,"episode_name":"E"},
             {"ts":"2026-11-22T12:00:01Z","ms_played":1000,"master_metadata_track_name":"U","skipped":true}]
            """)
        #expect(
            items == [
                .row(
                    ImportedListen(
                        startedAt: noon, artist: "A", title: "T", album: "L", heardS: 180, wasSkipped: false,
                        uri: "spotify:track:1"), line: 1),
                .notMusic(line: 4),
                .row(ImportedListen(startedAt: noon, artist: nil, title: "U", heardS: 1, wasSkipped: true), line: 5),
            ])
    }

    @Test(
        "ListenBrainz, one a line, in a list, or as its API answers",
        arguments: [
            #"{"listened_at":1795348800,"track_metadata":{"track_name":"T","artist_name":"A","release_name":"L","#
                + "\n"
                + #""additional_info":{"duration_ms":200000,"artists":[{"name":"x"}]}}}"#,
            #"[{"listened_at":1795348800,"track_metadata":{"track_name":"T","artist_name":"A","release_name":"L","#
                + #""additional_info":{"duration":200}}}]"#,
            #"{"payload":{"count":1,"listens":[{"listened_at":1795348800,"track_metadata":{"track_name":"T","#
                + #""artist_name":"A","release_name":"L","additional_info":{"duration_ms":200000}}}],"user_id":"ann"}}"#,
        ])
    func readsListenBrainz(text: String) {
        #expect(
            Files.listens(text) == [
                .row(ImportedListen(startedAt: noon, artist: "A", title: "T", album: "L", durationS: 200), line: 1)
            ])
    }

    @Test(
        "Last.fm, as several programs export it",
        arguments: [
            "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"
                + "\"1795348800\",\"22 Nov 2026, 12:00\",\"A\",\"m\",\"L\",\"\",\"T\",\"\"",
            "Artist;Album;AlbumId;Track;Date#ann\nA;L;1;T;1795348800000",
            "A,L,T,22 Nov 2026 12:00",
            #"{"username":"ann","scrobbles":[{"track":"T","artist":"A","album":"L","albumId":"1","date":1795348800000}]}"#,
            #"[{"track":[{"artist":{"mbid":"","#
                + ##""#text":"A"},"album":{"#text":"L"},"image":[{"size":"small","#text":"x"}],"name":"T","##
                + ##""date":{"uts":"1795348800","#text":"22 Nov 2026, 12:00"}}],"@attr":{"page":"1"}}]"##,
            ##"{"recenttracks":{"@attr":{"user":"ann"},"track":[{"artist":{"name":"A"},"album":{"#text":"L"},"##
                + #""name":"T","date":{"uts":"1795348800"}}]}}"#,
        ])
    func readsLastFM(text: String) {
        let items = Files.listens(text)
        #expect(items.count == 1)
        guard case .row(let listen, _)? = items.first else { return }
        #expect(listen == ImportedListen(startedAt: noon, artist: "A", title: "T", album: "L"))
    }

    @Test("However a file is cut into chunks, it says the same")
    func readsAnyChunks() {
        let csv = "timestamp,artist,title\r\n2026-11-22T12:00:00Z,\"A\n\"\"B\"\"\",É\r\n2026-11-22T12:00:00Z,x\ny\n"
        let json = #"{"scrobbles":[{"track":"\"Té","artist":"A","date":1795348800},{"track":1}],"x":{"y":[]}}"#
        let lines =
            "{\"name\":\"T\",\"artist\":{\"name\":\"A\"},\"uts\":1795348800}\n{\"name\n{\"name\":\"U\",\"uts\":1795348800}\n"
        let delimited = "timestamp,a;b,artist,title\n2026-11-22T12:00:00Z,,A,T\n2026-11-22T12:00:00Z,,A,U\n"
        let nonsense = "{\"name\":\"T\",\"uts\":1795348800}\nnonsense %\n{\"name\":\"U\",\"uts\":1795348800}\n"
        let quoted = "timestamp,artist,title\r\n2026-11-22T12:00:00Z,A,\"T\"\r\n2026-11-22T12:00:00Z,A,\"U\"\r\n"
        // Its first line is damaged, and the second one has another delimiter.
        let damaged = "\"\n\"\0\";\n]"
        for text in [csv, json, lines, delimited, nonsense, quoted, damaged] {
            let whole = Files.listens(text)
            #expect(whole.count >= 2)
            for chunkBytes in [1, 2, 3, 7, 50] {
                #expect(Files.listens(text, chunkBytes: chunkBytes) == whole)
            }
        }
    }
}
