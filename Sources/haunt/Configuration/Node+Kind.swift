import Yams

extension Node {
    /// Whether this is `null`, or nothing where a value could be.
    var isNull: Bool { tag.rawValue == Tag.Name.null.rawValue }

    /// What this is, in words for a person.
    var kindName: String {
        switch self {
        case .scalar: "a single value"
        case .mapping: "a section of keys"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}
