import Foundation
import HauntTestSupport
import Wire

/// A change of a player of Home Assistant, as ``Recording`` writes it in one line.
struct RecordedPlayer {
    private let second: Double
    private let name: String
    private let isJSON: Bool
    private let state: String
    private var attributes: [String: JSONValue]

    init(_ name: String, _ rest: String, at second: Double) {
        self.second = second
        isJSON = name.hasPrefix("json:")
        self.name = isJSON ? String(name.dropFirst(5)) : name
        let brace = rest.firstIndex(of: "{") ?? rest.endIndex
        let words = rest[..<brace].split(separator: " ", maxSplits: 1)
        state = String(words[0])
        attributes = Self.track(words.count > 1 ? words[1] : "", at: second)
        guard case .object(let more) = try? WireJSON.decode(rest[brace...].utf8) else { return }
        attributes.merge(more) { $1 }
        if case .array(let members) = attributes["group_members"] {
            attributes["group_members"] = .array(members.map { .string("media_player." + ($0.text ?? "")) })
        }
    }

    /// What Home Assistant sends.
    var lines: [Recording.Line] {
        guard !isJSON else {
            let json: [String: JSONValue] = [
                "entity_id": .string("media_player.\(name)"), "state": .string(state),
                "last_updated": .string(Recording.stamp(second)), "attributes": .object(attributes),
            ]
            return [line("ha/players/\(name)", Self.text(.object(json)), after: 0)]
        }
        let base = "homeassistant/media_player/\(name)"
        let values = attributes.sorted { $0.key < $1.key } + [("supported_features", 1)]
        return [line("\(base)/state", state, after: 0)]
            + values.enumerated().map { line("\(base)/\($1.key)", Self.text($1.value), after: Double($0 + 1) / 1_000) }
    }

    private func line(_ topic: String, _ payload: String, after delayS: Double) -> Recording.Line {
        Recording.Line(second: second + delayS, topic: topic, payload: payload, isRetained: false)
    }

    private static func text(_ value: JSONValue) -> String { (try? WireJSON.text(value)) ?? "" }

    /// Attributes of `TITLE / ARTIST / LENGTH @POSITION`.
    private static func track(_ text: Substring, at second: Double) -> [String: JSONValue] {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        var attributes = parts.count > 1 ? position(String(parts[1]), at: second) : [:]
        let names = ["media_title", "media_artist", "media_duration"]
        for (name, part) in zip(names, parts.first?.split(separator: " / ") ?? []) {
            let value = part.trimmingCharacters(in: .whitespaces)
            guard value != "-", !value.isEmpty else { continue }
            attributes[name] = name == "media_duration" ? .number(Double(value) ?? 0) : .string(value)
        }
        return attributes
    }

    private static func position(_ text: String, at second: Double) -> [String: JSONValue] {
        let text = text.trimmingCharacters(in: .whitespaces)
        if text.hasPrefix("=") {
            let position = max(0, second - (Double(text.dropFirst()) ?? 0))
            return ["media_position": .number(position), stamp: .string(Recording.stamp(second))]
        }
        let parts = text.split(separator: "~", omittingEmptySubsequences: false).map { Double($0) }
        let position: [String: JSONValue] = ["media_position": .number(parts[0] ?? 0)]
        guard parts.count < 2 || parts[1] != nil else { return position }
        let then = parts.count > 1 ? parts[1] ?? second : second
        return position.merging([stamp: .string(Recording.stamp(then))]) { $1 }
    }

    private static let stamp = "media_position_updated_at"
}
