import Foundation
import Household
import Wire

/// How Haunt announces itself to Home Assistant.
public struct DiscoverySettings: Equatable, Sendable {
    /// The form of the announcements.
    public enum Form: String, Sendable {
        /// One message for each device, for Home Assistant 2024.12 and later.
        case device
        /// One message for each entity, for every version.
        case single
        /// No announcement. Earlier ones are withdrawn.
        case none
    }

    public var form: Form
    /// First level or levels of Home Assistant's discovery topics.
    public var prefix: String
    /// The topic of Home Assistant's birth and will messages.
    public var statusTopic: String
    /// Version of the program.
    public var version: String

    public init(
        form: Form = .device, prefix: String = "homeassistant", statusTopic: String = "homeassistant/status",
        version: String
    ) {
        self.form = form
        self.prefix = prefix
        self.statusTopic = statusTopic
        self.version = version
    }
}

/// A device in Home Assistant's device registry, with its entities.
struct DiscoveryDevice: Equatable {
    struct Entity: Equatable {
        /// The kind of entity, as `sensor` or `select`.
        var platform: String
        /// The id within the device.
        var id: String
        /// The name that Home Assistant shows after that of the device.
        var name: String
        /// The keys of its platform.
        var fields: [String: JSONValue]
    }

    /// The id of the device. The unique ids of its entities begin with it.
    var id: String
    /// The beginning of its entity ids.
    var entityPrefix: String
    var name: String
    var model: String
    /// The id of the device it is connected via; nil for Haunt itself.
    var parent: String?
    var entities: [Entity]
}

extension DiscoveryDevice {
    /// The messages that announce this device, by topic.
    func messages(_ settings: DiscoverySettings, _ topics: BridgeTopics) -> [String: JSONValue] {
        let device = registryEntry(settings)
        let shared: [String: JSONValue] = [
            "availability": [["topic": .string(topics.state), "value_template": "{{ value_json.state }}"]],
            "origin": ["name": "Haunt", "sw_version": .string(settings.version)],
            "device": device,
        ]
        let node = topics.node
        switch settings.form {
        case .none: return [:]
        case .single:
            return Dictionary(
                uniqueKeysWithValues: entities.map { entity in
                    let topic = "\(settings.prefix)/\(entity.platform)/\(node)/\(id)_\(entity.id)/config"
                    return (topic, .object(describe(entity).merging(shared) { own, _ in own }))
                })
        case .device:
            let components = entities.map { entity in
                (entity.id, JSONValue.object(describe(entity).merging(["platform": .string(entity.platform)]) { $1 }))
            }
            let message = shared.merging(["components": .object(Dictionary(uniqueKeysWithValues: components))]) { $1 }
            return ["\(settings.prefix)/device/\(node)/\(id)/config": .object(message)]
        }
    }

    private func registryEntry(_ settings: DiscoverySettings) -> JSONValue {
        var entry: [String: JSONValue] = [
            "identifiers": [.string(id)], "name": .string(name), "manufacturer": "Haunt", "model": .string(model),
            "sw_version": .string(settings.version),
        ]
        if let parent { entry["via_device"] = .string(parent) }
        return .object(entry)
    }

    /// The keys of an entity.
    ///
    /// Home Assistant before 2025.10 reads the entity id from `object_id`, later versions from `default_entity_id`. Each
    /// ignores the other key.
    private func describe(_ entity: Entity) -> [String: JSONValue] {
        let object = Self.slug("\(entityPrefix)_\(entity.id)")
        let own: [String: JSONValue] = [
            "name": .string(entity.name), "unique_id": .string("\(id)_\(entity.id)"), "object_id": .string(object),
            "default_entity_id": .string("\(entity.platform).\(object)"),
        ]
        return own.merging(entity.fields) { $1 }
    }

    /// A text in the form that entity ids have.
    private static func slug(_ text: String) -> String {
        String(text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}
