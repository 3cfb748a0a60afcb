import Foundation
import HauntTestSupport
import Household
import Testing

@testable import Libraries

struct AudioMuseTests {
    private static func embedding(_ values: [Float]) -> String {
        Data(
            values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) } }
        )
        .base64EncodedString()
    }

    private func settings(_ server: StubServer) -> LibrarySettings {
        LibrarySettings(name: "muse", kind: .audiomuse, url: server.url, secret: .token("key"))
    }

    @Test("reads tags, moods and vectors page by page, with its token")
    func reads() async throws {
        let vector = (0..<512).map { Float($0) / 512 }
        let server = try await StubServer { request in
            guard request["page"] == "1" else { return .json(#"{"tracks":[],"total_tracks":2,"has_more":false}"#) }
            return .json(
                #"""
                {"tracks":[{"id":"a","title":"One","artist":"Anna","album":"First","year":1999,"tempo":120.5,
                "mood_vector":"rock:0.6,indie:0.5,pop:0.4,jazz:0.1","other_features":"danceable:0.7,happy:0.2,sad:0.1",
                "clap_embedding":"\#(Self.embedding(vector))"},
                {"id":"b","title":"Two","artist":null,"clap_embedding":"AAAA","mood_vector":{"folk":0.3},"tempo":"x"}],
                "total_tracks":2,"has_more":true,"next_page":2}
                """#)
        }
        let connector = try makeConnector(settings(server))
        let page = try await connector.page(at: nil)
        #expect(
            page.tracks == [
                LibraryTrack(
                    uri: "a",
                    details: TrackDetails(
                        artist: "Anna", title: "One", album: "First", genres: ["rock", "indie", "pop"], year: 1999,
                        features: SoundFeatures(danceability: 0.7, valence: 0.2, tempo: 120.5)),
                    sound: SoundVector(space: "clap-512", values: vector)),
                LibraryTrack(uri: "b", details: TrackDetails(artist: nil, title: "Two", genres: ["folk"])),
            ])
        #expect(page.total == 2)
        #expect(page.next == "2")
        #expect(try await connector.page(at: "2").next == nil)
        #expect(server.requests.allSatisfy { $0.head.contains("Authorization: Bearer key") })
    }

    @Test("the space of a vector is named by the model, as the server or else the configuration calls it, and its size")
    func space() async throws {
        let (small, broken) = (Self.embedding([1, 2, 3, 4, 5, 6, 7, 8]), Self.embedding([.nan, 1, 1, 1, 1, 1, 1, 1]))
        let tracks = #"""
            [{"id":"a","title":"A","clap_embedding":"\#(small)"},{"id":"b","title":"B","clap_embedding":"\#(broken)"},
            {"id":"c","title":"C","clap_model":"clap-2","clap_embedding":"\#(small)"}]
            """#
        let server = try await StubServer { _ in .json(#"{"tracks":\#(tracks),"has_more":false}"#) }
        let settings = LibrarySettings(name: "muse", kind: .audiomuse, url: server.url, soundModel: "ours")
        let page = try await makeConnector(settings).page(at: nil)
        #expect(page.tracks.map(\.sound?.space) == ["ours-8", nil, "clap-2-8"])
    }

    @Test("tells another revision when a fingerprint changes")
    func revision() async throws {
        let print = { (fp: String) in
            try await StubServer { request in
                request["fields"] == "index"
                    ? .json(#"{"tracks":[{"id":"a","fp":"\#(fp)"}],"has_more":false}"#) : .status(404)
            }
        }
        let (first, second) = (try await print("1"), try await print("2"))
        let before = try await makeConnector(settings(first)).revision()
        #expect(try await makeConnector(settings(first)).revision() == before)
        #expect(try await makeConnector(settings(second)).revision() != before)
    }

    @Test("ends when its pages do not")
    func endless() async throws {
        let server = try await StubServer { _ in .json(#"{"tracks":[],"has_more":true,"next_page":1}"#) }
        let problem = await #expect(throws: LibraryProblem.self) {
            _ = try await makeConnector(settings(server)).page(at: nil)
        }
        #expect(problem?.kind == .malformed)
    }

    @Test("finds tracks by words, in the order of the server")
    func search() async throws {
        let server = try await StubServer { request in
            request.body.contains("quiet piano")
                ? .json(#"{"results":[{"item_id":"b","similarity":0.01},{"item_id":7},{"title":"no id"}]}"#)
                : .status(503)
        }
        let search = try AudioMuseSearch(settings(server))
        #expect(try await search.search("quiet piano", limit: 10) == ["b", "7"])
        let problem = await #expect(throws: LibraryProblem.self) { _ = try await search.search("other", limit: 10) }
        #expect(problem?.kind == .away)
        await search.warmUp()
        #expect(server.requests.last?.target == "/api/clap/warmup")
    }
}
