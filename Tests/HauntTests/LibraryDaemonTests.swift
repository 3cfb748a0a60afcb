import Foundation
import HauntTestSupport
import MQTTClient
import Testing
import Wire

@Suite("Libraries of a running daemon", .timeLimit(.minutes(15)))
struct LibraryDaemonTests {
    /// A house whose only library is on a port where nothing listens.
    private func house(hasDemoCatalog: Bool = false) async throws -> RunningHouse {
        try await RunningHouse(
            RunningHouse.configuration + "\nlibraries: [{name: mpd, kind: mpd, port: \(freeLoopbackPort())}]\n",
            hasDemoCatalog: hasDemoCatalog)
    }

    @Test("A library that is away is a problem in words on every front door, and the demo catalog stays out")
    func away() async throws {
        let run = try await house(hasDemoCatalog: true)
        let health = await run.house.next(on: "haunt/bridge/health") {
            $0["libraries"]?.items.first?["state"]?.text == "failed"
        }
        #expect(health["libraries"]?.items.first?["problem"]?.text?.isEmpty == false)
        #expect(health["catalog"]?["tracks"]?.number == 0)
        let http = HTTPClient(port: run.haunt.httpPort)
        let list = try await http.send("GET", "/api/libraries")
        #expect(list.json["libraries"]?.items.first?["name"]?.text == "mpd")
        #expect(list.json["libraries"]?.items.first?["tracks"]?.number == 0)
        let reply = try await run.ask("library/sync", #"{"name":"mpd"}"#)
        #expect(reply["data"]?["state"] == "syncing")
        #expect(try await http.send("POST", "/api/libraries/mpd/sync").status == 202)
        #expect(try await http.send("POST", "/api/libraries/none/sync").status == 404)
        await run.end()
    }

    @Test("A speaker whose library has nothing gets an error and no command")
    func nothing() async throws {
        let run = try await house()
        try run.house.say("play", on: "haunt/speaker/study/request")
        let reply = await run.house.next(on: "haunt/bridge/response/playlist/generate")
        #expect(reply["error"]?["code"] == "conflict")
        #expect(await !run.house.backlog.contains { $0.topic == "haunt/speaker/study/command" })
        await run.end()
    }

    @Test("The command lists libraries, reads one through the daemon or by itself, and fails when it cannot be read")
    func command() async throws {
        let run = try await house()
        let haunt = { (arguments: String...) in
            try await ChildProcess.run(
                HauntProcess.builtProgram, ["library"] + arguments + ["--config", run.haunt.configurationPath],
                environment: [:])
        }
        #expect(try await haunt("list").output.joined().contains("mpd"))
        let sync = try await haunt("sync", "mpd", "--json")
        #expect(sync.status == 1)
        #expect(sync.output.joined().contains(#""state":"failed""#))
        #expect(try await haunt("sync", "none").status == 66)
        await run.haunt.stop()
        let alone = try await haunt("sync")
        #expect(alone.status == 1)
        #expect(alone.output.joined().contains("failed"))
        await run.end()
    }
}
