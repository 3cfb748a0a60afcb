import Foundation
import HauntTestSupport
import Household
import Listening
import Testing
import Wire

@Suite("Listens from ListenBrainz's clients", .timeLimit(.minutes(15)))
struct ListenBrainzTests {
    /// Sends a submission with Anna's token.
    private static func submit(
        _ json: String, to server: LiveServer, headers: [String: String] = [:]
    ) async throws -> HTTPClient.Answer {
        let token = try await server.house.household.perform(MakeProfileToken(name: "anna")).token
        // Clients of ListenBrainz send any content type or none.
        let own = ["Authorization": "Token \(token)", "Content-Type": ""].merging(headers) { $1 }
        return try await server.http.send("POST", "/1/submit-listens", json, headers: own)
    }

    private static let untimed = #"{"track_metadata": {"artist_name": "A", "track_name": "T"}}"#

    private static func listen(_ title: String, at time: Int, more: String = "") -> String {
        #"{"listened_at": \#(time), "track_metadata": {"artist_name": "A", "track_name": "\#(title)"\#(more)}}"#
    }

    @Test("A single listen belongs to the token's profile, and is stored once when it is submitted twice")
    func single() async throws {
        try await LiveServer.open { server in
            let more = #", "release_name": "R", "additional_info": {"duration_ms": 177000, "submission_client": "x"}"#
            let json = #"{"listen_type": "single", "payload": [\#(Self.listen("One", at: 1_700_000_000, more: more))]}"#
            for _ in 1...2 {
                let answer = try await Self.submit(json, to: server)
                #expect(answer.status == 200)
                #expect(answer.json == .object(["status": .string("ok")]))
            }
            let stored = try server.house.listens()
            #expect(stored.count == 1)
            #expect(stored.first?.profileName == "anna")
            #expect(stored.first?.event.rule == .payload)
            #expect(stored.first?.event.media.durationS == 177)
            #expect(stored.first?.event.media.album == "R")
            #expect(stored.first?.event.startedAt.timeIntervalSince1970 == 1_700_000_000)
        }
    }

    @Test("A playing_now submission is accepted and not stored")
    func playingNow() async throws {
        try await LiveServer.open { server in
            let answer = try await Self.submit(
                #"{"listen_type": "playing_now", "payload": [\#(Self.untimed)]}"#, to: server)
            #expect(answer.json == .object(["status": .string("ok")]))
            #expect(try server.house.listens().isEmpty)
        }
    }

    @Test("An import stores each listen once, also after an earlier submission")
    func bulk() async throws {
        try await LiveServer.open { server in
            let listens = (0..<50).map { Self.listen("T\($0)", at: 1_700_000_000 + $0 * 300) }
            let first = #"{"listen_type": "single", "payload": [\#(listens[7])]}"#
            #expect(try await Self.submit(first, to: server).status == 200)
            let all = #"{"listen_type": "import", "payload": [\#(listens.joined(separator: ","))]}"#
            #expect(try await Self.submit(all, to: server).status == 200)
            #expect(try server.house.listens().count == 50)
            let profile = try await server.http.send("GET", "/api/profiles/anna")
            #expect(profile.json["stats"]?["track_count"] == .number(50))
        }
    }

    @Test("An invalid submission is answered in ListenBrainz's form, and none of its listens is stored")
    func errors() async throws {
        let good = Self.listen("One", at: 1_700_000_000)
        try await LiveServer.open { server in
            for (json, headers, status) in [
                ("{}", ["Authorization": ""], 401), ("{}", ["Authorization": "Token wrong"], 401),
                ("{}", ["Authorization": "nonsense"], 401), ("{nonsense", [:], 400), ("[]", [:], 400), ("{}", [:], 400),
                (#"{"listen_type": "single", "payload": []}"#, [:], 400),
                (#"{"listen_type": "wish", "payload": [\#(good)]}"#, [:], 400),
                (#"{"listen_type": "single", "payload": [\#(good), \#(good)]}"#, [:], 400),
                (#"{"listen_type": "single", "payload": [\#(Self.untimed)]}"#, [:], 400),
                (#"{"listen_type": "import", "payload": [\#(good), {"listened_at": 1}]}"#, [:], 400),
                (#"{"listen_type": "import", "payload": [\#(good), 7]}"#, [:], 400),
                (#"{"listen_type": "single", "payload": [\#(Self.listen("T", at: 99_999_999_999))]}"#, [:], 400),
                (String(repeating: " ", count: 1_048_577), [:], 400),
            ] {
                let answer = try await Self.submit(json, to: server, headers: headers)
                #expect(answer.status == status, "\(json.prefix(100))")
                #expect(answer.json["code"] == .number(Double(status)), "\(json.prefix(100))")
                #expect(answer.json["error"]?.text?.isEmpty == false, "\(json.prefix(100))")
            }
            #expect(try server.house.listens().isEmpty)
        }
    }

    @Test("A token is valid for its profile until a newer one is made")
    func validation() async throws {
        try await LiveServer.open(token: "bearer") { server in
            let named = HTTPClient(port: server.port, token: "bearer")
            let made = try await named.send("POST", "/api/profiles/anna/token")
            #expect(made.status == 201)
            let token = made.json["token"]?.text ?? ""
            for (target, shown) in [("", "Token \(token)"), ("?token=\(token)", "")] {
                let valid = try await server.http.send(
                    "GET", "/1/validate-token\(target)", headers: ["Authorization": shown])
                #expect(valid.status == 200)
                #expect(valid.json["valid"] == .bool(true))
                #expect(valid.json["user_name"] == .string("anna"))
            }
            _ = try await named.send("POST", "/api/profiles/anna/token")
            let old = try await server.http.send(
                "GET", "/1/validate-token", headers: ["Authorization": "Token \(token)"])
            #expect(old.status == 200)
            #expect(old.json["valid"] == .bool(false))
            let elsewhere = try await server.http.send(
                "GET", "/api/profiles", headers: ["Authorization": "Bearer \(token)"])
            #expect(elsewhere.status == 401)
        }
    }
}
