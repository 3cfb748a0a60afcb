/// A topic that can be published to (MQTT 5 §4.7).
///
/// It is not empty, has no wildcard and no control character, and at most 65,535 bytes of UTF-8.
public struct TopicName: Hashable, Sendable, CustomStringConvertible {
    /// The longest topic MQTT can carry, in bytes of UTF-8.
    public static let maxBytes = 65_535

    public let string: String

    /// - Throws: ``MQTTError`` with code `invalidTopic`. The message names the broken rule.
    public init(_ string: String) throws(MQTTError) {
        try Self.validate(string)
        guard !string.utf8.contains(where: { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "+") }) else {
            throw MQTTError(
                .invalidTopic, "“\(string)” cannot be published to: “#” and “+” are wildcards and only subscribe.")
        }
        self.string = string
    }

    public var description: String { string }

    /// Checks the rules that names and filters share.
    fileprivate static func validate(_ string: String) throws(MQTTError) {
        guard !string.isEmpty else {
            throw MQTTError(.invalidTopic, "A topic cannot be empty.")
        }
        guard string.utf8.count <= maxBytes else {
            throw MQTTError(
                .invalidTopic, "A topic of \(string.utf8.count) bytes is too long: \(maxBytes) is the most MQTT allows."
            )
        }
        guard string.unicodeScalars.allSatisfy({ !isForbidden($0) }) else {
            throw MQTTError(.invalidTopic, "A topic cannot contain control characters or non-characters of Unicode.")
        }
    }

    /// MQTT 5 §1.5.4 lets a receiver close the connection for these characters, and mosquitto does.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || scalar.properties.isNoncharacterCodePoint
    }
}

/// A subscription filter (MQTT 5 §4.7): `+` matches one level, a final `#` all remaining levels.
///
/// A shared subscription (`$share/<group>/<filter>`) matches as its inner filter does.
public struct TopicFilter: Hashable, Sendable, CustomStringConvertible {
    private enum Level: Hashable, Sendable {
        case literal([UInt8])
        case any
        case rest
    }

    public let string: String
    private let levels: [Level]

    /// - Throws: ``MQTTError`` with code `invalidTopic`. The message names the broken rule.
    public init(_ string: String) throws(MQTTError) {
        try TopicName.validate(string)
        self.string = string
        var parts = string.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
        if parts.first?.elementsEqual("$share".utf8) == true {
            guard parts.count >= 3 else {
                throw MQTTError(.invalidTopic, "“\(string)” is no filter: “$share/<group>/<filter>” is its form.")
            }
            parts = parts.dropFirst(2)
        }
        var levels: [Level] = []
        for (index, part) in zip(parts.indices, parts) {
            levels.append(try Self.level(part, isLast: index == parts.endIndex - 1, in: string))
        }
        self.levels = levels
    }

    /// Creates a filter that matches this topic only.
    public init(_ topic: TopicName) {
        string = topic.string
        levels = topic.string.utf8
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { .literal(Array($0)) }
    }

    public var description: String { string }

    /// Whether the broker delivers a message on this topic to a subscriber of this filter.
    ///
    /// A wildcard in the first level does not match topics that begin with `$` (MQTT 5 §4.7.2).
    public func matches(_ topic: String) -> Bool {
        if topic.utf8.first == UInt8(ascii: "$"), levels.first == .any || levels.first == .rest {
            return false
        }
        let bytes = topic.utf8.span
        // Where the level begins; beyond the end when there is none.
        var start = 0
        for level in levels {
            if level == .rest { return true }
            guard start <= bytes.count else { return false }
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "/") { end += 1 }
            if case .literal(let text) = level {
                guard text.count == end - start else { return false }
                for index in text.indices where text[index] != bytes[start + index] { return false }
            }
            start = end + 1
        }
        return start > bytes.count
    }

    private static func level(
        _ part: Substring.UTF8View, isLast: Bool, in filter: String
    ) throws(MQTTError) -> Level {
        if part.elementsEqual("+".utf8) { return .any }
        if part.elementsEqual("#".utf8) {
            guard isLast else {
                throw MQTTError(.invalidTopic, "“\(filter)” is no filter: “#” can only be the last level.")
            }
            return .rest
        }
        guard !part.contains(where: { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "+") }) else {
            throw MQTTError(.invalidTopic, "“\(filter)” is no filter: a wildcard must be a whole level.")
        }
        return .literal(Array(part))
    }
}
