import Foundation
import Household
import MQTTClient

extension MQTTMessage {
    /// The payload as text without white space around it; nil when it is not UTF-8.
    var text: String? {
        String(validating: payload, as: UTF8.self)?.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A request in plain text as the JSON that it stands for; nil when the payload is an object and speaks for itself.
    ///
    /// `play` asks for anything; every other text, quoted or not, is a vibe.
    var plainRequest: JSONValue? {
        guard let text, !text.hasPrefix("{"), !text.hasPrefix("[") else { return nil }
        let words =
            text.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
        return words.lowercased() == "play" ? .object([:]) : .object(["vibe": .string(words)])
    }
}

extension UInt8 {
    /// Whether this is white space in ASCII.
    var isASCIISpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
