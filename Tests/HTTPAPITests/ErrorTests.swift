import HauntTestSupport
import Household
import Testing
import Wire

@Suite("Errors of the HTTP front door", .timeLimit(.minutes(15)))
struct ErrorTests {
    private struct Mistake {
        var method: String
        var target: String
        var json: String?
        var headers: [String: String] = [:]
        var status: Int
        var code: String
        var field: String?
    }

    private static let mistakes = [
        Mistake(method: "GET", target: "/nothing", status: 404, code: "not_found"),
        Mistake(method: "GET", target: "/api/nothing", status: 404, code: "not_found"),
        Mistake(method: "GET", target: "/api/profiles/", status: 404, code: "not_found"),
        Mistake(method: "GET", target: "/api/profiles/nobody", status: 404, code: "not_found", field: "name"),
        Mistake(method: "GET", target: "/api/profiles/%FF", status: 400, code: "bad_request"),
        Mistake(method: "GET", target: "/api/history?artist=%C3", status: 400, code: "bad_request"),
        Mistake(method: "GET", target: "/api/history?nonsense=1", status: 422, code: "invalid", field: "nonsense"),
        Mistake(method: "GET", target: "/api/history?limit=ten", status: 422, code: "invalid", field: "limit"),
        Mistake(method: "GET", target: "/api/history?limit=0", status: 422, code: "invalid", field: "limit"),
        Mistake(method: "GET", target: "/api/history?limit=1&limit=2", status: 422, code: "invalid", field: "limit"),
        Mistake(method: "GET", target: "/api/history?since=yesterday", status: 422, code: "invalid", field: "since"),
        Mistake(method: "GET", target: "/api/history?until=", status: 422, code: "invalid", field: "until"),
        Mistake(
            method: "GET", target: "/api/recommendations?seed=9007199254740992", status: 422, code: "invalid",
            field: "seed"),
        Mistake(
            method: "PUT", target: "/api/profiles/anna/speakers", json: "{}", status: 422, code: "invalid",
            field: "speakers"),
        Mistake(method: "GET", target: "/api/history?cursor=x", status: 422, code: "invalid", field: "cursor"),
        Mistake(method: "GET", target: "/api/rejected?cursor=x", status: 422, code: "invalid", field: "cursor"),
        Mistake(method: "GET", target: "/api/playlists?cursor=x", status: 422, code: "invalid", field: "cursor"),
        Mistake(method: "GET", target: "/api/recommendations?mode=wild", status: 422, code: "invalid", field: "mode"),
        Mistake(
            method: "GET", target: "/api/recommendations?guest=maybe", status: 422, code: "invalid", field: "guest"),
        Mistake(method: "PATCH", target: "/api/profiles", json: "{}", status: 405, code: "method_not_allowed"),
        Mistake(method: "GET", target: "/api/playlists/generate", status: 405, code: "method_not_allowed"),
        Mistake(method: "TRACE", target: "/healthz", status: 405, code: "method_not_allowed"),
        Mistake(method: "PURGE", target: "/healthz", status: 405, code: "method_not_allowed"),
        Mistake(method: "POST", target: "/api/profiles", json: "{\"name\": ", status: 400, code: "bad_request"),
        Mistake(method: "POST", target: "/api/profiles", json: "[]", status: 400, code: "bad_request"),
        Mistake(method: "POST", target: "/api/profiles", json: "\u{FEFF}nul", status: 400, code: "bad_request"),
        Mistake(
            method: "POST", target: "/api/profiles", json: "{\"name\":7}", status: 422, code: "invalid", field: "name"),
        Mistake(method: "POST", target: "/api/profiles", json: "{}", status: 422, code: "invalid", field: "name"),
        Mistake(
            method: "POST", target: "/api/profiles", json: "{\"name\": \"x\", \"age\": 7}", status: 422,
            code: "invalid",
            field: "age"),
        Mistake(
            method: "POST", target: "/api/profiles", json: "{\"name\": \"x\", \"display_name\": \"\\u0000\"}",
            status: 422,
            code: "invalid", field: "display_name"),
        Mistake(
            method: "POST", target: "/api/profiles", json: "{\"name\": \"x\"}", headers: ["Content-Type": "text/plain"],
            status: 415, code: "unsupported_media_type"),
        Mistake(
            method: "POST", target: "/api/history/webhook", json: "{}", headers: ["Content-Type": ""], status: 415,
            code: "unsupported_media_type"),
        Mistake(
            method: "POST", target: "/api/profiles", json: "{\"name\": \"x\"}", headers: ["Content-Encoding": "gzip"],
            status: 415, code: "unsupported_media_type"),
        Mistake(
            method: "PUT", target: "/api/profiles/anna/speakers", json: "{\"name\": \"ben\", \"speakers\": []}",
            status: 422, code: "invalid", field: "name"),
        Mistake(
            method: "PUT", target: "/api/profiles/anna/speakers", json: "{\"speakers\": \"study\"}", status: 422,
            code: "invalid", field: "speakers"),
        Mistake(
            method: "PUT", target: "/api/speakers/media_player.study/guest", json: "{\"guest\": \"yes\"}", status: 422,
            code: "invalid", field: "guest"),
        Mistake(
            method: "POST", target: "/api/playlists/generate", json: "{\"total_tracks\": 201}", status: 422,
            code: "invalid", field: "total_tracks"),
        Mistake(
            method: "POST", target: "/api/playlists/generate", json: "{\"total_minutes\": 1e400}", status: 400,
            code: "bad_request"),
        Mistake(
            method: "POST", target: "/api/playlists/generate", json: "{\"profile\": \"an\"}", status: 404,
            code: "not_found", field: "profile"),
        Mistake(
            method: "POST", target: "/api/history/webhook", json: "{\"artist\": \"A\"}", status: 422, code: "invalid",
            field: "title"),
        Mistake(
            method: "POST", target: "/api/history/webhook",
            json: "{\"title\": \"T\", \"played_s\": -1}", status: 422, code: "invalid", field: "played_s"),
        Mistake(
            method: "POST", target: "/api/history/webhook",
            json: "{\"title\": \"T\", \"speaker_name\": \"+/#\"}", status: 422, code: "invalid", field: "speaker_name"),
        Mistake(
            method: "POST", target: "/api/history/webhook",
            json: String(repeating: "[", count: 40) + String(repeating: "]", count: 40), status: 400,
            code: "bad_request"),
        Mistake(
            method: "POST", target: "/api/profiles",
            json: "{\"name\": \"\(String(repeating: "x", count: 1_048_576))\"}", status: 413, code: "too_large"),
        Mistake(
            method: "POST", target: "/api/profiles", json: "{\"name\": \"\(String(repeating: "x", count: 2_000))\"}",
            status: 422, code: "invalid", field: "name"),
    ]

    @Test("Each error has its status, a known code, the field and a message, and stores nothing")
    func mistakes() async throws {
        try await LiveServer.open { server in
            for mistake in Self.mistakes {
                let name = "\(mistake.method) \(mistake.target) \((mistake.json ?? "").prefix(60))"
                let answer = try await server.http.send(
                    mistake.method, mistake.target, mistake.json, headers: mistake.headers)
                #expect(answer.status == mistake.status, "\(name): \(answer.body)")
                #expect(answer.code == mistake.code, "\(name)")
                #expect(answer.field == mistake.field, "\(name)")
                #expect(answer.json["error"]?["message"]?.text?.isEmpty == false, "\(name)")
                #expect(answer.headers["content-type"] == "application/json", "\(name)")
            }
            #expect(try server.house.listens().isEmpty)
            #expect(try await server.http.send("GET", "/api/profiles").json["profiles"]?.items.count == 3)
        }
    }

    @Test("A method that is not allowed is answered with the allowed ones")
    func allow() async throws {
        try await LiveServer.open { server in
            let wrong = try await server.http.send("PUT", "/api/profiles/anna")
            #expect(wrong.headers["allow"]?.contains("DELETE, GET, HEAD, OPTIONS") == true)
            let options = try await server.http.send("OPTIONS", "/api/history/webhook")
            #expect(options.status == 204)
            #expect(options.headers["allow"] == "OPTIONS, POST")
            #expect(options.body.isEmpty)
        }
    }

    @Test("A HEAD is answered like a GET, without the body")
    func head() async throws {
        try await LiveServer.open { server in
            let get = try await server.http.send("GET", "/api/profiles")
            let head = try await server.http.send("HEAD", "/api/profiles")
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
            #expect(head.headers["content-length"] == "\(get.body.utf8.count)")
            #expect(head.headers["etag"] == get.headers["etag"])
        }
    }

    @Test("An unchanged profile is answered with status 304, a changed one with its body")
    func etag() async throws {
        try await LiveServer.open { server in
            let first = try await server.http.send("GET", "/api/profiles/anna")
            let tag = first.headers["etag"] ?? ""
            for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let same = try await server.http.send("GET", "/api/profiles/anna", headers: ["If-None-Match": known])
                #expect(same.status == 304)
                #expect(same.body.isEmpty)
                #expect(same.headers["etag"] == tag)
            }
            _ = try await server.webhook(#"{"title": "One", "artist": "A", "profile": "anna"}"#)
            let changed = try await server.http.send("GET", "/api/profiles/anna", headers: ["If-None-Match": tag])
            #expect(changed.status == 200)
            #expect(changed.headers["etag"] != tag)
        }
    }

    @Test("Malformed HTTP does not stop the server")
    func noise() async throws {
        try await LiveServer.open { server in
            let headers = String(repeating: "X: \(String(repeating: "y", count: 900))\r\n", count: 60)
            for noise in [
                "BREW /healthz HTTP/1.1\r\n\r\n", "HELLO\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: nonsense\r\n\r\n",
                "\u{0}\u{1}\u{2}\r\n\r\n",
                "GET /healthz HTTP/1.1\r\n\(headers)\r\n",
                "POST /api/profiles HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
            ] {
                let answer = try await server.http.send(raw: noise)
                #expect(answer.status / 100 == 4, "\(noise.prefix(60))")
            }
            let health = try await server.http.send("GET", "/healthz")
            #expect(health.status == 200)
        }
    }

    @Test("A failing store is unavailable, and an internal error does not show its cause")
    func storeAway() async throws {
        let store = FailingStore(try TestHouse.withTwoPeople().store)
        let house = try TestHouse.withTwoPeople(store: store)
        try await LiveServer.open(house) { server in
            store.isBroken = true
            let away = try await server.webhook(#"{"title": "One", "artist": "A", "event_id": "e1"}"#)
            #expect(away.status == 503)
            #expect(away.code == "unavailable")
            #expect(away.headers["retry-after"] == "1")
            let health = try await server.http.send("GET", "/healthz")
            #expect(health.status == 503)
            #expect(health.json["away"]?.items == [.string("store")])
            store.isBroken = false
            #expect(try await server.webhook(#"{"title": "One", "artist": "A", "event_id": "e1"}"#).status == 201)
            #expect(try await server.http.send("GET", "/healthz").status == 200)
            store.fault = SecretFault()
            let fault = try await server.http.send("POST", "/api/profiles", #"{"name": "clara"}"#)
            #expect(fault.status == 500)
            #expect(fault.code == "internal")
            #expect(!fault.body.contains("secret"))
            #expect(fault.body.contains(fault.headers["x-request-id"] ?? "?"))
        }
    }
}

private struct SecretFault: Error { let detail = "secret" }
