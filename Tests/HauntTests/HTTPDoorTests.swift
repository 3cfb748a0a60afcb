import Foundation
import HauntTestSupport
import Household
import MQTTClient
import Testing
import Wire

@Suite("The daemon by HTTP", .timeLimit(.minutes(15)))
struct HTTPDoorTests {
    @Test("A playlist requested by HTTP is sent to its speaker only with auto_play")
    func autoPlay() async throws {
        let run = try await RunningHouse()
        let http = HTTPClient(port: run.haunt.httpPort)
        let listen = #"{"title": "One", "artist": "First", "profile": "anna"}"#
        let stored = try await http.send("POST", "/api/history/webhook", listen)
        #expect(stored.status == 201)
        let told = await run.listen()
        #expect(told["id"] == stored.json["id"])
        let silent = try await http.send(
            "POST", "/api/playlists/generate", #"{"profile": "anna", "speaker_entity": "media_player.study"}"#)
        #expect(silent.json["auto_play"] == .bool(false))
        let wish = #"{"vibe": "calm", "speaker_entity": "media_player.study", "auto_play": true}"#
        let list = try await http.send("POST", "/api/playlists/generate", wish)
        #expect(list.status == 201)
        let command = await run.house.next { $0.topic == "haunt/speaker/study/command" }
        #expect(!command.isRetained)
        #expect(try WireJSON.decode(command.payload) == list.json)
        await run.end()
    }

    @Test("Health follows the connection to the broker, and player messages are counted by source")
    func health() async throws {
        let run = try await RunningHouse()
        let http = HTTPClient(port: run.haunt.httpPort)
        let well = try await http.send("GET", "/healthz")
        #expect(well.status == 200)
        try run.play("One", by: "First", on: "study")
        await run.hears("One", on: "study")
        let metrics = try await http.send("GET", "/metrics").body
        let count = metrics.split(separator: "\n").first {
            $0.hasPrefix("haunt_messages_total{source=\"home-assistant-statestream\"}")
        }
        #expect((count?.split(separator: " ").last).flatMap { Int($0) } ?? 0 >= 6)
        await run.broker.stop()
        _ = await run.haunt.logLine(containing: "The broker is away")
        let away = try await http.send("GET", "/healthz")
        #expect(away.status == 503)
        #expect(away.json["away"]?.items == [.string("broker")])
        try await run.broker.start()
        _ = await run.haunt.logLine(containing: "Connected to the broker")
        #expect(try await http.send("GET", "/healthz").status == 200)
        await run.end()
    }

    @Test("A token from a file is required on loopback too, and is in no log and no answer")
    func token() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        let folder = try TemporaryDirectory()
        let file = try folder.write("the-token\nand nothing else\n", to: "token")
        let port = Int(freeLoopbackPort())
        let haunt = try HauntProcess(
            broker: broker.url, configuration: "log: {level: trace}\n",
            http: "{listen: '127.0.0.1:\(port)', token_file: '\(file)'}")
        let said = try await haunt.start()
        let nameless = try await HTTPClient(port: port).send("GET", "/api/profiles")
        #expect(nameless.status == 401)
        let named = try await HTTPClient(port: port, token: "the-token").send("GET", "/api/profiles")
        #expect(named.status == 200)
        let document = try await HTTPClient(port: port).send("GET", "/openapi.json")
        #expect(document.json["openapi"]?.text == "3.1.0")
        #expect(said.count { $0.contains("the-token") } == 0)
        await haunt.stop()
        await broker.stop()
    }

    @Test("The server does not start without a token on a public address, or on a port in use")
    func refusal() async throws {
        let run = try await RunningHouse()
        for (http, status, words) in [
            ("{listen: '0.0.0.0:\(freeLoopbackPort())'}", Int32(78), "http.token_file must be set"),
            (
                "{listen: '127.0.0.1:\(run.haunt.httpPort)'}", 69,
                "Cannot listen on 127.0.0.1:\(run.haunt.httpPort): another program uses that port"
            ),
        ] {
            let other = try HauntProcess(broker: run.broker.url, configuration: "", http: http)
            let outcome = try await other.command("serve")
            #expect(outcome.status == status, "\(outcome.errors)")
            #expect(outcome.errors.contains { $0.contains(words) }, "\(outcome.errors)")
        }
        await run.end()
    }
}
