import Foundation
import Household
import MQTTClient
import Wire

// Payloads as input of operations.
extension MQTTMessage {
    /// The payload as JSON; nil when it is none.
    var json: JSONValue? { try? WireJSON.decode(payload) }

    /// The payload as the JSON of an operation.
    func input(speakerTopic: String? = nil) -> OperationInput {
        OperationInput(door: .mqtt, payload: payload, json: json, speakerTopic: speakerTopic)
    }

    /// One field as the input of an operation on a speaker.
    func input(_ name: String, _ text: String, speakerTopic: String) -> OperationInput {
        OperationInput(door: .mqtt, json: .object([:]), texts: [(name, text)], speakerTopic: speakerTopic)
    }

    /// What people say when anything will do.
    private static let anything: Set = [
        "play", "play something", "play music", "play anything", "something", "anything",
    ]

    /// A request for a list: JSON, or a vibe in plain text, or `play`.
    func playlistInput(speakerTopic: String) -> OperationInput {
        guard let words = plainWords else { return input(speakerTopic: speakerTopic) }
        guard !Self.anything.contains(words.lowercased()) else {
            return OperationInput(door: .mqtt, json: .object([:]), speakerTopic: speakerTopic)
        }
        return input("vibe", words, speakerTopic: speakerTopic)
    }

    /// What somebody says of a track: JSON, or the verdict in plain text.
    func verdictInput(speakerTopic: String) -> OperationInput {
        guard let words = plainWords else { return input(speakerTopic: speakerTopic) }
        return input("verdict", words.lowercased(), speakerTopic: speakerTopic)
    }

    /// The text, out of its quotes if it has some; nil when it is JSON of another kind, or no text at all.
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

    /// The payload as text without white space around it. Bytes that are not UTF-8 become U+FFFD, which no name has, so
    /// that they are answered like any wrong name.
    var setting: String {
        String(decoding: payload, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

extension UInt8 {
    /// Whether this is white space in ASCII.
    var isASCIISpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
