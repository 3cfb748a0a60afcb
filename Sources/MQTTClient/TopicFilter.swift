/// A pattern that topics are subscribed by: `+` stands for one level, a last `#` for all that follow (MQTT 5 §4.7).
///
/// A shared subscription (`$share/<group>/<filter>`) matches as its inner filter does.
public struct TopicFilter: Hashable, Sendable, CustomStringConvertible {
    private enum Level: Hashable, Sendable {
        case literal([UInt8])
        case any
        case rest
    }

    /// The filter as it goes over the wire.
    public let string: String
    private let levels: [Level]

    /// Checks a filter.
    ///
    /// - Parameter string: The filter.
    /// - Throws: ``MQTTError`` with code `invalidTopic` that says which rule it breaks.
    public init(_ string: String) throws(MQTTError) {
        try TopicName.checkSize(of: string)
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

    /// The filter that matches one topic and no other.
    public init(_ topic: TopicName) {
        string = topic.string
        levels = topic.string.utf8
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { .literal(Array($0)) }
    }

    /// The filter itself.
    public var description: String { string }

    /// Whether a message on this topic would be delivered.
    ///
    /// A wildcard in the first level does not match topics that begin with `$`, which belong to the broker.
    public func matches(_ topic: String) -> Bool {
        if topic.utf8.first == UInt8(ascii: "$"), levels.first == .any || levels.first == .rest {
            return false
        }
        var rest: Substring.UTF8View? = Substring(topic).utf8
        for level in levels {
            if level == .rest { return true }
            guard let remaining = rest else { return false }
            let end = remaining.firstIndex(of: UInt8(ascii: "/")) ?? remaining.endIndex
            if case .literal(let text) = level, !text.elementsEqual(remaining[..<end]) {
                return false
            }
            rest = end == remaining.endIndex ? nil : remaining[remaining.index(after: end)...]
        }
        return rest == nil
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
