import HauntTestSupport
import Household
import Testing
import Wire

@testable import Libraries

struct MusicAssistantConnectorTests {
    private static let track = #"""
        {"item_id":"15","uri":"library://track/15","name":"On/Off","version":"Live","media_type":"track","duration":200,
        "artists":[{"name":"AC/DC"},{"name":"Anna"}],"album":{"item_id":3,"name":"First"},
        "metadata":{"genres":["Rock/Pop"],"explicit":true,"popularity":40},
        "provider_mappings":[{"provider_domain":"filesystem_local","item_id":"a/b c.flac","available":true}]}
        """#

    private func settings(_ server: MusicAssistantStub, token: String? = nil, uri: String? = nil) -> LibrarySettings {
        LibrarySettings(
            name: "ma", kind: .musicAssistant, url: server.url, secret: token.map { .token($0) },
            uri: uri.flatMap { AddressTemplate($0) })
    }

    @Sendable private static func answer(_ command: String, _ id: String, _ arguments: JSONValue) -> [String] {
        let isFirst = arguments["offset"] == 0
        switch command {
        case "music/albums/library_items":
            return MusicAssistantStub.result(id, isFirst ? #"[{"item_id":"3","year":1980}]"# : "[]")
        case "music/tracks/count": return MusicAssistantStub.result(id, "3")
        case "music/tracks/library_items" where isFirst:
            let gone =
                #"{"item_id":"16","uri":"library://track/16","name":"Gone","provider_mappings":[{"available":false}]}"#
            return [
                #"{"event":"player_updated","object_id":"x"}"#,
                #"{"message_id":"\#(id)","result":[\#(track)],"partial":true}"#, #"{"message_id":"other","result":[]}"#,
                #"{"message_id":"\#(id)","result":[\#(gone),{"name":"no address"}],"partial":false}"#,
            ]
        case "music/tracks/library_items": return MusicAssistantStub.result(id, "[]")
        default: return [#"{"message_id":"\#(id)","error_code":12,"details":"Invalid command"}"#]
        }
    }

    @Test("reads tracks that come in parts, with the year of the album, and leaves out what no provider has")
    func reads() async throws {
        let server = try await MusicAssistantStub(Self.answer)
        let connector = try makeConnector(settings(server))
        let page = try await connector.page(at: nil)
        #expect(
            page.tracks == [
                LibraryTrack(
                    uri: "library://track/15",
                    details: TrackDetails(
                        artist: "AC/DC, Anna", title: "On/Off (Live)", album: "First", durationS: 200,
                        genres: ["Rock", "Pop"],
                        year: 1980, popularity: 40, isExplicit: true))
            ])
        #expect(page.total == 3)
        #expect(page.next == "3")
        #expect(try await connector.page(at: page.next).next == nil)
        #expect(try await connector.revision() == nil)
    }

    @Test("makes the address of a file's path where the household wants that")
    func template() async throws {
        let server = try await MusicAssistantStub(Self.answer)
        let page = try await makeConnector(settings(server, uri: "filesystem_local://track/{path}")).page(at: nil)
        #expect(page.tracks.map(\.uri) == ["filesystem_local://track/a/b c.flac"])
    }

    @Test("says that a library changed while it was read")
    func changed() async throws {
        let server = try await MusicAssistantStub { command, id, _ in
            MusicAssistantStub.result(id, command == "music/tracks/count" ? "3" : "[]")
        }
        let problem = await #expect(throws: LibraryProblem.self) {
            _ = try await makeConnector(settings(server)).page(at: "4")
        }
        #expect(problem?.kind == .away)
    }

    @Test("sends its token to servers that want one, and says when it is missing or wrong")
    func token() async throws {
        let server = try await MusicAssistantStub(hello: #"{"schema_version":28}"#) { command, id, arguments in
            guard command == "auth" else {
                return MusicAssistantStub.result(id, command.hasSuffix("count") ? "0" : "[]")
            }
            return arguments["token"] == "right"
                ? MusicAssistantStub.result(id, "{}")
                : [#"{"message_id":"\#(id)","error_code":20,"details":"Invalid token"}"#]
        }
        #expect(try await makeConnector(settings(server, token: "right")).page(at: nil).tracks.isEmpty)
        for wrong in ["wrong", nil] {
            let problem = await #expect(throws: LibraryProblem.self) {
                _ = try await makeConnector(settings(server, token: wrong)).page(at: nil)
            }
            #expect(problem?.kind == .refused)
        }
    }

    @Test(
        "reads what is no message as a problem in words", arguments: ["<html>", "[", #"{"message_id":"1","result":7}"#])
    func malformed(message: String) async throws {
        let server = try await MusicAssistantStub { _, _, _ in [message] }
        let problem = await #expect(throws: LibraryProblem.self) {
            _ = try await makeConnector(settings(server)).page(at: nil)
        }
        #expect(problem?.kind == .malformed)
    }
}
