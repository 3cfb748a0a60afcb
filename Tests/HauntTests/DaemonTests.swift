import Foundation
import HauntTestSupport
import Household
import MQTTClient
import Testing
import Wire

/// A broker, the real daemon, and a client that subscribes to everything.
struct RunningHouse {
    /// Two people, a living room without a mapping, and thresholds that are short enough for a test.
    static let configuration = """
        speakers:
          - {name: media_player.study, profile: anna}
          - {name: media_player.kitchen, profile: ben}
          - {name: media_player.living_room}
        sources:
          - {dialect: home-assistant-statestream, base_topic: hass}
          - {dialect: home-assistant-json, base_topic: ha/players}
          - {dialect: shairport-sync, base_topic: airplay}
        listening: {min_track_s: 1, complete_after_s: 0.01, min_heard_s: 0, skip_under_s: 0, flap_s: 0.2, settle_ms: 20}
        """

    let broker: MosquittoProcess
    let haunt: HauntProcess
    let house: BrokerConversation

    init(
        _ configuration: String = configuration, broker options: MosquittoProcess.Options = .init(),
        keepaliveS: Int = 30,
        environment: [String: String] = [:], program: String = HauntProcess.builtProgram, hasDemoCatalog: Bool = false
    ) async throws {
        broker = try MosquittoProcess(options)
        try await broker.start()
        haunt = try HauntProcess(
            broker: broker.url, configuration: configuration, hasDemoCatalog: hasDemoCatalog, keepaliveS: keepaliveS,
            environment: environment, program: program)
        house = try await BrokerConversation(broker.url, hearing: ["haunt/#", "answers/#"])
        try await haunt.start()
    }

    /// The statestream messages of a track that begins on a speaker.
    func play(_ title: String, by artist: String, on speaker: String) throws {
        try Self.play(title, by: artist, on: speaker, saying: house)
    }

    /// The same, on another connection.
    static func play(
        _ title: String, by artist: String, on speaker: String, saying house: BrokerConversation
    ) throws {
        let values = [
            ("state", "playing"), ("media_content_type", "\"music\""), ("media_duration", "200"),
            ("media_title", "\"\(title)\""), ("media_artist", "\"\(artist)\""), ("supported_features", "1"),
        ]
        for (key, value) in values { try house.say(value, on: "hass/media_player/\(speaker)/\(key)", retain: true) }
    }

    /// Waits until a title is in a speaker's retained state.
    func hears(_ title: String, on speaker: String) async {
        _ = await house.next(on: "haunt/speaker/\(speaker)/state") { $0["now_playing"]?["title"]?.text == title }
    }

    /// The next listen among the events.
    func listen() async -> JSONValue {
        await house.next(on: "haunt/bridge/event") { $0["type"]?.text == "listen_recorded" }["data"] ?? .null
    }

    /// Requests an operation and waits for its answer.
    func ask(_ operation: String, _ json: String = "{}") async throws -> JSONValue {
        try await Self.ask(operation, json, saying: house)
    }

    /// The same, on another connection.
    static func ask(
        _ operation: String, _ json: String = "{}", saying house: BrokerConversation
    ) async throws -> JSONValue {
        try house.say(json, on: "haunt/bridge/request/\(operation)")
        return await house.next(on: "haunt/bridge/response/\(operation)")
    }

    func end() async {
        await house.end()
        await haunt.stop()
        await broker.stop()
    }
}

@Suite("The daemon on a real broker", .timeLimit(.minutes(15)))
struct DaemonTests {
    @Test("A track on Anna's speaker becomes her listen, and a request there her playlist")
    func mainJob() async throws {
        let run = try await RunningHouse()
        try run.play("One", by: "First", on: "study")
        await run.hears("One", on: "study")
        try run.play("Two", by: "Second", on: "study")
        let listen = await run.listen()
        #expect(listen["title"]?.text == "One")
        #expect(listen["profile"]?.text == "anna")
        #expect(listen["rule"]?.text == "mapping")
        let profile = await run.house.next(on: "haunt/profile/anna") { $0["stats"]?["event_count"]?.number == 1 }
        #expect(profile["taste"]?["built_at"] != nil)

        try run.house.say("play", on: "haunt/speaker/study/request")
        let command = await run.house.next(on: "haunt/speaker/study/command")
        #expect(command["profile"]?.text == "anna")
        #expect(command["rule"]?.text == "mapping")
        #expect(command["tracks"]?.items.first?["title"]?.text == "One")
        let reply = await run.house.next(on: "haunt/bridge/response/playlist/generate")
        #expect(reply["status"]?.text == "ok")
        #expect(reply["data"] == command)
        await run.end()
    }

    @Test("A listen on haunt/listen is answered with its event id and transaction, once stored and again when repeated")
    func listenTopic() async throws {
        let run = try await RunningHouse()
        let json = #"{"title":"A","artist":"B","speaker_name":"media_player.kitchen","event_id":"e1","transaction":7}"#
        for isDuplicate in [false, true] {
            try run.house.say(json, on: "haunt/listen")
            let reply = await run.house.next(on: "haunt/bridge/response/listen/add")
            #expect(reply["status"]?.text == "ok")
            #expect(reply["data"]?["event_id"]?.text == "e1")
            #expect(reply["data"]?["profile"]?.text == "ben")
            #expect(reply["transaction"]?.number == 7)
            let history = try await run.ask("listen/list")
            #expect(history["data"]?["history"]?.items.count == 1, "duplicate: \(isDuplicate)")
        }
        await run.end()
    }

    @Test(
        "Invalid input is answered with its field, kept under rejected, and does not stop the daemon",
        arguments: [
            ("title", #"{"artist":"B","event_id":"e9"}"#),
            ("profile", #"{"title":"A","profile":"zoe","event_id":"e9"}"#),
            ("played_s", #"{"title":"A","played_s":"x","event_id":"e9"}"#),
        ])
    func badListen(field: String, json: String) async throws {
        let run = try await RunningHouse()
        try run.house.say(json, on: "haunt/listen")
        let reply = await run.house.next(on: "haunt/bridge/response/listen/add")
        #expect(reply["status"]?.text == "error")
        #expect(reply["error"]?["field"]?.text == field)
        #expect(reply["data"]?["event_id"]?.text == "e9")
        #expect(try await run.ask("rejected/list")["data"]?["rejected"]?.items.count == 1)
        #expect(try await run.ask("profile/list")["status"]?.text == "ok")
        await run.end()
    }

    @Test(
        "A request is JSON, a vibe or play; an empty one is ignored, one for an unknown speaker is answered"
    )
    func requests() async throws {
        let run = try await RunningHouse()
        try run.house.say(#"{"title":"A","artist":"B"}"#, on: "haunt/listen")
        _ = await run.house.next(on: "haunt/bridge/response/listen/add")
        let requests: [(payload: String, rule: String, vibe: String?)] = [
            ("chill dinner", "guest", "chill dinner"), ("play", "default", nil),
            (#"{"vibe":"jazz","profile":"ben","transaction":"t"}"#, "payload", "jazz"),
        ]
        for request in requests {
            try run.house.say("", on: "haunt/speaker/living_room/request")
            try run.house.say(request.payload, on: "haunt/speaker/living_room/request")
            let reply = await run.house.next(on: "haunt/bridge/response/playlist/generate")
            #expect(reply["data"]?["rule"]?.text == request.rule)
            #expect(reply["data"]?["vibe"]?.text == request.vibe)
            _ = await run.house.next(on: "haunt/speaker/living_room/command")
        }
        for bad in [#"{"vibe":"#, #"{"total_tracks":0}"#, #"{"volume":1}"#, #"{"profile":"zoe"}"#] {
            try run.house.say(bad, on: "haunt/speaker/living_room/request")
            #expect(await run.house.next(on: "haunt/bridge/response/playlist/generate")["status"]?.text == "error")
        }
        try run.house.say("play", on: "haunt/speaker/attic/request")
        let unknown = await run.house.next(on: "haunt/bridge/response/playlist/generate")
        #expect(unknown["error"]?["code"]?.text == "not_found")
        await run.end()
    }

    @Test("Retained requests and listens are ignored and counted")
    func retained() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        let house = try await BrokerConversation(broker.url, hearing: ["haunt/#"])
        try house.say("play", on: "haunt/speaker/study/request", retain: true)
        try house.say(#"{"title":"A","artist":"B"}"#, on: "haunt/listen", retain: true)
        let haunt = try HauntProcess(broker: broker.url, configuration: RunningHouse.configuration)
        try await haunt.start()
        try house.say(#"{"title":"B","artist":"B"}"#, on: "haunt/listen")
        _ = await house.next(on: "haunt/bridge/response/listen/add")
        try house.say("{}", on: "haunt/bridge/request/listen/list")
        let history = await house.next(on: "haunt/bridge/response/listen/list")
        #expect(history["data"]?["history"]?.items.compactMap { $0["title"]?.text } == ["B"])
        await haunt.stop()
        await house.end()
        await broker.stop()
    }

    @Test("A response topic and correlation data of MQTT 5 are honoured, as mosquitto_rr uses them")
    func responseTopic() async throws {
        let run = try await RunningHouse()
        let answer = try await ChildProcess.run(
            "mosquitto_rr",
            [
                "-h", "127.0.0.1", "-p", "\(run.broker.port)", "-V", "5", "-t", "haunt/bridge/request/profile/show",
                "-e", "answers/here", "-m", #"{"name":"anna"}"#, "-W", "20",
            ])
        #expect(answer.status == 0)
        let reply = try WireJSON.decode((answer.output.first ?? "").utf8)
        #expect(reply["data"]?["name"]?.text == "anna")
        #expect(reply["data"]?["speakers"]?.items == [.string("media_player.study")])
        try run.house.say(
            "{}", on: "haunt/bridge/request/speaker/list", responseTopic: "answers/b", correlationData: [1, 2])
        let raw = await run.house.next { $0.topic == "answers/b" }
        #expect(raw.correlationData == [1, 2])
        await run.end()
    }

    @Test("Guest mode and mapping are set on the speaker's topics, and shown in its retained state")
    func speakerTopics() async throws {
        let run = try await RunningHouse()
        try run.house.say("ON", on: "haunt/speaker/study/guest/set")
        _ = await run.house.next(on: "haunt/speaker/study/state") { $0["guest"] == .bool(true) }
        try run.house.say("off", on: "haunt/speaker/study/guest/set")
        try run.house.say("ben", on: "haunt/speaker/study/profile/set")
        _ = await run.house.next(on: "haunt/speaker/study/state") { $0["profile"]?.text == "ben" }
        try run.house.say("nobody", on: "haunt/speaker/study/profile/set")
        let state = await run.house.next(on: "haunt/speaker/study/state") { $0["rule"]?.text == "default" }
        #expect(state["profile"] == .null)
        #expect(state["guest"] == .bool(false))
        await run.end()
    }

    @Test("An unknown operation is answered with a similar name")
    func unknownOperation() async throws {
        let run = try await RunningHouse()
        try run.house.say("{}", on: "haunt/bridge/request/profile/lists")
        let reply = await run.house.next(on: "haunt/bridge/response/profile/lists")
        #expect(reply["error"]?["message"]?.text?.contains("profile/list") == true)
        await run.end()
    }

    @Test("Feedback, corrections and their undo work on topics")
    func feedbackAndCorrections() async throws {
        let run = try await RunningHouse()
        try run.play("One", by: "First", on: "study")
        await run.hears("One", on: "study")
        try run.house.say("", on: "haunt/speaker/study/feedback")
        try run.house.say("Ban_Track", on: "haunt/speaker/study/feedback")
        let said = await run.house.next(on: "haunt/bridge/response/feedback/add")["data"]
        #expect(said?["title"]?.text == "One")
        #expect(said?["profile"]?.text == "anna")
        #expect(said?["verdict"]?.text == "ban_track")
        try run.house.say(#"{"verdict":"love","transaction":7}"#, on: "haunt/speaker/study/feedback")
        let wrong = await run.house.next(on: "haunt/bridge/response/feedback/add")
        #expect(wrong["error"]?["field"]?.text == "verdict")
        #expect(wrong["transaction"]?.number == 7)
        let list = try await run.ask("feedback/list")["data"]?["feedback"]?.items
        #expect(list?.compactMap { $0["verdict"]?.text } == ["ban_track"])

        try run.play("Two", by: "Second", on: "study")
        _ = await run.listen()
        let moved = try await run.ask("listen/reassign", #"{"profile":"anna","to_profile":"ben"}"#)["data"]
        #expect(moved?["by_profile"] == .object(["anna": .number(1)]))
        _ = await run.house.next(on: "haunt/profile/ben") { $0["stats"]?["event_count"]?.number == 1 }
        let undone = try await run.ask("listen/undo", #"{"undo_id":"\#(moved?["undo_id"]?.text ?? "")"}"#)
        #expect(undone["data"]?["event_count"]?.number == 1)
        _ = await run.house.next(on: "haunt/profile/ben") { $0["stats"]?["event_count"]?.number == 0 }
        let token = try await run.ask("profile/token", #"{"name":"anna"}"#)
        #expect(token["error"]?["code"]?.text == "method_not_allowed")
        await run.end()
    }
}
