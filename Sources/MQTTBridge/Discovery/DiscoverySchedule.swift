/// The announcements that the broker should retain, and the time at which each may be sent, in seconds of the uptime.
///
/// Home Assistant loses part of a message that arrives while it processes an earlier one of the same device: it reads
/// the entities before the one that it is setting up, and ignores the rest. So changes are collected, and two messages
/// on one topic are at least ``pauseS`` apart.
struct DiscoverySchedule {
    /// How long changes are collected before they are sent, in seconds. The devices that belong to Haunt's own are sent
    /// this much later than it.
    static let settleS: Double = 1
    /// Shortest time between two messages on one topic, in seconds.
    static let pauseS: Double = 5
    /// Time between Home Assistant's birth message and the first announcement, in seconds.
    static let birthPauseS: Double = 10

    /// A message to publish, retained. An empty payload clears the topic.
    struct Message: Equatable {
        var topic: String
        var payload: [UInt8]
    }

    private struct Announcement {
        var payload: [UInt8]
        /// Lower ranks are sent first.
        var rank: Int
    }

    private var wanted: [String: Announcement] = [:]
    private var sentAt: [String: Double] = [:]
    private var due: [String: Double] = [:]

    /// Sets the announcement of a topic.
    ///
    /// - Parameters:
    ///   - payload: The announcement; nil withdraws it.
    ///   - topic: The topic.
    ///   - rank: 0 for Haunt's own device, 1 for those that belong to it.
    ///   - now: The time.
    mutating func set(_ payload: [UInt8]?, on topic: String, rank: Int, at now: Double) {
        guard wanted[topic]?.payload != payload else { return }
        wanted[topic] = payload.map { Announcement(payload: $0, rank: rank) }
        schedule(topic, after: payload == nil ? 0 : Self.settleS * Double(1 + rank), at: now)
    }

    /// Schedules all announcements again, because the broker or Home Assistant may have lost them.
    mutating func repeatAll(after waitS: Double, at now: Double) {
        for (topic, announcement) in wanted {
            schedule(topic, after: waitS + Self.settleS * Double(announcement.rank), at: now)
        }
    }

    /// Compares a message that the broker retains with the announcement of its topic. An equal one need not be sent, and
    /// one without an announcement is cleared.
    mutating func reconcile(retained payload: [UInt8], on topic: String, at now: Double) {
        guard !payload.isEmpty else { return }
        if wanted[topic] == nil {
            due[topic] = now
        } else if wanted[topic]?.payload == payload {
            due[topic] = nil
        }
    }

    /// When the next message is due.
    var nextDeadline: Double? { due.values.min() }

    /// Removes and returns the messages that are due, in the order in which to send them.
    mutating func takeDue(at now: Double) -> [Message] {
        let topics = due.filter { $0.value <= now }.keys.sorted {
            (wanted[$0]?.rank ?? 0, $0) < (wanted[$1]?.rank ?? 0, $1)
        }
        return topics.map { topic in
            due[topic] = nil
            sentAt[topic] = wanted[topic] == nil ? nil : now
            return Message(topic: topic, payload: wanted[topic]?.payload ?? [])
        }
    }

    private mutating func schedule(_ topic: String, after waitS: Double, at now: Double) {
        let earliest = sentAt[topic].map { $0 + Self.pauseS } ?? -.infinity
        due[topic] = max(now + waitS, earliest)
    }
}
