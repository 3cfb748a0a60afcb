import Foundation
import Household
import MQTTClient
import Wire

// The payload of a message as text, as JSON, and as input of an operation.
extension MQTTMessage {
    /// The payload as JSON; nil when it is not JSON.
    var json: JSONValue? { try? WireJSON.decode(payload) }

    /// The payload as JSON.
    func input(speakerTopic: String? = nil) -> OperationInput {
        OperationInput(door: .mqtt, payload: payload, speakerTopic: speakerTopic)
    }

    /// One field whose value is a text.
    func input(_ name: String, _ text: String, speakerTopic: String) -> OperationInput {
        OperationInput(door: .mqtt, json: .object([:]), texts: [(name, text)], speakerTopic: speakerTopic)
    }

    /// Requests in plain text that name no vibe.
    private static let anything: Set = [
        "play", "play something", "play music", "play anything", "something", "anything",
    ]

    /// A request for a playlist: JSON, a vibe in plain text, or one of ``anything``, such as `play`.
    func playlistInput(speakerTopic: String) -> OperationInput {
        guard let words = plainWords else { return input(speakerTopic: speakerTopic) }
        guard !Self.anything.contains(words.lowercased()) else {
            return OperationInput(door: .mqtt, json: .object([:]), speakerTopic: speakerTopic)
        }
        return input("vibe", words, speakerTopic: speakerTopic)
    }

    /// Feedback: JSON, or a verdict in plain text.
    func verdictInput(speakerTopic: String) -> OperationInput {
        guard let words = plainWords else { return input(speakerTopic: speakerTopic) }
        return input("verdict", words.lowercased(), speakerTopic: speakerTopic)
    }

    /// The text without its quotes, if it has some; nil for a JSON object or array and for bytes that are not UTF-8.
    private var plainWords: String? {
        guard let text, !text.hasPrefix("{"), !text.hasPrefix("[") else { return nil }
        let isQuoted = text.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"")
        return isQuoted ? String(text.dropFirst().dropLast()) : text
    }
}

extension MQTTMessage {
    /// The payload as text without white space around it; nil when it is not UTF-8.
    var text: String? {
        String(validating: payload, as: UTF8.self)?.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The payload as text without white space around it. Bytes that are not UTF-8 become U+FFFD. No name contains it, so
    /// they are answered like any unknown name.
    var setting: String {
        String(decoding: payload, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

extension UInt8 {
    /// Whether this is white space in ASCII.
    var isASCIISpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

extension MQTTMessage {
    /// The input of `shared/set`: names with commas.
    func namesInput(speakerTopic: String) -> OperationInput {
        let names = setting.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let profiles = JSONValue.array(names.filter { !$0.isEmpty }.map(JSONValue.string))
        return OperationInput(door: .mqtt, json: ["profiles": profiles], speakerTopic: speakerTopic)
    }

    /// The input of `listener/set`: a word, or an object.
    func listenerInput(speakerTopic: String) -> OperationInput {
        if setting.hasPrefix("{") {
            return OperationInput(door: .mqtt, payload: Array(payload), speakerTopic: speakerTopic)
        }
        return OperationInput(door: .mqtt, json: ["profile": .string(setting)], speakerTopic: speakerTopic)
    }
}
