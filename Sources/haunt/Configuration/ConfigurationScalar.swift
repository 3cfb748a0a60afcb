import Yams

/// One value as it was written, before anybody knows what it should be.
struct ConfigurationScalar {
    /// What YAML takes a plain scalar for.
    enum Kind: String {
        /// Arguments and environment have no types; whatever is wanted is tried.
        case anything
        case text = "a text"
        case number = "a number"
        case boolean = "true or false"
        case date = "a date"
    }

    let text: String
    let kind: Kind
    let place: ConfigurationPlace

    /// Whether a text was written: `5`, `true` and dates are texts only in quotes.
    var isText: Bool { kind == .text || kind == .anything }
    /// Whether a number was written: `"5"` in quotes is none.
    var isNumber: Bool { kind == .number || kind == .anything }

    init(text: String, kind: Kind, place: ConfigurationPlace) {
        self.text = text
        self.kind = kind
        self.place = place
    }

    /// Takes a scalar from a file; nil for `null`, which is as if the key were not there.
    init?(_ node: Node.Scalar, tag: Tag, place: ConfigurationPlace) {
        switch Tag.Name(rawValue: tag.rawValue) {
        case .null: return nil
        case .int, .float: self.init(text: node.string, kind: .number, place: place)
        case .bool: self.init(text: node.string, kind: .boolean, place: place)
        case .timestamp: self.init(text: node.string, kind: .date, place: place)
        default: self.init(text: node.string, kind: .text, place: place)
        }
    }
}
