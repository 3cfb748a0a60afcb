import HauntTestSupport
import Household
import Testing
import Wire

@Suite("Routes of the HTTP front door", .timeLimit(.minutes(15)))
struct RouteTests {
    @Test("A listen belongs to the named profile, else the speaker's, else nobody, and the answer names the rule")
    func attribution() async throws {
        try await LiveServer.open { server in
            let named = try await server.webhook(
                #"{"title": "One", "artist": "A", "speaker_name": "media_player.study", "profile": "ben"}"#)
            #expect(named.status == 201)
            #expect(named.json["profile"] == .string("ben"))
            #expect(named.json["rule"] == .string("payload"))
            let mapped = try await server.webhook(
                #"{"title": "Two", "artist": "A", "speaker_name": "media_player.study"}"#)
            #expect(mapped.json["profile"] == .string("anna"))
            #expect(mapped.json["rule"] == .string("mapping"))
            let nobodys = try await server.webhook(#"{"title": "Three", "artist": "A", "profile": ""}"#)
            #expect(nobodys.status == 201)
            #expect(nobodys.json["profile"] == .null)
            #expect(nobodys.json["rule"] == .string("default"))
            #expect(nobodys.json["outcome"] == .string("completed"))
            let byName = try await server.webhook(
                #"{"title": "Four", "artist": "A", "speaker_name": "media_player.study", "profile": "default"}"#)
            #expect(byName.json["profile"] == .null)
            #expect(byName.json["rule"] == .string("payload"))
            #expect(try server.house.listens().last?.event.owner == .nobody)
        }
    }

    @Test("The same event, or the same track begun on the same speaker, is stored once and answered with the first")
    func repeats() async throws {
        try await LiveServer.open { server in
            let listen = #"{"title": "One", "artist": "A", "speaker_name": "s", "event_id": "e1"}"#
            let first = try await server.webhook(listen)
            let again = try await server.webhook(listen)
            #expect([first.status, again.status] == [201, 200])
            #expect(again.json == first.json)
            let sameStart = try await server.webhook(
                #"{"title": "ONE", "artist": "a", "speaker_name": "s", "event_id": "e2"}"#)
            #expect(sameStart.status == 200)
            #expect(sameStart.json["event_id"] == .string("e1"))
            #expect(try server.house.listens().count == 1)
        }
    }

    @Test("A listen that does not count, or comes in guest mode, is answered with the reason")
    func notStored() async throws {
        try await LiveServer.open { server in
            let short = try await server.webhook(#"{"title": "Jingle", "artist": "A", "duration_s": 12}"#)
            #expect(short.status == 200)
            #expect(short.json["stored"] == .bool(false))
            #expect(short.json["reason"]?.text?.isEmpty == false)
            let on = try await server.http.send("PUT", "/api/speakers/media_player.study/guest", #"{"guest": true}"#)
            #expect(on.json["guest"] == .bool(true))
            let guests = try await server.webhook(
                #"{"title": "One", "artist": "A", "speaker_name": "media_player.study"}"#)
            #expect(guests.status == 200)
            #expect(guests.json["stored"] == .bool(false))
            #expect(try server.house.listens().isEmpty)
        }
    }

    @Test("A rejected listen is kept, and can be replayed once its profile exists")
    func rejected() async throws {
        try await LiveServer.open { server in
            let unknown = try await server.webhook(#"{"title": "One", "artist": "A", "profile": "clara"}"#)
            #expect(unknown.status == 404)
            #expect(unknown.field == "profile")
            #expect(try await server.webhook("{nonsense").status == 400)
            let kept = try await server.http.send("GET", "/api/rejected")
            #expect(kept.json["rejected"]?.items.count == 2)
            #expect(kept.json["rejected"]?.items.first?["payload"] == .string("{nonsense"))
            #expect(kept.json["rejected"]?.items.first?["door"] == .string("http"))
            _ = try await server.http.send("POST", "/api/profiles", #"{"name": "clara"}"#)
            let replayed = try await server.http.send("POST", "/api/rejected/replay")
            #expect(replayed.json["replayed"] == .number(1))
            #expect(replayed.json["failed"]?.items.count == 1)
            let id = kept.json["rejected"]?.items.first?["id"]?.number ?? 0
            let dropped = try await server.http.send("POST", "/api/rejected/drop", #"{"ids": [\#(Int(id))]}"#)
            #expect(dropped.json == .object(["dropped": .number(1)]))
            #expect(try server.house.listens().map(\.profileName) == ["clara"])
        }
    }

    @Test("Profiles are listed, created once, shown with counts, and removed except default")
    func profiles() async throws {
        try await LiveServer.open { server in
            let made = try await server.http.send(
                "POST", "/api/profiles", #"{"name": "clara", "display_name": "Clara"}"#)
            #expect(made.status == 201)
            #expect(made.json["display_name"] == .string("Clara"))
            #expect(try await server.http.send("POST", "/api/profiles", #"{"name": "clara"}"#).status == 409)
            let badName = try await server.http.send("POST", "/api/profiles", #"{"name": "Clara!"}"#)
            #expect(badName.status == 422)
            #expect(badName.field == "name")
            _ = try await server.webhook(#"{"title": "One", "artist": "A", "profile": "clara"}"#)
            let shown = try await server.http.send("GET", "/api/profiles/clara")
            #expect(shown.json["stats"]?["event_count"] == .number(1))
            #expect(shown.json["stats"]?["track_count"] == .number(1))
            let built = try await server.http.send("POST", "/api/profiles/clara/build-taste")
            #expect(built.json["event_count"] == .number(1))
            let gone = try await server.http.send("DELETE", "/api/profiles/clara")
            #expect(gone.status == 200)
            #expect(gone.json["event_count"] == .number(1))
            #expect(try await server.http.send("GET", "/api/profiles/clara").status == 404)
            #expect(try await server.http.send("DELETE", "/api/profiles/default").status == 409)
            let list = try await server.http.send("GET", "/api/profiles")
            #expect(list.json["profiles"]?.items.compactMap { $0["name"]?.text } == ["anna", "ben", "default"])
            #expect(list.json["next_cursor"] == .null)
        }
    }

    @Test("Setting a profile's speakers replaces the whole list, and the answer names the profiles that lost them")
    func speakers() async throws {
        try await LiveServer.open { server in
            let taken = try await server.http.send(
                "PUT", "/api/profiles/anna/speakers", #"{"speakers": ["media_player.kitchen", "media_player.new"]}"#)
            #expect(taken.json["speakers"]?.items == [.string("media_player.kitchen"), .string("media_player.new")])
            #expect(taken.json["taken"] == .object(["media_player.kitchen": .string("ben")]))
            #expect(taken.json["released"]?.items == [.string("media_player.study")])
            let speakers = try await server.http.send("GET", "/api/speakers")
            let owners = speakers.json["speakers"]?.items.map { [$0["speaker_name"], $0["profile"]] }
            #expect(
                owners == [
                    [.string("media_player.kitchen"), .string("anna")], [.string("media_player.living_room"), .null],
                    [.string("media_player.new"), .string("anna")], [.string("media_player.study"), .null],
                ])
        }
    }

    @Test("Paging through a list returns each item once")
    func paging() async throws {
        try await LiveServer.open { server in
            for number in 1...5 {
                let listen = #"{"title": "T\#(number)", "artist": "A\#(number)", "profile": "anna"}"#
                #expect(try await server.webhook(listen).status == 201)
                _ = try await server.webhook(#"{"number": \#(number)}"#)
                let list = try await server.http.send(
                    "POST", "/api/playlists/generate", #"{"vibe": "calm", "seed": \#(number)}"#)
                #expect(list.status == 201)
            }
            for (path, key, id, count) in [
                ("/api/history", "history", "id", 5), ("/api/rejected", "rejected", "id", 5),
                ("/api/playlists", "playlists", "id", 5), ("/api/profiles", "profiles", "name", 3),
                ("/api/speakers", "speakers", "speaker_name", 3),
            ] {
                var seen: [JSONValue] = []
                var cursor: String? = ""
                while let place = cursor {
                    let page = try await server.http.send("GET", "\(path)?limit=2&cursor=\(place)")
                    #expect(page.status == 200, "\(path): \(page.body)")
                    seen += (page.json[key]?.items ?? []).compactMap { $0[id] }
                    cursor = page.json["next_cursor"]?.text
                }
                #expect(seen.count == count, "\(path)")
                #expect(Set(seen.map { "\($0)" }).count == count, "\(path)")
                #expect(try await server.http.send("GET", "\(path)?limit=1001").field == "limit", "\(path)")
            }
        }
    }

    @Test("History is filtered by speaker, time, artist and profile")
    func history() async throws {
        try await LiveServer.open { server in
            _ = try await server.webhook(
                #"{"title": "Old", "artist": "Björk", "started_at": "2020-01-01T12:00:00+01:00", "profile": "anna"}"#)
            _ = try await server.webhook(
                #"{"title": "New", "artist": "Other", "speaker_name": "media_player.kitchen"}"#)
            for (query, titles) in [
                ("profile=anna", ["Old"]), ("speaker_name=media_player.kitchen", ["New"]), ("artist=bjork", ["Old"]),
                ("since=2021-01-01T00:00:00Z", ["New"]), ("until=2021-01-01T00:00:00%2B02:00", ["Old"]),
                ("profile=default", []),
            ] {
                let page = try await server.http.send("GET", "/api/history?\(query)")
                #expect(page.json["history"]?.items.compactMap { $0["title"]?.text } == titles, "\(query)")
            }
        }
    }

    @Test("Recommendations without a profile are for default, and for a guest only with guest")
    func recommendations() async throws {
        try await LiveServer.open { server in
            for (query, profile, rule) in [
                ("", JSONValue.string("default"), "default"), ("?profile=&vibe=", .string("default"), "default"),
                ("?vibe=calm+piano", .string("default"), "default"), ("?profile=anna", .string("anna"), "payload"),
                ("?vibe=calm&guest=true", .null, "guest"),
            ] {
                let answer = try await server.http.send("GET", "/api/recommendations\(query)")
                #expect(answer.status == 200, "\(query)")
                #expect(answer.json["profile"] == profile, "\(query)")
                #expect(answer.json["rule"]?.text == rule, "\(query)")
            }
            let unknown = try await server.http.send("GET", "/api/recommendations?profile=ana")
            #expect(unknown.status == 404)
            #expect(unknown.json["error"]?["message"]?.text?.contains("anna") == true)
        }
    }

    @Test("A generated playlist is stored, and found by its speaker whatever its mapping")
    func playlists() async throws {
        try await LiveServer.open { server in
            _ = try await server.webhook(#"{"title": "One", "artist": "A", "profile": "anna"}"#)
            let list = try await server.http.send(
                "POST", "/api/playlists/generate",
                #"{"vibe": "calm", "speaker_entity": "media_player.study", "auto_play": true, "total_tracks": 1}"#)
            #expect(list.status == 201)
            #expect(list.json["rule"] == .string("guest"))
            #expect(list.json["auto_play"] == .bool(true))
            #expect(server.house.recorder.playlists.map(\.autoPlay) == [true])
            let again = try await server.http.send("GET", "/api/playlists/\(list.json["id"]?.text ?? "")")
            #expect(again.status == 200)
            #expect(again.json == list.json)
            #expect(try await server.http.send("GET", "/api/playlists/none").status == 404)
            let nowhere = try await server.http.send(
                "POST", "/api/playlists/generate", #"{"speaker_entity": "media_player.unheard_of"}"#)
            #expect(nowhere.status == 404)
            let both = try await server.http.send(
                "POST", "/api/playlists/generate", #"{"profile": "anna", "guest": true}"#)
            #expect(both.status == 422)
        }
    }
}

extension LiveServer {
    /// Adds a listen.
    func webhook(_ json: String) async throws -> HTTPClient.Answer {
        try await http.send("POST", "/api/history/webhook", json)
    }
}
