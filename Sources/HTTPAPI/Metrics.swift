import Household
import Hummingbird

extension RouteHandler {
    /// Answers `/metrics`.
    func metrics() async -> HTTPAnswer {
        let broker = household.broker
        let counters = await household.counted
        let problem = await household.checkStore()
        var text = PrometheusText()
        text.writeListens(counters)
        text.write(
            "haunt_messages_total", .counter, "Player messages received.",
            .labelled("source", broker.playerMessages))
        text.write("haunt_rebuild_seconds", "Time until a stored taste has a listen, or is rebuilt.", counters.rebuilds)
        text.write("haunt_generation_seconds", "Time to make and store a playlist.", counters.generations)
        text.write(
            "haunt_queue_depth", .gauge, "What waits.",
            .labelled(
                "queue",
                ["inbound": broker.inboundDepth, "outbound": broker.outboundDepth, "store": counters.unsaved]))
        text.write("haunt_store_bytes", .gauge, "Bytes the store takes on disk.", household.storeBytes)
        text.write(
            "haunt_up", .gauge, "Whether a part works.",
            .labelled("part", ["broker": broker.problem == nil ? 1 : 0, "store": problem == nil ? 1 : 0]))
        text.write("haunt_http_requests_total", .counter, "Answers over HTTP.", requests.samples)
        text.write("haunt_info", .gauge, "Which Haunt this is.", [.init(labels: [("version", version)], value: 1)])
        return HTTPAnswer(.ok, text.text.utf8, type: PrometheusText.mediaType)
    }
}

extension PrometheusText {
    fileprivate mutating func writeListens(_ counters: HouseholdCounters) {
        write(
            "haunt_listens_total", .counter, "Listens stored.",
            counters.listenCounts.map {
                Sample(labels: [("outcome", $0.outcome), ("rule", $0.rule)], value: Double($0.count))
            })
        write("haunt_ignored_total", .counter, "Plays that were no listens.", .labelled("reason", counters.ignored))
        write("haunt_duplicates_total", .counter, "Listens that were there already.", counters.duplicates)
        write("haunt_guest_plays_total", .counter, "Plays of guests, not stored.", counters.guestPlays)
        write("haunt_rejected_total", .counter, "Listens that could not be taken.", counters.rejected)
        write("haunt_lost_total", .counter, "Plays lost while the store was away.", counters.lost)
        write("haunt_playlists_total", .counter, "Playlists made.", counters.playlists)
    }
}

extension [PrometheusText.Sample] {
    /// One sample for each value of a label.
    fileprivate static func labelled(_ label: String, _ values: [String: Int]) -> Self {
        values.sorted { $0.key < $1.key }.map { .init(labels: [(label, $0.key)], value: Double($0.value)) }
    }
}

extension RequestCounters {
    /// The counts as samples.
    fileprivate var samples: [PrometheusText.Sample] {
        counts.sorted { ($0.key.path, $0.key.method, $0.key.status) < ($1.key.path, $1.key.method, $1.key.status) }
            .map { kind, count in
                .init(
                    labels: [("method", kind.method), ("path", kind.path), ("status", "\(kind.status)")],
                    value: Double(count))
            }
    }
}
