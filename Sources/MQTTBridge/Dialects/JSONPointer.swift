import Wire

/// A place in a JSON value (RFC 6901), `/media/artist/0`; `#` is the value as a whole.
public struct JSONPointer: Equatable, Sendable {
    private let path: [String]

    /// Reads a pointer; nil when the text is none.
    ///
    /// - Parameter text: `#`, or names that each begin with `/`, in which `~1` is a `/` and `~0` a `~`.
    public init?(_ text: String) {
        let plain = text.hasPrefix("#") ? text.dropFirst() : text[...]
        guard plain.isEmpty ? text == "#" : plain.hasPrefix("/") else { return nil }
        path = plain.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
            String($0).replacing("~1", with: "/").replacing("~0", with: "~")
        }
    }

    /// What stands there; nil when nothing does.
    func value(in json: JSONValue) -> JSONValue? {
        var value: JSONValue? = json
        for name in path {
            switch value {
            case .object(let fields): value = fields[name]
            case .array(let items): value = Int(name).flatMap { items.indices.contains($0) ? items[$0] : nil }
            default: return nil
            }
        }
        return value
    }
}
