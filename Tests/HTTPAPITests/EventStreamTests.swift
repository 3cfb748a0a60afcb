import HauntTestSupport
import Household
import Testing
import Wire

@testable import HTTPAPI

@Suite("The event stream", .timeLimit(.minutes(15)))
struct EventStreamTests {
    @Test("A stream begins with the state of all speakers and listeners, and goes on with what happens")
    func stateFirst() async throws {
        try await LiveServer.open { server in
            try await server.http.stream { events in
                #expect(events.status == 200)
                #expect(events.headers["content-type"]?.hasPrefix("text/event-stream") == true)
                #expect(events.headers["cache-control"] == "no-store")
                let state = try #require(try await events.next())
                #expect(state.type == "state")
                let names = state.data["speakers"]?.items.compactMap { $0["speaker_name"]?.text }
                #expect(names == ["media_player.kitchen", "media_player.living_room", "media_player.study"])
                #expect(state.data["listeners"]?.items == [])
                #expect(state.data["health"]?["store"]?["ok"] == .bool(true))
                #expect(state.data["health"]?["catalog"]?["tracks"] == .number(0))
                _ = try await server.webhook(#"{"title": "One", "artist": "A", "profile": "anna"}"#)
                let heard = try #require(try await events.next())
                #expect(heard.type == "listen_recorded")
                #expect(heard.data["title"] == .string("One"))
                let profile = try #require(try await events.next("profile_changed"))
                #expect(profile.data["stats"]?["event_count"] == .number(1))
            }
        }
    }

    @Test("A speaker that becomes shared, is a guest's or goes is told at once")
    func speakers() async throws {
        try await LiveServer.open { server in
            try await server.http.stream { events in
                _ = try await events.next("state")
                _ = try await server.http.send("PUT", "/api/speakers/media_player.study/guest", #"{"guest": true}"#)
                var speaker = try await events.next("speaker_changed")
                while let other = speaker, other.data["speaker_name"] != .string("media_player.study") {
                    speaker = try await events.next("speaker_changed")
                }
                #expect(speaker?.data["guest"] == .bool(true))
                let names = #"{"profiles": ["anna", "ben"]}"#
                _ = try await server.http.send("PUT", "/api/speakers/media_player.kitchen/shared", names)
                let listener = try #require(try await events.next("listener_changed"))
                #expect(listener.data["speaker_name"] == .string("media_player.kitchen"))
                _ = try await server.http.send(
                    "PUT", "/api/speakers/media_player.kitchen/shared", #"{"profiles": null}"#)
                #expect(try await events.next("listener_removed")?.data["topic"] == .string("kitchen"))
            }
        }
    }

    @Test("A client that comes back gets the present state and what it missed, once and in order")
    func resume() async throws {
        try await LiveServer.open { server in
            let seen = try await server.http.stream { events in
                _ = try await events.next("state")
                _ = try await server.webhook(#"{"title": "One", "artist": "A", "profile": "anna"}"#)
                return try #require(try await events.next("listen_recorded")?.id)
            }
            for title in ["Two", "Three"] {
                _ = try await server.webhook(#"{"title": "\#(title)", "artist": "A", "profile": "anna"}"#)
            }
            try await server.http.stream(headers: ["Last-Event-ID": seen]) { events in
                let state = try #require(try await events.next())
                #expect(state.type == "state")
                #expect(state.id == nil)
                #expect(try await events.next("listen_recorded")?.data["title"] == .string("Two"))
                let newest = try #require(try await events.next("listen_recorded"))
                #expect(newest.data["title"] == .string("Three"))
                #expect(newest.id != seen)
            }
        }
    }

    @Test(
        "A client whose last message is unknown is told to begin anew",
        arguments: [
            "", "1", "other.1", "run.99", "run.-1", "run.", "run.1.1", "run.x", String(repeating: "9", count: 5_000),
        ])
    func reset(id: String) async throws {
        try await LiveServer.open(feed: EventFeed(run: "run")) { server in
            try await server.http.stream { events in _ = try await events.next("state") }
            try await server.http.stream(headers: ["Last-Event-ID": id]) { events in
                #expect(try await events.next()?.type == "reset")
                let state = try #require(try await events.next())
                #expect(state.type == "state")
                #expect(state.id == "run.0")
            }
        }
    }

    @Test("The memory is bounded, and a client that missed more than it holds is told so")
    func forgotten() throws {
        let feed = EventFeed(run: "run")
        let first = try feed.subscribe(after: nil, onOverflow: {})
        #expect(first.isReset == false)
        for _ in 0..<HTTPLimits.rememberedEvents { feed.publish(Announcement("x", ["a": "b"])) }
        let all = try feed.subscribe(after: "run.0", onOverflow: {})
        #expect(all.missed?.count == HTTPLimits.rememberedEvents)
        feed.publish(Announcement("x", ["a": "b"]))
        #expect(try feed.subscribe(after: "run.0", onOverflow: {}).isReset)
        #expect(try feed.subscribe(after: "run.1", onOverflow: {}).missed?.count == HTTPLimits.rememberedEvents)
        feed.publish(Announcement("x", String(repeating: "x", count: HTTPLimits.rememberedEventBytes)))
        #expect(try feed.subscribe(after: "run.513", onOverflow: {}).isReset)
        #expect(try feed.subscribe(after: "run.514", onOverflow: {}).missed == [])
        withExtendedLifetime((first, all)) {}
    }

    @Test("A change of state is not repeated, because the state says it")
    func states() throws {
        let feed = EventFeed(run: "run")
        let first = try feed.subscribe(after: nil, onOverflow: {})
        feed.publish(Announcement("speaker_changed", ["a": "b"], .state))
        feed.publish(Announcement("listen_recorded", ["a": "b"]))
        #expect(try feed.subscribe(after: "run.0", onOverflow: {}).missed?.count == 1)
        withExtendedLifetime(first) {}
    }

    @Test("A client that reads too slowly is disconnected, and others are not")
    func slow() async throws {
        let feed = EventFeed()
        try await LiveServer.open(feed: feed) { server in
            try await server.http.stream { slow in
                _ = try await slow.next("state")
                try await server.http.stream { events in
                    _ = try await events.next("state")
                    let text = String(repeating: "x", count: 100_000)
                    // The system's buffers take some megabytes before the feed notices.
                    for number in 1...2_000 where feed.clientCount == 2 {
                        feed.publish(Announcement("x", [text, "\(number)"]))
                        _ = try await events.next("x")
                    }
                    #expect(feed.clientCount == 1)
                    feed.publish(Announcement("last", ["a": "b"]))
                    #expect(try await events.next("last") != nil)
                }
                _ = try? await slow.rest()
            }
        }
    }

    @Test("A silent stream has heartbeats, which are no messages")
    func heartbeats() async throws {
        try await LiveServer.open(feed: EventFeed(run: "run", heartbeatS: 0.01)) { server in
            try await server.http.stream { events in
                _ = try await events.next("state")
                while events.heartbeats < 3 { _ = try await events.nextLines() }
            }
        }
    }

    @Test("Too many clients are told so in words, and there is room again when one leaves")
    func crowd() async throws {
        let feed = EventFeed(run: "run", clients: 2)
        try await LiveServer.open(feed: feed) { server in
            try await server.http.stream { first in
                _ = try await first.next("state")
                try await server.http.stream { second in
                    _ = try await second.next("state")
                    let third = try await server.http.send("GET", "/api/events")
                    #expect(third.status == 503)
                    #expect(third.code == "unavailable")
                    #expect(third.headers["retry-after"] != nil)
                }
                while feed.clientCount > 1 { await Task.yield() }
                let again = try await server.http.beginning(of: "/api/events")
                #expect(again.body == "state")
            }
        }
    }

    @Test("A hundred clients get the same messages in the same order")
    func hundred() async throws {
        let feed = EventFeed(run: "run", clients: 100)
        try await LiveServer.open(feed: feed) { server in
            let (opened, opening) = AsyncStream<Void>.makeStream()
            try await withThrowingTaskGroup(of: [String?].self) { group in
                for _ in 1...100 {
                    group.addTask {
                        try await server.http.stream { events in
                            var ids: [String?] = []
                            _ = try await events.next("state")
                            opening.yield()
                            while ids.count < 20, let event = try await events.next("x") { ids.append(event.id) }
                            return ids
                        }
                    }
                }
                var waiting = opened.makeAsyncIterator()
                for _ in 1...100 { await waiting.next() }
                for number in 1...20 { feed.publish(Announcement("x", ["\(number)"])) }
                for try await ids in group { #expect(ids == (1...20).map { "run.\($0)" }) }
            }
            while feed.clientCount > 0 { await Task.yield() }
        }
    }

    @Test("The stream needs the token as all data does, and a HEAD opens none")
    func access() async throws {
        let feed = EventFeed()
        try await LiveServer.open(token: "secret", feed: feed) { server in
            let nameless = try await server.http.send("GET", "/api/events")
            #expect(nameless.status == 401)
            let named = HTTPClient(port: server.port, token: "secret")
            let head = try await named.send("HEAD", "/api/events")
            #expect(head.status == 200)
            while feed.clientCount > 0 { await Task.yield() }
            let first = try await named.beginning(of: "/api/events")
            #expect(first.body == "state")
        }
    }

    @Test("A list is told as its request was answered")
    func lists() async throws {
        try await LiveServer.open { server in
            try await server.http.stream { events in
                _ = try await events.next("state")
                _ = try await server.webhook(#"{"title": "One", "artist": "A", "profile": "anna"}"#)
                let made = try await server.http.send("POST", "/api/playlists/generate", #"{"profile": "anna"}"#)
                let list = try #require(try await events.next("playlist_generated"))
                #expect(list.data == made.json)
                #expect(list.data["tracks"]?.items.isEmpty == false)
            }
        }
    }

    @Test("Nothing of a guest's wish is told")
    func guests() async throws {
        try await LiveServer.open { server in
            try await server.http.stream { events in
                _ = try await events.next("state")
                _ = try await server.webhook(#"{"title": "One", "artist": "A", "profile": "anna"}"#)
                let made = try await server.http.send(
                    "POST", "/api/playlists/generate",
                    #"{"vibe": "secret wish", "speaker_entity": "media_player.study", "auto_play": true}"#)
                try #require(made.status == 201)
                let list = try #require(try await events.next("playlist_generated"))
                #expect(list.data["vibe"] == .null)
                #expect(list.data["tracks"]?.items == [])
            }
        }
    }
}
