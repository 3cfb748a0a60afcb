import Household
import Wire

extension HauntConfiguration {
    /// Keys whose values are nobody's business; the files they name hold secrets.
    private static let secrets: Set = ["user", "password_file", "token_file", "key_file"]

    /// The whole configuration for other eyes: what concerns secrets says only that it is set.
    var redacted: JSONValue { Self.redact(json) }

    /// The whole configuration, keys as in the file.
    var json: JSONValue {
        // Only numbers that are not finite cannot be written, and no key takes one.
        (try? WireJSON.decode(JSONValue.self, from: WireJSON.encode(self))) ?? .null
    }

    private static func redact(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let fields):
            .object(
                fields.reduce(into: [:]) { fields, field in
                    let isSecret = secrets.contains(field.key) && field.value != .null
                    fields[field.key] = isSecret ? .string("***") : redact(field.value)
                })
        case .array(let items): .array(items.map(redact))
        default: value
        }
    }
}
