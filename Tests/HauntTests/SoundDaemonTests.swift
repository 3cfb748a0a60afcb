import Foundation
import HauntTestSupport
import MQTTClient
import Synchronization
import Testing
import Wire

@Suite("Sound in a running daemon", .timeLimit(.minutes(15)))
struct SoundDaemonTests {
    /// AudioMuse with forty tracks of rock, of which it finds some by words.
    private static func server(_ search: @escaping @Sendable (String) -> StubServer.Reply) async throws -> StubServer {
        let tracks = (0..<40).map {
            #"{"id":"m\#($0)","title":"Song \#($0)","artist":"Artist \#($0)","mood_vector":"rock:0.6","fp":"1"}"#
        }.joined(separator: ",")
        return try await StubServer { request in
            switch request.target.split(separator: "?").first {
            case "/api/sync": .json(#"{"tracks":[\#(tracks)],"total_tracks":40,"has_more":false}"#)
            case "/api/clap/search": search(request.body)
            default: .json("{}")
            }
        }
    }

    private func house(_ server: StubServer) async throws -> RunningHouse {
        let run = try await RunningHouse(
            RunningHouse.configuration + "\nlibraries: [{name: muse, kind: audiomuse, url: \"\(server.url)\"}]\n")
        _ = await run.house.next(on: "haunt/bridge/health") { $0["libraries"]?.items.first?["state"]?.text == "synced" }
        return run
    }

    private static let found =
        #"{"query":"","count":2,"results":[{"item_id":"m33","similarity":0.01},{"item_id":"m8"}]}"#

    @Test("A wish in German is answered with sound, for a guest and for a profile")
    func german() async throws {
        let server = try await Self.server { $0.contains("rock sad") ? .json(Self.found) : .status(500) }
        let run = try await house(server)
        let http = HTTPClient(port: run.haunt.httpPort)
        let list = try await http.send("GET", "/api/recommendations?vibe=traurige%20Rockmusik&guest=true&limit=4")
        #expect(list.json["sound"]?.text == "used")
        let first = list.json["tracks"]?.items.prefix(2).compactMap { $0["title"]?.text } ?? []
        #expect(Set(first) == ["Song 33", "Song 8"])
        try run.house.say("traurige Rockmusik", on: "haunt/speaker/study/request")
        let command = await run.house.next(on: "haunt/speaker/study/command")
        #expect(command["sound"]?.text == "used")
        #expect(command["profile"]?.text == "anna")
        #expect(server.requests.contains { $0.target == "/api/clap/warmup" })
        await run.end()
    }

    @Test("While a search does not answer, listens and other lists go on; then the words alone decide")
    func slow() async throws {
        let server = try await Self.server { _ in .silence }
        let run = try await house(server)
        try run.house.say(#"{"vibe":"rock","transaction":"slow"}"#, on: "haunt/speaker/study/request")
        try run.house.say(#"{"title":"Song 1","artist":"Artist 1","event_id":"e1"}"#, on: "haunt/listen")
        try run.house.say(#"{"transaction":"quick"}"#, on: "haunt/speaker/kitchen/request")
        let answers = "haunt/bridge/response/playlist/generate"
        let first = await run.house.next(on: answers)
        #expect(first["transaction"]?.text == "quick")
        #expect(await run.house.next(on: "haunt/bridge/response/listen/add")["status"]?.text == "ok")
        let second = await run.house.next(on: answers)
        #expect(second["transaction"]?.text == "slow")
        #expect(second["data"]?["sound"]?.text == "away")
        #expect(second["data"]?["tracks"]?.items.isEmpty == false)
        await run.end()
    }

    @Test("More like this, said on a speaker's topic, is what sounds like the track that plays there")
    func likeThis() async throws {
        let tracks = (0..<40).map { number in
            let angle = Float(number) / 40
            let sound = [cos(angle), sin(angle), 0, 0, 0, 0, 0, 0]
            let bytes = sound.flatMap { value in (0..<4).map { UInt8(value.bitPattern >> (8 * $0) & 0xFF) } }
            return
                #"{"id":"m\#(number)","title":"Song \#(number)","artist":"Artist \#(number)","mood_vector":"rock:0.6","#
                + #""clap_embedding":"\#(Data(bytes).base64EncodedString())"}"#
        }
        let page = #"{"tracks":[\#(tracks.joined(separator: ","))],"total_tracks":40,"has_more":false}"#
        let server = try await StubServer { request in
            request.target.hasPrefix("/api/sync") ? .json(page) : .status(503)
        }
        let run = try await house(server)
        try run.play("Song 30", by: "Artist 30", on: "study")
        await run.hears("Song 30", on: "study")
        try run.house.say(#"{"vibe":"more like this","total_tracks":4}"#, on: "haunt/speaker/study/request")
        let command = await run.house.next(on: "haunt/speaker/study/command")
        #expect(command["sound"]?.text == "used")
        let numbers = command["tracks"]?.items.compactMap { $0["title"]?.text.flatMap { Int($0.dropFirst(5)) } } ?? []
        #expect(numbers.count == 4)
        #expect(numbers.allSatisfy { (20...39).contains($0) && $0 != 30 }, "\(numbers)")
        await run.end()
    }

    @Test("A list that waited for its sound never follows the list of a later request onto the same speaker")
    func overtaken() async throws {
        let server = try await Self.server { _ in .silence }
        let run = try await house(server)
        let (request, command) = ("haunt/speaker/study/request", "haunt/speaker/study/command")
        try run.house.say(#"{"vibe":"rock","transaction":"slow"}"#, on: request)
        try run.house.say(#"{"total_tracks":3,"transaction":"quick"}"#, on: request)
        let answers = "haunt/bridge/response/playlist/generate"
        let quick = await run.house.next(on: answers)
        #expect(quick["data"]?["auto_play"] == .bool(true))
        #expect(await run.house.next(on: command)["id"] == quick["data"]?["id"])
        let slow = await run.house.next(on: answers) { $0["transaction"]?.text == "slow" }
        #expect(slow["status"]?.text == "ok")
        #expect(slow["data"]?["auto_play"] == .bool(false))
        #expect(slow["data"]?["notes"]?.items.contains { $0.text?.contains("was not sent") == true } == true)
        let state = try await HTTPClient(port: run.haunt.httpPort).send("GET", "/api/speakers")
        let study = state.json["speakers"]?.items.first { $0["speaker_name"]?.text == "media_player.study" }
        #expect(study?["last_playlist"]?["track_count"]?.number == 3)
        try run.house.say(#"{"total_tracks":2}"#, on: request)
        #expect(await run.house.next(on: command)["tracks"]?.items.count == 2)
        await run.end()
    }

    @Test(
        "An answer that makes no sense is as none, and the house goes on",
        arguments: ["no json", "[]", #"{"results":"rock"}"#, #"{"results":[1,{"title":"x"}]}"#, #"{"results":null}"#])
    func nonsense(answer: String) async throws {
        let server = try await Self.server { _ in .json(answer) }
        let run = try await house(server)
        let http = HTTPClient(port: run.haunt.httpPort)
        let list = try await http.send("GET", "/api/recommendations?vibe=rock&guest=true")
        #expect(list.json["sound"]?.text == "away")
        #expect(list.json["tracks"]?.items.isEmpty == false)
        let plain = try await http.send("GET", "/api/recommendations?vibe=blorp&guest=true")
        #expect(plain.json["sound"]?.text == "none")
        await run.end()
    }
}
