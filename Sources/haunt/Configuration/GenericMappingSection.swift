import MQTTBridge
import MQTTClient

extension HauntConfiguration.Source {
    /// The keys of a `generic` source: where each field of a player's state is found.
    struct Mapping: Equatable, Codable, Sendable {
        /// Topic filter of the fields that name none.
        var topic: String?
        /// The speaker's name. `{1}` is the level of the first `+`, `{speaker}` the field of that name.
        var speaker = ""
        /// Whether a JSON payload has only the changed fields.
        var partial = false
        /// Availability of the whole source.
        var available: Place?
        var fields: [String: Place] = [:]
    }
}

extension HauntConfiguration.Source.Mapping {
    /// Where a value is found and how it is read. `GenericMapping.Place` explains each key.
    struct Place: Equatable, Codable, Sendable {
        var topic: String?
        var pointer: String?
        var unit = GenericMapping.Unit.seconds
        var values: [String: String] = [:]
        var split: String?
        var part = 1
        var parts = 2
    }

    init(from reader: ConfigurationReader) {
        reader.read("topic", into: &topic)
        reader.read("speaker", into: &speaker)
        reader.read("partial", into: &partial)
        reader.read("available", into: &available, defaults: Place())
        var section = Fields()
        reader.read("fields", into: &section)
        fields = section.places
        check(reader)
    }

    /// The topic filters of all fields, for messages.
    var topics: String { Set(fields.values.compactMap { $0.topic ?? topic }).sorted().joined(separator: ", ") }

    /// The mapping as the bridge takes it. Topics and pointers were validated when the file was read.
    var bridgeMapping: GenericMapping {
        let fields = fields.compactMap { name, place in
            GenericMapping.Field(rawValue: name).flatMap { field in
                place.bridgePlace(commonTopic: topic).map { (field, $0) }
            }
        }
        return GenericMapping(
            speaker: speaker, fields: Dictionary(uniqueKeysWithValues: fields), isPartial: partial,
            availability: available?.bridgePlace(commonTopic: nil))
    }

    private func check(_ reader: ConfigurationReader) {
        reader.require("fields")
        if let topic { reader.checkFilter(topic, key: "topic") }
        for name in ["state", "title"] where fields[name] == nil {
            reader.add("\(name) is missing: a play has a title, and something says that it plays", key: "fields")
        }
        for (name, place) in fields where place.topic == nil && topic == nil {
            reader.add("\(name) has no topic, and neither has the source", key: "fields")
        }
        let counts = Set(fields.values.compactMap { $0.topic ?? topic }.map { $0.count { $0 == "+" } })
        if counts.count > 1 { reader.add("every topic must have as many + as the others", key: "fields") }
        checkSpeaker(reader, levels: counts.max() ?? 0)
    }

    /// Checks that the name has every wildcard level. Otherwise two players would be one speaker.
    private func checkSpeaker(_ reader: ConfigurationReader, levels: Int) {
        reader.require("speaker")
        guard !speaker.isEmpty else { return }
        reader.checkSpeakerName(speaker, key: "speaker")
        if speaker.contains("{speaker}") != (fields["speaker"] != nil) {
            reader.add("{speaker} in the name and a field of that name go together", key: "speaker")
        }
        guard fields["speaker"] == nil else { return }
        for level in 0..<levels where !speaker.contains("{\(level + 1)}") {
            reader.add("must say where {\(level + 1)} goes, which is what the + in a topic stands for", key: "speaker")
        }
    }

    private struct Fields: ConfigurationSection {
        var places: [String: Place] = [:]

        mutating func read(from reader: ConfigurationReader) {
            for field in GenericMapping.Field.allCases {
                var place: Place?
                reader.read(field.rawValue, into: &place, defaults: Place())
                places[field.rawValue] = place
            }
        }
    }
}

extension HauntConfiguration.Source.Mapping.Place: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("topic", into: &topic)
        reader.read("pointer", into: &pointer)
        reader.read("unit", into: &unit)
        reader.readWords("values", into: &values)
        reader.read("split", into: &split)
        reader.read("part", into: &part, in: 1...ConfigurationLimits.parts)
        reader.read("parts", into: &parts, in: 2...ConfigurationLimits.parts)
        if let topic { reader.checkFilter(topic, key: "topic") }
        if let pointer, JSONPointer(pointer) == nil {
            reader.add(
                "\"\(pointer)\" is no JSON pointer: write /name/within, or # for the whole payload", key: "pointer")
        }
        if part > parts { reader.add("is \(part), and there are \(parts) parts", key: "part") }
    }

    /// nil when neither this place nor the source has a topic.
    fileprivate func bridgePlace(commonTopic: String?) -> GenericMapping.Place? {
        guard let filter = (topic ?? commonTopic).flatMap({ try? TopicFilter($0) }) else { return nil }
        var place = GenericMapping.Place(topic: filter)
        place.pointer = pointer.flatMap { JSONPointer($0) }
        place.unit = unit
        place.values = values
        place.separator = split
        place.part = part
        place.parts = parts
        return place
    }
}

extension GenericMapping.Unit: Codable, ConfigurationChoice {}
