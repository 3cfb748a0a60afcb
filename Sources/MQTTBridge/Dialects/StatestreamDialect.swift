import Foundation
import Household
import Listening
import Wire

/// `home-assistant-statestream`: Home Assistant's `mqtt_statestream`, one retained topic for each value.
///
/// A change of a player is a burst: `state` first, `supported_features` last, in between every attribute that it has
/// now. A burst of which as many ends as beginnings were seen is whole, even where two of them interleave; any other
/// is believed when nothing was added to it for a while. Attributes that a whole burst does not have are gone,
/// whatever the broker still keeps of them.
struct StatestreamDialect: Dialect {
    /// A burst that is still added to after this many settling times is believed as it is.
    private static let patience = 5.0
    private static let lastKey = "supported_features"
    /// Keys that are written without quotes.
    private static let bareKeys: Set = ["state", "last_updated", "last_changed"]

    /// Values of one player that came together.
    private struct Burst {
        var values: [String: [UInt8]] = [:]
        var counts: [String: Int] = [:]
        var beginnings = 0
        var ends = 0
        let startedAt: Date
        /// When its newest `state` came, which is when the change happened.
        var changedAt: Date
        var lastAt: Date

        init(at time: Date) {
            startedAt = time
            changedAt = time
            lastAt = time
        }

        var isWhole: Bool { beginnings > 0 && ends >= beginnings }
    }

    /// What was last said, live, of a player.
    private struct Known {
        var state: String
        var attributes: [String: JSONValue]
    }

    private let base: String
    private let statusTopic: String
    private let settleS: TimeInterval
    private var bursts: [String: Burst] = [:]
    private var replays: [String: Burst] = [:]
    private var known: [String: Known] = [:]

    init(base: String, statusTopic: String, settleS: TimeInterval) {
        self.base = base
        self.statusTopic = statusTopic
        self.settleS = settleS
    }

    var filters: [String] { ["\(base)/media_player/+/+", statusTopic] }

    var nextDeadline: Date? {
        (Array(bursts.values) + Array(replays.values)).map { $0.lastAt.addingTimeInterval(settleS) }.min()
    }

    mutating func receive(_ message: SourceMessage) -> [SourceEvent] {
        guard message.topic != statusTopic else { return HomeAssistantStatus.event(message) }
        let levels = message.topic.dropFirst(base.count + 1).split(separator: "/", omittingEmptySubsequences: false)
        guard levels.count == 3 else { return [] }
        let events = advance(to: message.at)
        let (player, key) = (String(levels[1]), String(levels[2]))
        guard !message.isRetained else {
            add(message, key: key, to: &replays[player])
            return events
        }
        if let burst = bursts[player], key == "state",
            message.at.timeIntervalSince(burst.startedAt) > settleS * Self.patience
        {
            let before = believe(player, burst)
            bursts[player] = nil
            add(message, key: key, to: &bursts[player])
            return events + before
        }
        add(message, key: key, to: &bursts[player])
        guard let burst = bursts[player], burst.isWhole else { return events }
        bursts[player] = nil
        return events + believe(player, burst)
    }

    mutating func advance(to now: Date) -> [SourceEvent] {
        var events: [(at: Date, event: [SourceEvent])] = []
        for (player, burst) in replays where isSettled(burst, at: now) {
            replays[player] = nil
            events.append((burst.changedAt, [replay(player, burst)]))
        }
        for (player, burst) in bursts where isSettled(burst, at: now) {
            bursts[player] = nil
            events.append((burst.changedAt, believe(player, burst)))
        }
        return events.sorted { $0.at < $1.at }.flatMap(\.event)
    }

    private func isSettled(_ burst: Burst, at now: Date) -> Bool { burst.lastAt.addingTimeInterval(settleS) <= now }

    private func add(_ message: SourceMessage, key: String, to burst: inout Burst?) {
        var grown = burst ?? Burst(at: message.at)
        grown.values[key] = message.payload
        grown.counts[key, default: 0] += 1
        grown.lastAt = message.at
        if key == "state" {
            grown.beginnings += 1
            grown.changedAt = message.at
        }
        if key == Self.lastKey { grown.ends += 1 }
        burst = grown
    }
}

extension StatestreamDialect {
    /// Makes a state out of a live burst, and remembers it.
    private mutating func believe(_ player: String, _ burst: Burst) -> [SourceEvent] {
        let before = known[player]
        guard let state = Self.bare("state", in: burst) ?? before?.state else { return [] }
        let said = Self.attributes(of: burst).filter { !Self.isLeftOver($0.key, $0.value, in: burst, from: before) }
        let attributes = burst.ends > 0 ? said : Self.completed(said, from: before)
        known[player] = Known(state: state, attributes: attributes ?? before?.attributes ?? [:])
        return [.update(self.player(player, state, attributes, burst).update)]
    }

    private func replay(_ player: String, _ burst: Burst) -> SourceEvent {
        let state = Self.bare("state", in: burst) ?? "unknown"
        var replay = self.player(player, state, Self.attributes(of: burst), burst)
        replay.isReplay = true
        return .update(replay.update)
    }

    private func player(
        _ name: String, _ state: String, _ attributes: [String: JSONValue]?, _ burst: Burst
    ) -> HomeAssistantPlayer {
        HomeAssistantPlayer(
            entityID: "media_player.\(name)", state: state, attributes: attributes,
            updatedAt: Self.bare("last_updated", in: burst).flatMap { RFC3339.date(from: $0) }, isReplay: false,
            at: burst.changedAt)
    }

    /// What a burst that was cut off tells, together with what was known: nothing of a track that is new in it, and nil
    /// when it tells nothing of any.
    private static func completed(_ said: [String: JSONValue], from before: Known?) -> [String: JSONValue]? {
        guard said.keys.contains(where: { $0.hasPrefix("media_") }) else { return nil }
        let title = said["media_title"]
        guard let before, title == nil || title == before.attributes["media_title"] else { return said }
        return before.attributes.merging(said) { $1 }
    }

    /// Whether a value of interleaved bursts is the older one's, of a track that the newer one has replaced: it came in
    /// fewer bursts than there were, and says what was known, while the title says something else.
    private static func isLeftOver(_ key: String, _ value: JSONValue, in burst: Burst, from before: Known?) -> Bool {
        guard let before, burst.beginnings > 1, key.hasPrefix("media_"), key != "media_title",
            burst.counts[key, default: 0] < burst.beginnings, before.attributes[key] == value,
            let title = burst.values["media_title"].flatMap({ try? WireJSON.decode($0) })
        else { return false }
        return title != before.attributes["media_title"]
    }

    private static func bare(_ key: String, in burst: Burst) -> String? {
        burst.values[key].flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// Attributes as values; what is no JSON, as `NaN` is not, is left out.
    private static func attributes(of burst: Burst) -> [String: JSONValue] {
        burst.values.reduce(into: [:]) { attributes, value in
            guard !bareKeys.contains(value.key), let json = try? WireJSON.decode(value.value), json != .null else {
                return
            }
            attributes[value.key] = json
        }
    }
}
