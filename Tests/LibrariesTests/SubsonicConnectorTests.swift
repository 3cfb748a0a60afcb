import HauntTestSupport
import Household
import Testing

@testable import Libraries

struct SubsonicConnectorTests {
    private func settings(_ url: String, password: String = "a secret", uri: String? = nil) -> LibrarySettings {
        LibrarySettings(
            name: "nas", kind: .subsonic, url: url, user: "haunt", secret: .password(password),
            uri: uri.flatMap { AddressTemplate($0) })
    }

    @Test(
        "reads a real Subsonic server, which tells of a wrong password",
        .enabled(
            if: SupysonicProcess.isInstalled,
            "supysonic is not installed. 'apt-get install supysonic python3-waitress' installs it."))
    func real() async throws {
        let music = try TemporaryDirectory()
        for (path, file) in SampleMusic.files { try file.write(to: path, in: music) }
        let server = try await SupysonicProcess(music: music)
        // It ends with its object.
        defer { withExtendedLifetime(server) {} }
        let url = "http://127.0.0.1:\(server.port)"
        let connector = try makeConnector(settings(url, password: server.password, uri: "x://{path}"))
        #expect(try await connector.revision() != nil)
        var (tracks, position): ([LibraryTrack], String?) = ([], nil)
        repeat {
            let page = try await connector.page(at: position)
            tracks += page.tracks
            position = page.next
        } while position != nil
        let wanted = SampleMusic.tracks.map { "x://\($0.uri)" }
        #expect(tracks.map(\.uri).sorted() == wanted)
        let rock = try #require(tracks.first { $0.uri.hasSuffix("01.flac") })
        #expect(rock.details == SampleMusic.tracks[1].details)

        let wrong = await #expect(throws: LibraryProblem.self) {
            _ = try await makeConnector(settings(url, password: "wrong one")).page(at: nil)
        }
        #expect(wrong?.kind == .refused)
        #expect(wrong?.message.contains("wrong one") == false)
    }

    private static func answer(_ json: String) -> StubServer.Reply {
        .json(#"{"subsonic-response":{"status":"ok","version":"1.16.1",\#(json)}}"#)
    }

    private static func error(_ code: Int) -> StubServer.Reply {
        .json(#"{"subsonic-response":{"status":"failed","error":{"code":\#(code),"message":"No."}}}"#)
    }

    @Test("reads what OpenSubsonic servers tell, and takes the year of the album where a song has none")
    func openSubsonic() async throws {
        let server = try await StubServer { request in
            if request.target.hasPrefix("/rest/search3") {
                guard request["songOffset"] == "0" else { return Self.answer(#""searchResult3":{}"#) }
                return Self.answer(
                    #"""
                    "searchResult3":{"song":[{"id":"s1","title":"One","artist":"Anna & Ben","artists":[{"name":"Anna"},{"name":"Ben"}],
                    "albumId":"a1","album":"First","genre":"Rock","genres":[{"name":"Rock"},{"name":"Indie"}],"duration":200,"bpm":120,
                    "explicitStatus":"explicit","path":"a/b.flac"},
                    {"id":2,"title":"Two","artist":"Simon & Garfunkel","duration":"100","year":1970,"explicitStatus":"clean","bpm":0},
                    {"id":"p","title":"Talk","type":"podcast"},{"title":"no id"},"no song",{"id":"n","title":7}]}
                    """#)
            }
            if request.target.hasPrefix("/rest/getAlbumList2") {
                return Self.answer(
                    request["offset"] == "0"
                        ? #""albumList2":{"album":[{"id":"a1","year":1999}]}"# : #""albumList2":{}"#)
            }
            return Self.answer(#""artists":{}"#)
        }
        let connector = try makeConnector(settings(server.url, uri: "subsonic--x://track/{id}"))
        let page = try await connector.page(at: nil)
        #expect(
            page.tracks == [
                LibraryTrack(
                    uri: "subsonic--x://track/s1",
                    details: TrackDetails(
                        artist: "Anna, Ben", title: "One", album: "First", durationS: 200, genres: ["Rock", "Indie"],
                        year: 1999,
                        isExplicit: true, features: SoundFeatures(tempo: 120))),
                LibraryTrack(
                    uri: "subsonic--x://track/2",
                    details: TrackDetails(
                        artist: "Simon & Garfunkel", title: "Two", durationS: 100, year: 1970, isExplicit: false)),
            ])
        #expect(try await connector.page(at: page.next).next == nil)
        #expect(server.requests.allSatisfy { $0["t"] != nil && $0["s"] != nil && $0["p"] == nil })
    }

    @Test("reads album by album where the empty search is not known, and goes on inside of a large album")
    func albums() async throws {
        let server = try await StubServer { request in
            if request.target.hasPrefix("/rest/search3") { return Self.error(10) }
            if request.target.hasPrefix("/rest/getAlbumList2") {
                return Self.answer(
                    request["offset"] == "0" ? #""albumList2":{"album":[{"id":"a"},{"id":"b"}]}"# : #""albumList2":{}"#)
            }
            guard let album = request["id"] else { return Self.answer(#""artists":{}"#) }
            let songs = (0..<(album == "a" ? 700 : 3)).map { #"{"id":"\#(album)\#($0)","title":"T","year":2000}"# }
            return Self.answer(#""album":{"song":[\#(songs.joined(separator: ","))]}"#)
        }
        let connector = try makeConnector(
            LibrarySettings(name: "nas", kind: .subsonic, url: server.url, secret: .token("key")))
        var (uris, position, sizes): (Set<String>, String?, [Int]) = ([], nil, [])
        repeat {
            let page = try await connector.page(at: position)
            uris.formUnion(page.tracks.map(\.uri))
            sizes.append(page.tracks.count)
            position = page.next
        } while position != nil
        #expect(sizes.prefix(2) == [500, 203])
        #expect(uris.count == 703)
        #expect(server.requests.allSatisfy { $0["apiKey"] == "key" && $0["u"] == nil })
    }

    @Test("ends when a server answers with the same page again")
    func samePage() async throws {
        let server = try await StubServer { request in
            request.target.hasPrefix("/rest/search3")
                ? Self.answer(#""searchResult3":{"song":[{"id":"1","title":"T","year":2000}]}"#)
                : Self.answer(#""artists":{}"#)
        }
        let connector = try makeConnector(settings(server.url))
        let page = try await connector.page(at: nil)
        let problem = await #expect(throws: LibraryProblem.self) { _ = try await connector.page(at: page.next) }
        #expect(problem?.kind == .malformed)
    }

    @Test(
        "makes the digests of RFC 1321",
        arguments: [
            ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
            ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
            (
                "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
                "57edf4a22be3c955ac49da2e2107b67a"
            ),
        ])
    func digests(text: String, digest: String) { #expect(MD5.hexDigest(text) == digest) }
}
