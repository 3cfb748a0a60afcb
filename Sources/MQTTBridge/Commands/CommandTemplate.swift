import Foundation
import Household
import Wire

/// A message that a user configured for a player, with placeholders for values of the playlist.
public struct CommandTemplate: Equatable, Sendable {
    public var topic: TextTemplate
    public var payload: TextTemplate
    /// Whether there is one message for each track that has an address, instead of one for the playlist.
    public var forEachTrack: Bool

    /// Reads the templates of a message.
    ///
    /// - Throws: ``TextTemplate/Mistake`` when a placeholder names an unknown value.
    public init(topic: String, payload: String, forEachTrack: Bool) throws(TextTemplate.Mistake) {
        let names = Self.names(forEachTrack: forEachTrack)
        self.topic = try TextTemplate(topic, names: names)
        self.payload = try TextTemplate(payload, names: names)
        self.forEachTrack = forEachTrack
    }

    /// The names that placeholders may have.
    ///
    /// - Parameter forEachTrack: Whether the message is for one track.
    /// - Returns: The names of the playlist's values, and those of the track's if it is.
    public static func names(forEachTrack: Bool) -> [String] {
        let list = [
            "id", "speaker_name", "profile", "vibe", "mode", "enqueue", "duration_s", "total_tracks", "uris",
            "playlist",
        ]
        let track = ["position", "track_id", "title", "artist", "album", "uri", "track_duration_s"]
        return forEachTrack ? list + track : list
    }

    func messages(for playlist: PlaylistView) -> [CommandMessage] {
        // A PlaylistView always encodes.
        let json = (try? WireJSON.decode(JSONValue.self, from: WireJSON.encode(playlist))) ?? .null
        guard case .object(var values) = json, case .array(let tracks) = values["tracks"] else { return [] }
        values["playlist"] = json
        values["total_tracks"] = .number(Double(tracks.count))
        values["uris"] = .array(tracks.compactMap { $0["uri"] }.filter { $0 != .null })
        guard forEachTrack else { return [message(values)] }
        return tracks.compactMap { track in
            guard case .object(var own) = track, case .string = own["uri"] else { return nil }
            own["track_duration_s"] = own.removeValue(forKey: "duration_s")
            return message(values.merging(own) { $1 })
        }
    }

    private func message(_ values: [String: JSONValue]) -> CommandMessage {
        CommandMessage(topic.filled(with: values), payload.filled(with: values))
    }
}

/// A text with placeholders: `{{ uri }}` for a value as text, `{{ uri | json }}` for the value as JSON, with quotes.
public struct TextTemplate: Equatable, Sendable {
    /// A syntax error or an unknown name. The message continues a sentence that begins with the configuration key.
    public struct Mistake: Error, Equatable, Sendable {
        /// What is wrong and what is allowed.
        public var message: String
    }

    private enum Part: Equatable {
        case text(String)
        case value(name: String, asJSON: Bool)
    }

    private let parts: [Part]

    /// Reads a template.
    ///
    /// - Parameters:
    ///   - text: The template.
    ///   - names: The names that placeholders may have.
    /// - Throws: ``Mistake``.
    public init(_ text: String, names: [String]) throws(Mistake) {
        var parts: [Part] = []
        var rest = text[...]
        while let opening = rest.range(of: "{{") {
            if opening.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<opening.lowerBound]))) }
            guard let closing = rest.range(of: "}}", range: opening.upperBound..<rest.endIndex) else {
                throw Mistake(message: "has a {{ without its }}")
            }
            parts.append(try Self.placeholder(rest[opening.upperBound..<closing.lowerBound], names))
            rest = rest[closing.upperBound...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    /// The text with its placeholders replaced.
    func filled(with values: [String: JSONValue]) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .value(let name, let asJSON): Self.text(of: values[name] ?? .null, asJSON: asJSON)
            }
        }.joined()
    }

    private static func placeholder(_ text: Substring, _ names: [String]) throws(Mistake) -> Part {
        let words = text.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        guard let name = words.first, names.contains(name) else {
            let hint = CloseNames.suggestionOrAll(for: words.first ?? "", among: names)
            throw Mistake(message: "there is no value \"\(words.first ?? "")\" here; \(hint)")
        }
        guard words.count == 1 || words.dropFirst() == ["json"] else {
            throw Mistake(message: "only json may follow the | in {{\(text)}}")
        }
        return .value(name: name, asJSON: words.count == 2)
    }

    private static func text(of value: JSONValue, asJSON: Bool) -> String {
        switch value {
        case _ where asJSON: (try? WireJSON.text(value)) ?? "null"
        case .null: ""
        case .string(let text): text
        case .array(let items): items.map { text(of: $0, asJSON: false) }.joined(separator: "\n")
        default: text(of: value, asJSON: true)
        }
    }
}
