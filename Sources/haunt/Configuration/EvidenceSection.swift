import Household
import MQTTBridge

extension HauntConfiguration {
    /// An item of `evidence`: a source of evidence of who is listening.
    struct Evidence: Equatable, Encodable, Sendable {
        enum Kind: String, Encodable, CaseIterable, ConfigurationChoice {
            case homeAssistant = "home-assistant"
            case espresense
            case message
        }

        var kind = Kind.homeAssistant
        /// `home-assistant`, `espresense`: the first level or levels of the topics.
        var baseTopic: String?
        /// `home-assistant`: the entity of each profile's person. `message`: the profile of each name.
        var people: [String: String] = [:]
        /// `home-assistant`: the entity whose state is the room of a profile's person.
        var rooms: [String: String] = [:]
        /// `home-assistant`: the id of each profile's user.
        var users: [String: String] = [:]
        /// `espresense`: the id of each profile's device.
        var devices: [String: String] = [:]
        /// `espresense`: farther than this, in metres, a device is in no room.
        var maxDistanceM = 4.0
        /// `message`: topic filter.
        var topic: String?
        /// `message`: pointers to the person, to how sure that is, and to the place.
        var person: String?
        var confidence: String?
        var place: String?
        /// `message`: the speaker of each place.
        var places: [String: String] = [:]
    }
}

extension HauntConfiguration.Evidence {
    /// Reads one item.
    init(from reader: ConfigurationReader) {
        reader.read("kind", into: &kind)
        reader.require("kind")
        var base = ""
        reader.readSourceTopic("base_topic", into: &base)
        baseTopic = base.isEmpty ? nil : base
        for (key, path) in Self.wordKeys { reader.readWords(key, into: &self[keyPath: path]) }
        reader.read("max_distance_m", into: &maxDistanceM, in: 0.1...100)
        reader.read("topic", into: &topic)
        reader.read("person", into: &person)
        reader.read("confidence", into: &confidence)
        reader.read("place", into: &place)
        check(reader)
    }

    private static var wordKeys: [(String, WritableKeyPath<Self, [String: String]>)] {
        [
            ("people", \.people), ("rooms", \.rooms), ("users", \.users), ("devices", \.devices), ("places", \.places),
        ]
    }

    private func check(_ reader: ConfigurationReader) {
        let takes: Set<String> =
            switch kind {
            case .homeAssistant: ["base_topic", "people", "rooms", "users"]
            case .espresense: ["base_topic", "devices", "max_distance_m"]
            case .message: ["topic", "person", "confidence", "place", "people", "places"]
            }
        let all = ["base_topic", "max_distance_m", "topic", "person", "confidence", "place"] + Self.wordKeys.map(\.0)
        for key in all where reader.isWritten(key) && !takes.contains(key) {
            reader.add("is of no use with the kind \(kind.rawValue)", key: key)
        }
        checkPeople(reader)
        switch kind {
        case .homeAssistant: checkEntities(reader)
        case .espresense: checkDevices(reader)
        case .message: checkMessage(reader)
        }
    }

    /// Names of profiles stand before the colon, in `people` of `message` behind it.
    private func checkPeople(_ reader: ConfigurationReader) {
        let names: [(String, [String])] = [
            ("people", kind == .message ? Array(people.values) : Array(people.keys)), ("rooms", Array(rooms.keys)),
            ("users", Array(users.keys)), ("devices", Array(devices.keys)),
        ]
        for (key, names) in names { for name in names { reader.checkProfileName(name, key: key) } }
    }

    private func checkEntities(_ reader: ConfigurationReader) {
        if people.isEmpty, rooms.isEmpty, users.isEmpty { reader.require("people") }
        for (key, entities) in [("people", people.values), ("rooms", rooms.values)] {
            for entity in entities
            where entity.split(separator: ".").count != 2 || entity.contains(where: { "/+#".contains($0) }) {
                reader.add("\"\(entity.prefix(80))\" is no entity id, such as person.anna", key: key)
            }
        }
    }

    private func checkDevices(_ reader: ConfigurationReader) {
        reader.require("devices")
        for id in devices.values where id.isEmpty || id.contains(where: { "/+#\0".contains($0) }) {
            reader.add("\"\(id.prefix(80))\" is no id of a device, such as phone:anna", key: "devices")
        }
    }

    private func checkMessage(_ reader: ConfigurationReader) {
        for key in ["topic", "person"] { reader.require(key) }
        if let topic { reader.checkFilter(topic, key: "topic") }
        if place == nil, places.count != 1 {
            reader.add("is missing: say where the place stands, or name one place in places", key: "place")
        }
        for (key, pointer) in [("person", person), ("confidence", confidence), ("place", place)] {
            if let pointer, JSONPointer(pointer) == nil {
                reader.add("\"\(pointer.prefix(80))\" is no JSON pointer, such as /speaker", key: key)
            }
        }
    }

    /// The item as the bridge takes it; nil for one with a problem.
    var bridgeEvidence: EvidenceConfiguration? {
        switch kind {
        case .homeAssistant:
            return .homeAssistant(base: baseTopic ?? "homeassistant", people: people, rooms: rooms, users: users)
        case .espresense:
            return .espresense(base: baseTopic ?? "espresense", devices: devices, maxDistanceM: maxDistanceM)
        case .message:
            guard let topic, let person = person.flatMap({ JSONPointer($0) }) else { return nil }
            return .message(
                MessageEvidence(
                    topic: topic, person: person, confidence: confidence.flatMap { JSONPointer($0) },
                    place: place.flatMap { JSONPointer($0) }, people: people, places: places))
        }
    }
}
