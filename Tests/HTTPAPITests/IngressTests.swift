import HauntTestSupport
import Household
import Testing
import Wire

@Suite("Home Assistant's ingress", .timeLimit(.minutes(15)))
struct IngressTests {
    /// The headers of a browser's request that the Supervisor hands on.
    private static let headers = [
        "Host": "home.example:8123", "Origin": "https://home.example:8123", "X-Ingress-Path": "/api/hassio_ingress/abc",
        "X-Remote-User-Id": "571b", "X-Remote-User-Name": "anna", "X-Remote-User-Display-Name": "Anna",
    ]

    @Test("The peer needs no token and may have any host name, and the page knows who opened it")
    func peer() async throws {
        try await LiveServer.open(token: "secret", isLoopback: false, peer: "127.0.0.1") { server in
            let visitor = try await server.http.send("GET", "/api/visitor", headers: Self.headers)
            #expect(visitor.status == 200)
            #expect(visitor.json["id"]?.text == "571b")
            #expect(visitor.json["name"]?.text == "anna")
            #expect(visitor.json["display_name"]?.text == "Anna")
            let added = try await server.http.send(
                "POST", "/api/profiles", #"{"name": "clara"}"#, headers: Self.headers)
            #expect(added.status == 201)
            let health = try await server.http.send("GET", "/healthz")
            #expect(health.status == 200)
        }
    }

    @Test("A user can say once which profile they are, and is known by it until they take it back or it is removed")
    func remembered() async throws {
        try await LiveServer.open(isLoopback: false, peer: "127.0.0.1") { server in
            let ask = { (method: String, json: String?) in
                try await server.http.send(method, "/api/visitor", json, headers: Self.headers)
            }
            #expect(try await ask("GET", nil).json["profile"] == .null)
            let told = try await ask("PUT", #"{"profile": "anna"}"#)
            #expect(told.status == 200)
            #expect(told.json["profile"] == .string("anna"))
            #expect(try await ask("GET", nil).json == told.json)
            var other = Self.headers
            other["X-Remote-User-Id"] = "9999"
            let stranger = try await server.http.send("GET", "/api/visitor", headers: other)
            #expect(stranger.json["profile"] == .null)
            let unknown = try await ask("PUT", #"{"profile": "clara"}"#)
            #expect(unknown.status == 404 && unknown.field == "profile")
            let forged = try await ask("PUT", #"{"profile": "ben", "user_id": "9999"}"#)
            #expect(forged.status == 422)
            #expect(try await ask("PUT", #"{"profile": null}"#).json["profile"] == .null)
            #expect(try await ask("GET", nil).json["profile"] == .null)
            _ = try await ask("PUT", #"{"profile": "ben"}"#)
            _ = try await server.http.send("DELETE", "/api/profiles/ben", headers: Self.headers)
            #expect(try await ask("GET", nil).json["profile"] == .null)
        }
        try await LiveServer.open { server in
            let answer = try await server.http.send("PUT", "/api/visitor", #"{"profile": "anna"}"#)
            #expect(answer.status == 409)
        }
    }

    @Test("A user whose account is known as evidence need not say who they are, and may say otherwise")
    func knownAccount() async throws {
        try await LiveServer.open(isLoopback: false, peer: "127.0.0.1") { server in
            await server.house.household.observe([
                .account(person: "ben", id: "571b"), .account(person: "nobody", id: "9999"),
            ])
            let ask = { (method: String, json: String?) in
                try await server.http.send(method, "/api/visitor", json, headers: Self.headers)
            }
            #expect(try await ask("GET", nil).json["profile"] == .string("ben"))
            #expect(try await ask("PUT", #"{"profile": "anna"}"#).json["profile"] == .string("anna"))
            #expect(try await ask("GET", nil).json["profile"] == .string("anna"))
            var stranger = Self.headers
            stranger["X-Remote-User-Id"] = "9999"
            let unknown = try await server.http.send("GET", "/api/visitor", headers: stranger)
            #expect(unknown.json["profile"] == .null)
        }
    }

    @Test("The event stream needs no token through ingress, goes on after a break, and is refused to every other peer")
    func stream() async throws {
        try await LiveServer.open(token: "secret", isLoopback: false, peer: "127.0.0.1") { server in
            let hear = { (title: String) in
                let listen = #"{"title": "\#(title)", "artist": "A", "profile": "anna"}"#
                let answer = try await server.http.send("POST", "/api/history/webhook", listen, headers: Self.headers)
                #expect(answer.status == 201)
            }
            let seen = try await server.http.stream(headers: Self.headers) { events in
                #expect(events.status == 200)
                let state = try #require(try await events.next())
                #expect(state.type == "state")
                try await hear("One")
                return try #require(try await events.next("listen_recorded")?.id)
            }
            try await hear("Two")
            try await server.http.stream(headers: Self.headers.merging(["Last-Event-ID": seen]) { $1 }) { events in
                let state = try #require(try await events.next())
                #expect(state.type == "state")
                let missed = try #require(try await events.next("listen_recorded"))
                #expect(missed.data["title"] == .string("Two"))
            }
        }
        try await LiveServer.open(token: "secret", isLoopback: false, peer: "172.30.32.2") { server in
            try await server.http.stream(headers: Self.headers) { events in #expect(events.status == 401) }
        }
    }

    @Test("Every other peer is refused on every path, with a token too")
    func others() async throws {
        try await LiveServer.open(token: "secret", isLoopback: false, peer: "172.30.32.2") { server in
            for path in ["/", "/healthz", "/metrics", "/api/profiles", "/api/visitor", "/1/validate-token", "/nothing"]
            {
                for headers in [[:], ["Authorization": "Bearer secret"], ["X-Forwarded-For": "172.30.32.2"]] {
                    let answer = try await server.http.send("GET", path, headers: headers)
                    #expect(answer.status == 401, "\(path)")
                }
            }
        }
    }

    @Test("A page of another site cannot ask through the browser of somebody who is logged in")
    func crossSite() async throws {
        try await LiveServer.open(isLoopback: false, peer: "127.0.0.1") { server in
            let headers = Self.headers.merging(["Sec-Fetch-Site": "cross-site"]) { $1 }
            for method in ["GET", "DELETE"] {
                let answer = try await server.http.send(method, "/api/profiles/anna", headers: headers)
                #expect(answer.status == 400)
            }
            let own = Self.headers.merging(["Sec-Fetch-Site": "same-origin"]) { $1 }
            let answer = try await server.http.send("GET", "/api/profiles/anna", headers: own)
            #expect(answer.status == 200)
        }
    }

    @Test("A server that is not behind ingress believes no header about its visitor")
    func forged() async throws {
        try await LiveServer.open { server in
            let headers = Self.headers.filter { $0.key.hasPrefix("X-") }
            let visitor = try await server.http.send("GET", "/api/visitor", headers: headers)
            #expect(visitor.json["id"] == .null)
            #expect(visitor.json["name"] == .null)
        }
    }
}
