import HauntTestSupport
import Household
import Testing
import Wire

@testable import HTTPAPI

@Suite("Health and metrics by HTTP", .timeLimit(.minutes(15)))
struct HealthTests {
    @Test("Health is ok when broker and store work")
    func well() async throws {
        try await LiveServer.open { server in
            let answer = try await server.http.send("GET", "/healthz")
            #expect(answer.status == 200)
            #expect(answer.json["status"] == .string("ok"))
            #expect(answer.json["version"] == .string("1.2.3"))
        }
    }

    @Test("Health names the part that is away")
    func away() async throws {
        let house = try TestHouse.withTwoPeople()
        house.recorder.broker.problem = "nobody answers"
        try await LiveServer.open(house) { server in
            let answer = try await server.http.send("GET", "/healthz")
            #expect(answer.status == 503)
            #expect(answer.json["away"]?.items == [.string("broker")])
            #expect(answer.json["broker"]?["problem"] == .string("nobody answers"))
            #expect(answer.code == "unavailable")
            let metrics = try await server.http.send("GET", "/metrics")
            #expect(metrics.body.contains("haunt_up{part=\"broker\"} 0\n"))
            #expect(metrics.body.contains("haunt_up{part=\"store\"} 1\n"))
        }
    }

    @Test("Metrics count what happened, by outcome, rule and source, and time rebuilds and lists")
    func metrics() async throws {
        let house = try TestHouse.withTwoPeople()
        house.recorder.broker.inboundDepth = 3
        house.recorder.broker.outboundDepth = 4
        house.recorder.broker.sources = [
            SourceStatus(dialect: "home-assistant-json", baseTopic: "ha", messages: 5, lastHeardAt: nil)
        ]
        try await LiveServer.open(house) { server in
            _ = try await server.webhook(#"{"title": "T", "artist": "A", "speaker_name": "media_player.study"}"#)
            _ = try await server.webhook(#"{"title": "U", "artist": "A", "played_s": 90, "duration_s": 200}"#)
            _ = try await server.webhook("{}")
            _ = try await server.http.send("POST", "/api/playlists/generate", "{}")
            let answer = try await server.http.send("GET", "/metrics")
            #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
            for line in [
                "# TYPE haunt_listens_total counter", #"haunt_listens_total{outcome="completed",rule="mapping"} 1"#,
                #"haunt_listens_total{outcome="partial",rule="default"} 1"#,
                #"haunt_listens_total{outcome="skipped",rule="payload"} 0"#, "haunt_rejected_total 1",
                #"haunt_messages_total{source="home-assistant-json"} 5"#, "# TYPE haunt_rebuild_seconds histogram",
                #"haunt_rebuild_seconds_bucket{le="+Inf"} 2"#, "haunt_rebuild_seconds_count 2",
                "haunt_generation_seconds_count 1", #"haunt_queue_depth{queue="inbound"} 3"#,
                #"haunt_queue_depth{queue="outbound"} 4"#, "# TYPE haunt_store_bytes gauge",
                #"haunt_http_requests_total{method="POST",path="/api/history/webhook",status="201"} 2"#,
            ] {
                #expect(answer.body.contains(line + "\n"), "\(line)")
            }
        }
    }

    @Test("Label values are escaped, and the buckets of a histogram are cumulative")
    func writing() {
        var text = PrometheusText()
        text.write("x", .gauge, "X.", [.init(labels: [("a", "q\"b\\c\nd")], value: 1.5)])
        var histogram = DurationHistogram()
        for milliseconds in [0, 1, 1.5, 20_000] { histogram.add(.milliseconds(milliseconds)) }
        text.write("h", "H.", histogram)
        #expect(text.text.contains(#"x{a="q\"b\\c\nd"} 1.5"# + "\n"))
        #expect(text.text.contains("h_bucket{le=\"0.001\"} 2\nh_bucket{le=\"0.002\"} 3\n"))
        #expect(text.text.hasSuffix("h_bucket{le=\"+Inf\"} 4\nh_sum 20.0025\nh_count 4\n"))
    }

    @Test("Unknown paths and methods add no labels to the request counts")
    func bounded() async throws {
        try await LiveServer.open { server in
            for number in 1...5 {
                _ = try await server.http.send("GET", "/nothing/\(number)")
                _ = try await server.http.send("GET", "/api/profiles/p\(number)")
            }
            let lines = try await server.http.send("GET", "/metrics").body.split(separator: "\n")
            #expect(lines.filter { $0.hasPrefix("haunt_http_requests_total") }.count == 2)
        }
    }
}
