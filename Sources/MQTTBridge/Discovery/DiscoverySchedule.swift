import Foundation

/// Which announcements the broker should keep, and when each may be sent.
///
/// While Home Assistant still works on a device's message, it takes of the next one only what comes before the entity
/// it is busy with. So changes are gathered, and no topic is written twice in quick succession.
struct DiscoverySchedule {
    /// How long changes are gathered before they are sent, in seconds; also how long the device that others belong to
    /// is ahead of them.
    static let settleS: TimeInterval = 1
    /// Shortest time between two messages on one topic, in seconds.
    static let pauseS: TimeInterval = 5
    /// How long after its birth message Home Assistant is left alone, in seconds.
    static let birthPauseS: TimeInterval = 10

    /// Something to publish, retained.
    ///
    /// No payload clears the topic.
    struct Message: Equatable {
        var topic: String
        var payload: [UInt8]
    }

    private struct Announcement {
        var payload: [UInt8]
        /// Lower ones go first.
        var rank: Int
    }

    private var wanted: [String: Announcement] = [:]
    private var sentAt: [String: Date] = [:]
    private var due: [String: Date] = [:]

    /// Asks for an announcement to be kept.
    ///
    /// - Parameters:
    ///   - payload: What; nil withdraws it.
    ///   - topic: Where.
    ///   - rank: 0 for the device that all others belong to, 1 for those.
    ///   - now: The time.
    mutating func set(_ payload: [UInt8]?, on topic: String, rank: Int, at now: Date) {
        guard wanted[topic]?.payload != payload else { return }
        wanted[topic] = payload.map { Announcement(payload: $0, rank: rank) }
        schedule(topic, after: payload == nil ? 0 : Self.settleS * Double(1 + rank), at: now)
    }

    /// Sends everything again, because the broker or Home Assistant may have forgotten it.
    mutating func repeatAll(after waitS: TimeInterval, at now: Date) {
        for (topic, announcement) in wanted {
            schedule(topic, after: waitS + Self.settleS * Double(announcement.rank), at: now)
        }
    }

    /// Takes note of what the broker keeps: what it has need not be sent, and what nobody wants is cleared.
    mutating func found(_ payload: [UInt8], on topic: String, at now: Date) {
        guard !payload.isEmpty else { return }
        if wanted[topic] == nil {
            due[topic] = now
        } else if wanted[topic]?.payload == payload {
            due[topic] = nil
        }
    }

    /// When ``take(at:)`` has something.
    var nextDeadline: Date? { due.values.min() }

    /// Takes out what is to be sent now, in order.
    mutating func take(at now: Date) -> [Message] {
        let topics = due.filter { $0.value <= now }.keys.sorted {
            (wanted[$0]?.rank ?? 0, $0) < (wanted[$1]?.rank ?? 0, $1)
        }
        return topics.map { topic in
            due[topic] = nil
            sentAt[topic] = wanted[topic] == nil ? nil : now
            return Message(topic: topic, payload: wanted[topic]?.payload ?? [])
        }
    }

    private mutating func schedule(_ topic: String, after waitS: TimeInterval, at now: Date) {
        let earliest = sentAt[topic].map { $0.addingTimeInterval(Self.pauseS) } ?? .distantPast
        due[topic] = max(now.addingTimeInterval(waitS), earliest)
    }
}
