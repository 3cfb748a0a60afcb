import Foundation
import Household
import Wire

/// A device as Home Assistant's device registry has it, with its entities.
struct DiscoveryDevice: Equatable {
    /// One entity.
    struct Entity: Equatable {
        /// Home Assistant's kind of entity, as `sensor` or `select`.
        var platform: String
        /// What it is within its device.
        var id: String
        /// What people see, after the device's name.
        var name: String
        /// What its platform wants to know.
        var fields: [String: JSONValue]
    }

    /// What it is among our own devices; also the begin of its entities' ids.
    var id: String
    /// What its entity ids begin with.
    var entityPrefix: String
    /// What people see.
    var name: String
    var model: String
    /// The device it belongs to; nil for the one that all others belong to.
    var parent: String?
    var entities: [Entity]
}

extension DiscoveryDevice {
    /// The messages that announce this device.
    ///
    /// - Parameters:
    ///   - settings: In which form, and where.
    ///   - topics: Our own topics.
    /// - Returns: Topic → JSON.
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

    /// An entity's own keys.
    ///
    /// Until Home Assistant 2025.10 `object_id` names it, from then on `default_entity_id`; each
    /// ignores the other's.
    private func describe(_ entity: Entity) -> [String: JSONValue] {
        let object = Self.slug("\(entityPrefix)_\(entity.id)")
        let own: [String: JSONValue] = [
            "name": .string(entity.name), "unique_id": .string("\(id)_\(entity.id)"), "object_id": .string(object),
            "default_entity_id": .string("\(entity.platform).\(object)"),
        ]
        return own.merging(entity.fields) { $1 }
    }

    /// Home Assistant's own form of names in entity ids.
    private static func slug(_ text: String) -> String {
        String(text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}
