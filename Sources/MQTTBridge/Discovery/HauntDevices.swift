import Foundation
import Household
import Wire

/// Haunt's devices in Home Assistant: one for itself, one for each profile, one for each speaker.
///
/// The entities use topics that exist without Home Assistant, too. No entity is optimistic: each shows the state that
/// Haunt publishes, not the one that was clicked. States are cut to 255 characters, because Home Assistant turns longer
/// ones into `unknown`.
struct HauntDevices {
    private static let longestState = 255
    let topics: BridgeTopics

    /// The device of Haunt itself.
    var bridge: DiscoveryDevice {
        let problems =
            "{% set problems = ([value_json.store] + value_json.libraries) | map(attribute='problem') "
            + "| select('string') | list %}"
        let problem =
            problems
            + "{{ {'problem': problems | join('; ') if problems else none, 'uptime_s': value_json.uptime_s, "
        let counts = "'memory_bytes': value_json.memory_bytes, 'counters': value_json.counters} | tojson }}"
        return DiscoveryDevice(
            id: topics.node, entityPrefix: topics.node, name: "Haunt", model: "Music taste of a home",
            entities: [
                .init(
                    platform: "sensor", id: "health", name: "Health",
                    fields: [
                        "state_topic": .string(topics.health), "device_class": "enum", "options": ["ok", "problem"],
                        "value_template": .string(problems + "{{ 'problem' if problems else 'ok' }}"),
                        "json_attributes_topic": .string(topics.health),
                        "json_attributes_template": .string(problem + counts), "entity_category": "diagnostic",
                        "icon": "mdi:heart-pulse",
                    ]),
                .init(
                    platform: "sensor", id: "catalog_size", name: "Catalog size",
                    fields: [
                        "state_topic": .string(topics.health), "value_template": "{{ value_json.catalog.tracks }}",
                        "unit_of_measurement": "tracks", "state_class": "measurement",
                        "entity_category": "diagnostic", "icon": "mdi:music-box-multiple",
                    ]),
                Self.button(
                    "check", "Check", topics.request("health/check"), payload: "{}", icon: "mdi:stethoscope",
                    more: ["entity_category": "diagnostic"]),
            ])
    }

    /// The device of a profile.
    func profile(_ name: String, displayName: String) -> DiscoveryDevice {
        let state = topics.profile(name)
        return DiscoveryDevice(
            id: "\(topics.node)_profile_\(name)", entityPrefix: "\(topics.node)_\(name)", name: "Haunt \(displayName)",
            model: "Profile", parent: topics.node,
            entities: [
                .init(
                    platform: "sensor", id: "listens", name: "Listens",
                    fields: [
                        "state_topic": .string(state), "value_template": Self.value("value_json.stats.event_count"),
                        "unit_of_measurement": "listens", "state_class": "measurement", "icon": "mdi:headphones",
                    ]),
                .init(
                    platform: "sensor", id: "last_listen", name: "Last listen",
                    fields: [
                        "state_topic": .string(state), "value_template": Self.value("value_json.stats.last_listen"),
                        "device_class": "timestamp",
                    ]),
                .init(
                    platform: "sensor", id: "top_interests", name: "Top interests",
                    fields: [
                        "state_topic": .string(state), "json_attributes_topic": .string(state),
                        "value_template": Self.shortened("(\(Self.interests)) | join(', ')"),
                        "json_attributes_template": Self.value(
                            "{'interests': \(Self.interests), 'top_artists': value_json.taste.top_artists} | tojson",
                            otherwise: "'{}'"),
                        "icon": "mdi:star-four-points",
                    ]),
                Self.button(
                    "rebuild_taste", "Rebuild taste", topics.request("taste/build"),
                    payload: .string("{\"name\": \"\(name)\"}"), icon: "mdi:refresh",
                    more: ["entity_category": "config"]),
            ])
    }

    /// The device of a speaker.
    func speaker(_ level: String, profiles: [String], sharedBy people: [String] = []) -> DiscoveryDevice {
        let title = level.replacing("_", with: " ")
        return DiscoveryDevice(
            id: "\(topics.node)_speaker_\(level)", entityPrefix: "\(topics.node)_\(level)", name: "Haunt \(title)",
            model: "Speaker", parent: topics.node,
            entities: mapping(level, profiles) + listener(level, people) + requests(level) + listens(level))
    }

    /// The modes that ``SetSpeakerSettings`` accepts.
    private static let modes: [String] = {
        guard case .choice(let words)? = SetSpeakerSettings.fields.first(where: { $0.name == "mode" })?.kind else {
            return []
        }
        return words
    }()

    /// The names of interests, or of artists while a taste has no interests.
    private static let interests = "value_json.taste.interests or value_json.taste.top_artists"

    /// A template for a value of a topic's JSON, with a default for the empty payload that clears the topic.
    private static func value(_ expression: String, otherwise: String = "none") -> JSONValue {
        .string("{{ (\(expression)) if value_json is defined else \(otherwise) }}")
    }

    private static func shortened(_ expression: String) -> JSONValue {
        value("(\(expression))[:\(longestState)]", otherwise: "''")
    }

    private static func button(
        _ id: String, _ name: String, _ topic: String, payload: JSONValue, icon: JSONValue,
        more: [String: JSONValue] = [:]
    ) -> DiscoveryDevice.Entity {
        let fields: [String: JSONValue] = ["command_topic": .string(topic), "payload_press": payload, "icon": icon]
        return .init(platform: "button", id: id, name: name, fields: fields.merging(more) { $1 })
    }
}

// The entities of a speaker.
extension HauntDevices {
    /// Mapping and guest mode.
    private func mapping(_ level: String, _ profiles: [String]) -> [DiscoveryDevice.Entity] {
        let state: JSONValue = .string(topics.speaker(level, "state"))
        return [
            .init(
                platform: "select", id: "profile", name: "Profile",
                fields: [
                    "state_topic": state,
                    "value_template": Self.value("'shared' if value_json.shared else value_json.mapping or 'nobody'"),
                    "command_topic": .string(topics.speaker(level, "profile/set")),
                    "options": .array(([BridgeTopics.nobody, BridgeTopics.shared] + profiles).map { .string($0) }),
                    "icon": "mdi:account-music",
                ]),
            .init(
                platform: "switch", id: "guest_mode", name: "Guest mode",
                fields: [
                    "state_topic": state, "value_template": Self.value("'ON' if value_json.guest else 'OFF'"),
                    "command_topic": .string(topics.speaker(level, "guest/set")), "icon": "mdi:account-question",
                ]),
        ]
    }

    /// Who is listening at a shared speaker, and a select to correct it.
    private func listener(_ level: String, _ people: [String]) -> [DiscoveryDevice.Entity] {
        guard !people.isEmpty else { return [] }
        let state: JSONValue = .string(topics.speaker(level, "listener"))
        let why = "'verdict': value_json.verdict, 'rule': value_json.rule, 'evidence': value_json.evidence, "
        return [
            .init(
                platform: "sensor", id: "listener", name: "Listener",
                fields: [
                    "state_topic": state, "json_attributes_topic": state, "icon": "mdi:account-voice",
                    "value_template": Self.value(
                        "'unknown' if value_json.verdict == 'unknown' else value_json.profile or 'nobody'"),
                    "json_attributes_template": Self.value(
                        "{'confidence': value_json.p, \(why)'likely': value_json.likely, "
                            + "'session': value_json.session, 'since': value_json.since} | tojson", otherwise: "'{}'"),
                ]),
            .init(
                platform: "select", id: "listener_set", name: "Who is listening",
                fields: [
                    "state_topic": state, "command_topic": .string(topics.speaker(level, "listener/set")),
                    "value_template": Self.value(
                        "(value_json.profile or 'nobody') if value_json.verdict == 'assigned' else 'auto'"),
                    "options": .array((people + [BridgeTopics.nobody, "guest", "auto"]).map { .string($0) }),
                    "icon": "mdi:account-check",
                ]),
        ]
    }

    /// Requests for playlists, their settings, and the last one.
    private func requests(_ level: String) -> [DiscoveryDevice.Entity] {
        let state: JSONValue = .string(topics.speaker(level, "state"))
        let request = topics.speaker(level, "request")
        return [
            .init(
                platform: "text", id: "vibe", name: "Vibe",
                fields: [
                    "state_topic": state, "command_topic": .string(request), "max": 255, "icon": "mdi:creation",
                    "value_template": Self.shortened(
                        "value_json.last_playlist.vibe or '' if value_json.last_playlist else ''"),
                    "command_template": "{{ {'vibe': value} | tojson if value | trim else '' }}",
                ]),
            Self.button("play_something", "Play something", request, payload: "play", icon: "mdi:playlist-play"),
            .init(
                platform: "number", id: "tracks", name: "Tracks",
                fields: [
                    "state_topic": state, "value_template": Self.value("value_json.total_tracks"), "min": 1,
                    "max": .number(Double(Limits.playlistTracks)), "mode": "box", "unit_of_measurement": "tracks",
                    "command_topic": .string(topics.speaker(level, "total_tracks/set")), "icon": "mdi:playlist-music",
                    "entity_category": "config",
                ]),
            .init(
                platform: "select", id: "mode", name: "Mode",
                fields: [
                    "state_topic": state, "value_template": Self.value("value_json.mode"),
                    "command_topic": .string(topics.speaker(level, "mode/set")), "icon": "mdi:compass",
                    "options": .array(Self.modes.map { .string($0) }), "entity_category": "config",
                ]),
            .init(
                platform: "sensor", id: "last_playlist", name: "Last playlist",
                fields: [
                    "state_topic": state, "device_class": "timestamp", "json_attributes_topic": state,
                    "value_template": Self.value(
                        "value_json.last_playlist.created_at if value_json.last_playlist else none"),
                    "json_attributes_template": Self.value(
                        "value_json.last_playlist | tojson if value_json.last_playlist else '{}'", otherwise: "'{}'"),
                ]),
        ]
    }

    /// Listens and feedback.
    private func listens(_ level: String) -> [DiscoveryDevice.Entity] {
        let feedback = topics.speaker(level, "feedback")
        return [
            .init(
                platform: "event", id: "listen", name: "Listen",
                fields: [
                    "state_topic": .string(topics.speaker(level, "listen")), "icon": "mdi:ear-hearing",
                    "event_types": ["completed", "partial", "skipped"],
                ]),
            Self.button("like", "Like", feedback, payload: "like", icon: "mdi:thumb-up"),
            Self.button("not_this", "Not this", feedback, payload: "dislike", icon: "mdi:thumb-down"),
        ]
    }
}
