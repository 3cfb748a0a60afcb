import Foundation
import Household
import MQTTClient

extension MQTTMessage {
    /// The payload as text without white space around it; nil when it is not UTF-8.
    var text: String? {
        String(validating: payload, as: UTF8.self)?.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// What a topic is set to; nil when the payload is empty, which is what clearing a retained message sends.
    ///
    /// Bytes that are no UTF-8 become a sign that nothing is called by, so that they are answered as what they are.
    var setting: String? {
        let text = String(decoding: payload, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : text
    }

    /// What people say when anything will do.
    private static let anything: Set = [
        "play", "play something", "play music", "play anything", "something", "anything",
    ]

    /// A request in plain text as the JSON that it stands for; nil when the payload is an object and speaks for itself.
    ///
    /// `play`, or `play something`, asks for anything; every other text is a vibe.
    var plainRequest: JSONValue? {
        plainWords.map { Self.anything.contains($0.lowercased()) ? .object([:]) : .object(["vibe": .string($0)]) }
    }

    /// A verdict in plain text as the JSON that it stands for; nil when the payload is an object and speaks for itself.
    var plainVerdict: JSONValue? { plainWords.map { .object(["verdict": .string($0.lowercased())]) } }

    /// The text, out of its quotes if it has some; nil when it is JSON of another kind, or no text at all.
    private var plainWords: String? {
        guard let text, !text.hasPrefix("{"), !text.hasPrefix("[") else { return nil }
        let isQuoted = text.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"")
        return isQuoted ? String(text.dropFirst().dropLast()) : text
    }
}

extension UInt8 {
    /// Whether this is white space in ASCII.
    var isASCIISpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
