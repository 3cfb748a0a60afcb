import HauntTestSupport
import Testing
import Wire

@Suite("The daemon's event stream", .timeLimit(.minutes(15)))
struct EventStreamDaemonTests {
    @Test("The stream tells what a speaker plays, and of a listen the same as MQTT")
    func sameAsMQTT() async throws {
        let run = try await RunningHouse()
        try await HTTPClient(port: run.haunt.httpPort).stream { events in
            let state = try #require(try await events.next())
            #expect(state.type == "state")
            #expect(state.data["health"]?["broker"]?["connected"] == .bool(true))
            try run.play("One", by: "First", on: "study")
            var title: JSONValue?
            while title != .string("One"), let speaker = try await events.next("speaker_changed") {
                title = speaker.data["now_playing"]?["title"]
            }
            try run.play("Two", by: "Second", on: "study")
            let heard = try #require(try await events.next("listen_recorded"))
            let published = await run.listen()
            #expect(heard.data == published)
            #expect(heard.data["title"] == .string("One"))
            _ = try await run.ask("health/check")
            let health = try #require(try await events.next("health"))
            let source = health.data["sources"]?.items.first { $0["base_topic"]?.text == "hass" }
            #expect((source?["messages"]?.number ?? 0) >= 12)
            #expect(source?["last_heard_at"]?.text != nil)
        }
        await run.end()
    }

    @Test("A stop ends all streams cleanly, and after a restart a client is told that it missed something")
    func stop() async throws {
        let run = try await RunningHouse()
        let http = HTTPClient(port: run.haunt.httpPort)
        let ids = try await withThrowingTaskGroup(of: String?.self) { group in
            let opened = AsyncStream<Void>.makeStream()
            for _ in 1...20 {
                group.addTask {
                    try await http.stream { events in
                        let id = try await events.next("state")?.id
                        opened.continuation.yield()
                        // A connection that breaks would throw.
                        while try await events.next() != nil {}
                        return id
                    }
                }
            }
            for await _ in opened.stream.prefix(20) {}
            #expect(await run.haunt.stop() == 0)
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ids.count == 20)
        try await run.haunt.start()
        try await http.stream(headers: ["Last-Event-ID": ids.first.flatMap { $0 } ?? ""]) { events in
            let types = [try await events.next()?.type, try await events.next()?.type]
            #expect(types == ["reset", "state"])
        }
        await run.end()
    }
}
