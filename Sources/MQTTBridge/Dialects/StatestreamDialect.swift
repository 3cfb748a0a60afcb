import Foundation
import Wire
import Listening

/// `home-assistant-statestream`: Home Assistant's `mqtt_statestream`, one retained topic for each value.
///
/// A change of a player is a burst: `state` first, `supported_features` last, in between every attribute that it has
/// now. A burst of which as many ends as beginnings were seen is whole, even where two of them interleave; any other
/// is believed when nothing was added to it for a while. Attributes that a whole burst does not have are gone,
/// whatever the broker still keeps of them.
struct StatestreamDialect: Dialect {
    private static let lastKey = "supported_features"
    /// Keys that are written without quotes; an attribute of that name has them, or is no word.
    private static let bareKeys: Set = ["state", "last_updated"]
    /// Longest value that is looked at, in bytes.
    private static let valueBytes = 65_536

    /// Values of one player that came together.
    private struct Burst {
        var values: [String: [UInt8]] = [:]
        var counts: [String: Int] = [:]
        var beginnings = 0
        var ends = 0
        /// When its newest `state` came, which is when the change happened.
        var changedAt: Moment

        init(at time: Moment) { changedAt = time }

        var isWhole: Bool { beginnings > 0 && ends >= beginnings }
    }

    /// What was last said, live, of a player.
    private struct Known {
        var state: String
        var attributes: [String: JSONValue]
    }

    private let base: String
    private let statusTopic: String
    private var bursts: Gathering<String, Burst>
    private var replays: Gathering<String, Burst>
    private var known: [String: Known] = [:]

    init(base: String, statusTopic: String, settleS: Double) {
        self.base = base
        self.statusTopic = statusTopic
        bursts = Gathering(settleS: settleS, isPatient: true)
        replays = Gathering(settleS: settleS, isPatient: true)
    }

    var filters: [String] { ["\(base)/media_player/+/+", statusTopic] }

    var nextDeadline: Double? { [bursts.nextDeadline, replays.nextDeadline].compactMap { $0 }.min() }

    mutating func receive(_ message: SourceMessage) -> [SourceEvent] {
        guard message.topic != statusTopic else { return HomeAssistantStatus.event(message) }
        let levels = message.topic.utf8.dropFirst(base.utf8.count + 1)
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard levels.count == 3 else { return [] }
        var events = nextDeadline.map { $0 <= message.at.uptimeS } ?? false ? advance(to: message.at) : []
        let (player, key) = (String(Substring(levels[1])), String(Substring(levels[2])))
        guard Self.means(key, message.payload) else { return events }
        guard !message.isRetained else {
            add(message, key: key, of: player, to: &replays)
            return events
        }
        if key == "state", bursts.isOverdue(player, at: message.at), let burst = bursts.take(player)?.value {
            events += believe(player, burst)
        }
        add(message, key: key, of: player, to: &bursts)
        if bursts[player]?.value.isWhole == true, let burst = bursts.take(player)?.value {
            events += believe(player, burst)
        }
        return events
    }

    mutating func advance(to now: Moment) -> [SourceEvent] {
        let old = replays.settled(at: now).map { ($0.pile.value.changedAt, [replay($0.key, $0.pile.value)]) }
        var events = old
        for (player, pile) in bursts.settled(at: now) {
            events.append((pile.value.changedAt, believe(player, pile.value)))
        }
        return events.sorted { $0.0.uptimeS < $1.0.uptimeS }.flatMap(\.1)
    }

    mutating func forget(_ speakerName: String) { known[String(speakerName.dropFirst(Self.domain.count))] = nil }

    /// Whether a value says anything that is looked at.
    private static func means(_ key: String, _ payload: [UInt8]) -> Bool {
        guard payload.count <= valueBytes else { return false }
        guard !bareKeys.contains(key) else {
            return payload.first.map { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "[") }
                ?? false
        }
        return key == lastKey || HomeAssistantPlayer.attributes.contains(key)
    }

    private func add(
        _ message: SourceMessage, key: String, of player: String, to gathering: inout Gathering<String, Burst>
    ) {
        gathering.add(to: player, at: message.at, startingWith: Burst(at: message.at)) { burst in
            burst.values[key] = message.payload
            burst.counts[key, default: 0] += 1
            if key == "state" {
                burst.beginnings += 1
                burst.changedAt = message.at
            }
            if key == Self.lastKey { burst.ends += 1 }
        }
    }
}

extension StatestreamDialect {
    private static let domain = "media_player."

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
            entityID: Self.domain + name, state: state, attributes: attributes,
            updatedAt: Self.bare("last_updated", in: burst).flatMap { RFC3339.date(from: $0) }, isReplay: false,
            at: burst.changedAt)
    }

    /// The attributes of a burst that was cut off, filled in with the known ones.
    ///
    /// A track that is new in the burst gets none of the known attributes. nil: the burst has no attribute of a track.
    private static func completed(_ said: [String: JSONValue], from before: Known?) -> [String: JSONValue]? {
        guard said.keys.contains(where: { $0.hasPrefix("media_") }) else { return nil }
        let title = said["media_title"]
        guard let before, title == nil || title == before.attributes["media_title"] else { return said }
        return before.attributes.merging(said) { $1 }
    }

    /// Whether a value of interleaved bursts belongs to the older burst, whose track the newer one has replaced.
    ///
    /// Such a value came in fewer bursts than there were and equals the known one, while the title is another.
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
            guard !bareKeys.contains(value.key), value.key != lastKey,
                let json = try? WireJSON.decode(value.value), json != .null
            else {
                return
            }
            attributes[value.key] = json
        }
    }
}
