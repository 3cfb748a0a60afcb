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
    /// Attributes that take more bytes than this are read again at each burst, so that little is kept twice.
    private static let comparedBytes = 4_096

    /// Values of one player that came together.
    private struct Burst {
        /// An attribute as it came last, and how often it came.
        struct Attribute: Equatable {
            var payload: [UInt8] = []
            var count = 0

            mutating func replace(with newer: [UInt8]) {
                payload = newer
                count += 1
            }
        }

        var state: [UInt8]?
        var lastUpdated: [UInt8]?
        var attributes: [String: Attribute] = [:]
        var beginnings = 0
        var ends = 0
        /// When its newest `state` came, which is when the change happened.
        var changedAt: Moment

        init(at time: Moment) { changedAt = time }

        var isWhole: Bool { beginnings > 0 && ends >= beginnings }

        var attributeBytes: Int { attributes.values.reduce(0) { $0 + $1.payload.count } }

        mutating func add(_ key: String, _ message: SourceMessage) {
            switch key {
            case "state":
                state = message.payload
                beginnings += 1
                changedAt = message.at
            case "last_updated": lastUpdated = message.payload
            case StatestreamDialect.lastKey: ends += 1
            default: attributes[key, default: Attribute()].replace(with: message.payload)
            }
        }
    }

    /// What was last said, live, of a player.
    private struct Known {
        var state: String
        var attributes: HomeAssistantAttributes
        /// What `attributes` were made of, when that was one burst with its end. A burst that repeats it is not read again.
        var source: [String: Burst.Attribute]?
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

    var nextDeadline: Double? {
        guard let live = bursts.nextDeadline else { return replays.nextDeadline }
        return min(live, replays.nextDeadline ?? live)
    }

    mutating func receive(_ message: SourceMessage) -> [SourceEvent] {
        guard message.topic != statusTopic else { return HomeAssistantStatus.event(message) }
        guard let (player, key) = levels(of: message.topic) else { return [] }
        let isDue = nextDeadline.map { $0 <= message.at.uptimeS } ?? false
        var events = isDue ? advance(to: message.at) : []
        guard Self.means(key, message.payload) else { return events }
        guard !message.isRetained else {
            replays.add(to: player, at: message.at, startingWith: Burst(at: message.at)) { $0.add(key, message) }
            return events
        }
        if key == "state", bursts.isOverdue(player, at: message.at), let burst = bursts.take(player)?.value {
            events += believe(player, burst)
        }
        let isWhole = bursts.add(to: player, at: message.at, startingWith: Burst(at: message.at)) { burst in
            burst.add(key, message)
            return burst.isWhole
        }
        if isWhole, let burst = bursts.take(player)?.value { events += believe(player, burst) }
        return events
    }

    /// The player and the key of a topic `base/media_player/PLAYER/KEY`.
    private func levels(of topic: String) -> (player: String, key: String)? {
        let levels = topic.utf8.dropFirst(base.utf8.count + 1)
        guard let first = levels.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let rest = levels[levels.index(after: first)...]
        guard let second = rest.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let key = rest[rest.index(after: second)...]
        guard !key.contains(UInt8(ascii: "/")) else { return nil }
        return (String(Substring(rest[..<second])), String(Substring(key)))
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
        return key == lastKey || HomeAssistantAttributes.names.contains(key)
    }
}

extension StatestreamDialect {
    private static let domain = "media_player."

    /// Makes a state out of a live burst, and remembers it.
    private mutating func believe(_ player: String, _ burst: Burst) -> [SourceEvent] {
        let before = known[player]
        guard let state = burst.state.flatMap(Self.bare) ?? before?.state else { return [] }
        let isAlone = burst.beginnings <= 1 && burst.ends > 0
        guard !isAlone || before?.source != burst.attributes else {
            known[player]?.state = state
            return [.update(self.player(player, state, before?.attributes, burst).update)]
        }
        let said = Self.attributes(of: burst).filter { !Self.isLeftOver($0.key, $0.value, in: burst, from: before) }
        let values = burst.ends > 0 ? said : Self.completed(said, from: before)
        let attributes = values.map { HomeAssistantAttributes($0) }
        known[player] = Known(
            state: state, attributes: attributes ?? before?.attributes ?? HomeAssistantAttributes([:]),
            source: isAlone && burst.attributeBytes <= Self.comparedBytes ? burst.attributes : nil)
        return [.update(self.player(player, state, attributes, burst).update)]
    }

    private func replay(_ player: String, _ burst: Burst) -> SourceEvent {
        let state = burst.state.flatMap(Self.bare) ?? "unknown"
        var replay = self.player(player, state, HomeAssistantAttributes(Self.attributes(of: burst)), burst)
        replay.isReplay = true
        return .update(replay.update)
    }

    private func player(
        _ name: String, _ state: String, _ attributes: HomeAssistantAttributes?, _ burst: Burst
    ) -> HomeAssistantPlayer {
        HomeAssistantPlayer(
            entityID: Self.domain + name, state: state, attributes: attributes,
            updatedAt: burst.lastUpdated.flatMap(Self.bare).flatMap { RFC3339.date(from: $0) }, isReplay: false,
            at: burst.changedAt)
    }

    /// The attributes of a burst that was cut off, filled in with the known ones.
    ///
    /// A track that is new in the burst gets none of the known attributes. nil: the burst has no attribute of a track.
    private static func completed(_ said: [String: JSONValue], from before: Known?) -> [String: JSONValue]? {
        guard said.keys.contains(where: { $0.hasPrefix("media_") }) else { return nil }
        let title = said["media_title"]
        guard let known = before?.attributes.values, title == nil || title == known["media_title"] else { return said }
        return known.merging(said) { $1 }
    }

    /// Whether a value of interleaved bursts belongs to the older burst, whose track the newer one has replaced.
    ///
    /// Such a value came in fewer bursts than there were and equals the known one, while the title is another.
    private static func isLeftOver(_ key: String, _ value: JSONValue, in burst: Burst, from before: Known?) -> Bool {
        guard let known = before?.attributes.values, burst.beginnings > 1, key.hasPrefix("media_"),
            key != "media_title", burst.attributes[key, default: Burst.Attribute()].count < burst.beginnings,
            known[key] == value,
            let title = burst.attributes["media_title"].flatMap({ try? WireJSON.decode($0.payload) })
        else { return false }
        return title != known["media_title"]
    }

    private static func bare(_ payload: [UInt8]) -> String? { String(validating: payload, as: UTF8.self) }

    /// Attributes as values; what is no JSON, as `NaN` is not, is left out.
    private static func attributes(of burst: Burst) -> [String: JSONValue] {
        burst.attributes.reduce(into: [:]) { attributes, said in
            guard let json = try? WireJSON.decode(said.value.payload), json != .null else { return }
            attributes[said.key] = json
        }
    }
}
