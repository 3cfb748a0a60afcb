import Foundation
import HauntTestSupport
import Household
import MQTTClient
import Testing
import Wire

@Suite("Resilience of the daemon", .timeLimit(.minutes(15)))
struct ResilienceTests {
    @Test(
        "A profile whose name means something else today is named in the log with what to do",
        arguments: ["guest", "all"])
    func reservedName(name: String) async throws {
        let run = try await RunningHouse()
        #expect(await run.haunt.stop() == 0)
        try TestHouse.addProfile(name, toStoreAt: run.haunt.storePath)
        let said = try await run.haunt.start()
        let warning = "The profile “\(name)” has a name that means something else"
        if !said.contains(where: { $0.contains(warning) }) {
            #expect(await run.haunt.logLine(containing: warning) != nil)
        }
        await run.end()
    }

    @Test("A log that nobody can write to, on a full disk or with its reader gone, ends nothing")
    func fullLog() async throws {
        let run = try await RunningHouse()
        _ = await run.house.next(on: "haunt/bridge/state") { $0["state"]?.text == "online" }
        #expect(await run.haunt.stop() == 0)
        let command = "exec \(HauntProcess.builtProgram) serve --config \(run.haunt.configurationPath) 2> /dev/full"
        let daemon = try ChildProcess("sh", ["-c", command])
        _ = await run.house.next(on: "haunt/bridge/state") { $0["state"]?.text == "online" }
        try run.house.say(#"{"title":"T","artist":"A"}"#, on: "haunt/listen")
        let answer = await run.house.next(on: "haunt/bridge/response/listen/add")
        #expect(answer["status"]?.text == "ok")
        daemon.send(SIGTERM)
        #expect(await daemon.wait() == 0)
        await run.end()
    }

    @Test("A listen that was answered as recorded is stored once after kill -9")
    func kill() async throws {
        let run = try await RunningHouse()
        for number in 0..<20 {
            try run.house.say(#"{"title":"T\#(number)","artist":"A","event_id":"e\#(number)"}"#, on: "haunt/listen")
            _ = await run.house.next(on: "haunt/bridge/response/listen/add")
        }
        await run.haunt.kill()
        _ = await run.house.next(on: "haunt/bridge/state") { $0["state"]?.text == "offline" }
        try await run.haunt.start()
        try run.house.say(#"{"title":"T0","artist":"A","event_id":"e0"}"#, on: "haunt/listen")
        _ = await run.house.next(on: "haunt/bridge/response/listen/add")
        #expect(try await run.ask("listen/list")["data"]?["history"]?.items.count == 20)
        await run.end()
    }

    @Test("A play in progress survives kill -9 of the daemon as one listen")
    func killWhilePlaying() async throws {
        let run = try await RunningHouse()
        try run.play("One", by: "First", on: "study")
        await run.hears("One", on: "study")
        // A listen on another speaker stores the tracker's checkpoint in the same transaction.
        try run.play("Other", by: "Else", on: "kitchen")
        await run.hears("Other", on: "kitchen")
        try run.play("Next", by: "Else", on: "kitchen")
        _ = await run.listen()
        await run.haunt.kill()
        try await run.haunt.start()
        try run.play("One", by: "First", on: "study")
        try run.play("Two", by: "Second", on: "study")
        let listen = await run.listen()
        #expect(listen["title"]?.text == "One")
        await run.hears("Two", on: "study")
        let history = try await run.ask("listen/list", #"{"artist":"First"}"#)
        #expect(history["data"]?["history"]?.items.count == 1)
        await run.end()
    }

    @Test("After a broker restart the daemon is online, subscribed, and its retained states are published again")
    func brokerRestart() async throws {
        let run = try await RunningHouse()
        await run.broker.kill()
        try await run.broker.start()
        let late = try await BrokerConversation(run.broker.url, hearing: ["haunt/#"])
        _ = await late.next(on: "haunt/bridge/state") { $0["state"]?.text == "online" }
        _ = await late.next(on: "haunt/profile/anna")
        _ = await late.next(on: "haunt/speaker/study/state")
        try late.say(#"{"title":"A","artist":"B"}"#, on: "haunt/listen")
        #expect(await late.next(on: "haunt/bridge/response/listen/add")["status"]?.text == "ok")
        await late.end()
        await run.end()
    }

    @Test("SIGTERM ends the daemon with exit code 0 after it published offline")
    func stop() async throws {
        let run = try await RunningHouse()
        #expect(await run.haunt.stop() == 0)
        _ = await run.house.next(on: "haunt/bridge/state") { $0["state"]?.text == "offline" }
        await run.end()
    }

    @Test("SIGHUP applies another mapping and rules, and names the keys that need a restart")
    func reload() async throws {
        let run = try await RunningHouse()
        let file = try String(contentsOfFile: run.haunt.configurationPath, encoding: .utf8)
        let changed = file.replacing("living_room}", with: "living_room, profile: clara}")
            .replacing("client_id: haunt-", with: "client_id: other-")
        try changed.write(toFile: run.haunt.configurationPath, atomically: true, encoding: .utf8)
        run.haunt.send(SIGHUP)
        _ = await run.house.next(on: "haunt/speaker/living_room/state") { $0["profile"]?.text == "clara" }
        let info = await run.house.next(on: "haunt/bridge/info") { $0["restart_required"]?.items.isEmpty == false }
        #expect(info["restart_required"]?.items == [.string("mqtt.client_id")])
        await run.end()
    }

    @Test("A configuration that is wrong on SIGHUP changes nothing")
    func badReload() async throws {
        let run = try await RunningHouse()
        try "nonsense: [".write(toFile: run.haunt.configurationPath, atomically: true, encoding: .utf8)
        run.haunt.send(SIGHUP)
        #expect(await run.haunt.logLine(containing: "stays as it was") != nil)
        #expect(try await run.ask("profile/list")["status"]?.text == "ok")
        await run.end()
    }

    @Test("A second daemon on the same store does not start, and says why")
    func secondDaemon() async throws {
        let run = try await RunningHouse()
        let second = try await run.haunt.command("serve")
        #expect(second.status == 75)
        #expect(second.errors.contains { $0.contains("Another haunt") })
        await run.end()
    }
}
