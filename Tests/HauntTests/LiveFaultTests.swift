import Foundation
import HauntTestSupport
import Household
import MQTTClient
import Testing
import Wire

@Suite("The daemon through faults of players, clocks and brokers", .timeLimit(.minutes(15)))
struct LiveFaultTests {
    @Test("A song that began in guest mode leaves no trace, whatever is announced over it and switched meanwhile")
    func guestSong() async throws {
        let run = try await RunningHouse()
        try run.house.say("ON", on: "haunt/speaker/study/guest/set")
        _ = await run.house.next(on: "haunt/speaker/study/state") { $0["guest"] == .bool(true) }
        try run.play("Secret", by: "Guest", on: "study")
        await run.hears("Secret", on: "study")
        try run.announce("Dinner is ready", on: "study")
        await run.hears("Dinner is ready", on: "study")
        try run.house.say("OFF", on: "haunt/speaker/study/guest/set")
        _ = await run.house.next(on: "haunt/speaker/study/state") { $0["guest"] == .bool(false) }
        try run.play("Secret", by: "Guest", on: "study")
        await run.hears("Secret", on: "study")
        try run.play("Mine", by: "Anna's band", on: "study")
        await run.hears("Mine", on: "study")
        try run.play("Next", by: "Anna's band", on: "study")
        #expect(await run.listen()["title"]?.text == "Mine")
        #expect(try await run.titles() == ["Mine"])
        #expect(await run.house.backlog.allSatisfy { !isTrace($0, of: "Secret") })
        await run.end()
    }

    /// Whether a message of the daemon that others may keep names a title.
    private func isTrace(_ message: MQTTMessage, of title: String) -> Bool {
        let isListen = message.topic.hasPrefix("haunt/speaker/") && message.topic.hasSuffix("/listen")
        let isKept = message.topic == "haunt/bridge/event" || isListen
        return isKept && String(decoding: message.payload, as: UTF8.self).contains(title)
    }

    @Test(
        "Bad input from a guest's speaker is answered, and neither kept nor told to others",
        arguments: [
            #"{"title":"Secret","artist":"Guest","speaker_name":"media_player.study","profile":"nobody-known"}"#,
            #"{"title":"Secret","artist":"Guest","speaker_name":"media_player.study","played_s":"long"}"#,
        ])
    func guestErrors(listen: String) async throws {
        let run = try await RunningHouse()
        try run.house.say("ON", on: "haunt/speaker/study/guest/set")
        _ = await run.house.next(on: "haunt/speaker/study/state") { $0["guest"] == .bool(true) }
        try run.house.say(listen, on: "haunt/listen")
        _ = await run.house.next(on: "haunt/bridge/response/listen/add")
        #expect(try await run.ask("rejected/list")["data"]?["rejected"]?.items.isEmpty == true)
        #expect(await run.house.backlog.allSatisfy { !isTrace($0, of: "Secret") })
        await run.end()
    }

    @Test("A broker that freezes in mid-track: what came after its last packet was not heard")
    func frozenBroker() async throws {
        let run = try await RunningHouse(keepaliveS: 5)
        let began = ContinuousClock.now
        try run.play("One", by: "First", on: "study")
        await run.hears("One", on: "study")
        run.broker.pause()
        let heardS = (ContinuousClock.now - began) / .seconds(1)
        #expect(await run.haunt.logLine(containing: "The broker is away") != nil)
        run.broker.resume()
        let resumed = ContinuousClock.now
        #expect(await run.haunt.logLine(containing: "Connected to the broker") != nil)
        let house = try await BrokerConversation(run.broker.url, hearing: ["haunt/#"])
        try RunningHouse.play("Two", by: "Second", on: "study", saying: house)
        let event = await house.next(on: "haunt/bridge/event") { $0["type"]?.text == "listen_recorded" }
        // What was heard lies outside of the freeze, be it before or, where a slow machine lost the broker earlier, after it.
        let afterS = (ContinuousClock.now - resumed) / .seconds(1)
        #expect((event["data"]?["played_s"]?.number ?? .infinity) < heardS + afterS + 1)
        await house.end()
        await run.end()
    }

    @Test(
        "A clock that is set three days forward or back in mid-track changes no seconds, and the start follows it",
        arguments: [3, -3])
    func clockSteps(days: Int) async throws {
        let clock = try FakeClock()
        let run = try await RunningHouse(environment: clock.environment, program: clock.program)
        try run.play("One", by: "First", on: "study")
        await run.hears("One", on: "study")
        try clock.step(days: days)
        try run.play("Two", by: "Second", on: "study")
        let listen = await run.listen()
        #expect(listen["title"]?.text == "One")
        #expect((0..<60).contains(listen["played_s"]?.number ?? -1))
        let start = try #require(listen["started_at"]?.text.flatMap { RFC3339.date(from: $0) })
        #expect(abs(start.timeIntervalSinceNow - Double(days) * 86_400) < 60)
        #expect((0..<60).contains(try await run.ask("health/check")["data"]?["uptime_s"]?.number ?? -1))
        await run.end()
    }

    @Test("A webhook and a player that tell of the same play, in any order, with or without a start, make one listen")
    func webhookAndPlayer() async throws {
        for (isWebhookFirst, hasStart) in [(true, true), (true, false), (false, true), (false, false)] {
            let run = try await RunningHouse()
            let start = hasStart ? #","started_at":"\#(RFC3339.string(from: Date()))""# : ""
            let webhook = #"{"title":"One","artist":"First","speaker_name":"media_player.study"\#(start)}"#
            try run.play("One", by: "First", on: "study")
            await run.hears("One", on: "study")
            if isWebhookFirst {
                try run.house.say(webhook, on: "haunt/listen")
                _ = await run.house.next(on: "haunt/bridge/response/listen/add")
            }
            try run.play("Two", by: "Second", on: "study")
            await run.hears("Two", on: "study")
            if !isWebhookFirst {
                try run.house.say(webhook, on: "haunt/listen")
                _ = await run.house.next(on: "haunt/bridge/response/listen/add")
            }
            #expect(try await run.titles() == ["One"], "webhook first: \(isWebhookFirst), with start: \(hasStart)")
            await run.end()
        }
    }

    @Test("A broker that takes small packets only: the large topic is named, and a request gets an error that fits")
    func smallPackets() async throws {
        var options = MosquittoProcess.Options()
        options.extraLines = ["max_packet_size 2048"]
        let run = try await RunningHouse(broker: options)
        for number in 0..<30 {
            try run.house.say(#"{"title":"T\#(number)","artist":"A","event_id":"e\#(number)"}"#, on: "haunt/listen")
            _ = await run.house.next(on: "haunt/bridge/response/listen/add")
        }
        let answer = try await run.ask("listen/list", #"{"transaction":5}"#)
        #expect(answer["error"]?["code"]?.text == "too_large")
        #expect(answer["transaction"]?.number == 5)
        #expect(await run.haunt.logLine(containing: "haunt/bridge/response/listen/list") != nil)
        let health = try await run.ask("health/check")
        let topics = health["data"]?["broker"]?["too_large_topics"]?.items.compactMap(\.text) ?? []
        #expect(topics.contains("haunt/bridge/response/listen/list"))
        #expect(try await run.ask("listen/list", #"{"limit":1}"#)["status"]?.text == "ok")
        await run.end()
    }

    @Test("A list that cannot be sent says so, and an older one never follows a newer one")
    func commandsWithoutBroker() async throws {
        let run = try await RunningHouse()
        try run.house.say(#"{"title":"One","artist":"First","profile":"anna"}"#, on: "haunt/listen")
        _ = await run.house.next(on: "haunt/bridge/response/listen/add")
        await run.broker.kill()
        #expect(await run.haunt.logLine(containing: "The broker is away") != nil)
        let http = HTTPClient(port: run.haunt.httpPort)
        let wish = #"{"profile":"anna","speaker_entity":"media_player.study","auto_play":true,"total_tracks":1}"#
        var ids: [String] = []
        for _ in 0..<3 {
            let answer = try await http.send("POST", "/api/playlists/generate", wish)
            #expect(answer.status == 201)
            #expect(answer.json["notes"]?.items.contains { $0.text?.contains("broker is away") == true } == true)
            ids.append(answer.json["id"]?.text ?? "")
        }
        try await run.broker.start()
        let house = try await BrokerConversation(run.broker.url, hearing: ["haunt/#"])
        _ = await house.next(on: "haunt/bridge/state") { $0["state"]?.text == "online" }
        _ = try await RunningHouse.ask("profile/list", saying: house)
        let commands = await house.backlog.filter { $0.topic == "haunt/speaker/study/command" }
            .compactMap { try? WireJSON.decode($0.payload)["id"]?.text }
        #expect(Set(commands).isSubset(of: [ids[2]]))
        await house.end()
        await run.end()
    }

    @Test("Made-up players by the thousand cost little, and a real play after them is stored")
    func manyPlayers() async throws {
        let run = try await RunningHouse()
        let before = try await run.memoryBytes()
        for number in 0..<3_000 {
            try run.house.say("playing", on: "hass/media_player/made_up_\(number)/state")
            try run.house.say("\"T\"", on: "hass/media_player/made_up_\(number)/media_title")
            // The test's own queue is bounded, too.
            if number % 1_000 == 999 { _ = try await run.ask("profile/list") }
        }
        try run.play("One", by: "First", on: "study")
        await run.hears("One", on: "study")
        try run.play("Two", by: "Second", on: "study")
        _ = await run.house.next(on: "haunt/bridge/event") { $0["data"]?["title"]?.text == "One" }
        let after = try await run.memoryBytes()
        let refused = try await run.ask("health/check")["data"]?["counters"]?["refused_updates"]?.number ?? 0
        #expect(refused > 1_000)
        #expect(after - before < 60_000_000, "\((after - before) / 1_000_000) MB")
        #expect(await run.haunt.stop() == 0)
        await run.end()
    }

    @Test("A play that ends in silence is stored as of its end, and nothing is said to play any more")
    func silence() async throws {
        let run = try await RunningHouse()
        try run.tell("playing", #""media_title":"One","media_artist":"First","media_duration":2"#, on: "study")
        await run.hears("One", on: "study")
        let listen = await run.listen()
        #expect(listen["title"]?.text == "One")
        #expect(abs((listen["played_s"]?.number ?? 0) - 2) < 0.1)
        _ = await run.house.next(on: "haunt/speaker/study/state") { $0["now_playing"] == .null }
        await run.end()
    }

    @Test("A title of a megabyte by AirPlay is cut, and the daemon goes on")
    func longTitle() async throws {
        let run = try await RunningHouse()
        let long = String(repeating: "é", count: 500_000)
        for (key, value) in [("play_start", ""), ("title", long), ("artist", "First")] {
            try run.house.say(value, on: "airplay/bath/\(key)")
        }
        _ = await run.house.next(on: "haunt/speaker/bath/state") { $0["now_playing"] != .null }
        try run.house.say("Two", on: "airplay/bath/title")
        let title = await run.listen()["title"]?.text ?? ""
        #expect(title == String(repeating: "é", count: 1_000))
        await run.end()
    }

    @Test("A track through a restart of Haunt is one play, and what was played meanwhile counts by its position")
    func restart() async throws {
        let run = try await RunningHouse()
        let track = #""media_title":"One","media_artist":"First","media_duration":200"#
        _ = await run.house.next(on: "haunt/bridge/state") { $0["state"]?.text == "online" }
        let began = ContinuousClock.now
        let elapsedS = { (ContinuousClock.now - began) / .seconds(1) }
        try run.tell("playing", track + run.position(0), on: "study")
        await run.hears("One", on: "study")
        let shownS = elapsedS()
        #expect(await run.haunt.stop() == 0)
        _ = await run.house.next(on: "haunt/bridge/state") { $0["state"]?.text == "offline" }
        try await run.haunt.start()
        _ = await run.house.next(on: "haunt/bridge/state") { $0["state"]?.text == "online" }
        // The blueprint tells all players when Haunt comes online.
        try run.tell("playing", track + run.position(elapsedS()), on: "study")
        await run.hears("One", on: "study")
        let nextS = elapsedS()
        try run.tell("playing", #""media_title":"Two","media_artist":"Second","media_duration":200"#, on: "study")
        let playedS = await run.listen()["played_s"]?.number ?? 0
        #expect(playedS >= nextS - shownS)
        #expect(playedS <= elapsedS())
        #expect(try await run.titles() == ["One"])
        await run.end()
    }
}

/// A wall clock that a test sets for a process, by Debian's `faketime`, which the Makefile installs.
private struct FakeClock {
    private let directory: TemporaryDirectory
    let environment: [String: String]
    /// Starts the daemon. The library changes the environment of the process that it is first loaded into, and Swift's
    /// runtime does not find its arguments then, so that process is a shell.
    let program: String

    init() throws {
        #if arch(arm64)
            let architecture = "aarch64"
        #else
            let architecture = "x86_64"
        #endif
        directory = try TemporaryDirectory()
        program = try directory.write("#!/bin/sh\nexec \(HauntProcess.builtProgram) \"$@\"\n", to: "haunt")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
        environment = [
            "LD_PRELOAD": "/usr/lib/\(architecture)-linux-gnu/faketime/libfaketime.so.1",
            "FAKETIME_TIMESTAMP_FILE": try directory.write("+0", to: "offset"), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        ]
    }

    /// Sets the clock that many days from the true time.
    func step(days: Int) throws { _ = try directory.write(days < 0 ? "\(days)d" : "+\(days)d", to: "offset") }
}

extension RunningHouse {
    /// What Home Assistant's statestream says when something is announced over a track.
    func announce(_ title: String, on speaker: String) throws {
        let values = [
            ("state", "playing"), ("media_content_type", "\"announcement\""), ("media_duration", "5"),
            ("media_content_id", "\"media-source://tts/say\""), ("media_title", "\"\(title)\""),
            ("media_artist", "null"), ("supported_features", "1"),
        ]
        for (key, value) in values { try house.say(value, on: "hass/media_player/\(speaker)/\(key)", retain: true) }
    }

    /// What our blueprint says of a player.
    func tell(_ state: String, _ attributes: String, on speaker: String) throws {
        let json = #"{"entity_id":"media_player.\#(speaker)","state":"\#(state)","attributes":{\#(attributes)}}"#
        try house.say(json, on: "ha/players/\(speaker)")
    }

    /// Attributes of a position that was looked at now.
    func position(_ seconds: Double) -> String {
        #","media_position":\#(seconds),"media_position_updated_at":"\#(RFC3339.string(from: Date()))""#
    }

    /// Titles of all stored listens, the newest first.
    func titles() async throws -> [String] {
        try await ask("listen/list")["data"]?["history"]?.items.compactMap { $0["title"]?.text } ?? []
    }

    /// Resident memory of the daemon, as it reports it.
    func memoryBytes() async throws -> Int {
        Int(try await ask("health/check")["data"]?["memory_bytes"]?.number ?? 0)
    }
}
