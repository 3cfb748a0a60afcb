import Foundation
import Household
import Logging
import MQTTClient
import Yams

/// A single value as it was written, before its type is known.
struct ConfigurationScalar {
    /// The YAML type of a scalar.
    enum Kind: String {
        /// Values of arguments and environment variables. They are accepted for every type.
        case untyped
        case text = "a text"
        case number = "a number"
        case boolean = "true or false"
        case date = "a date"
    }

    let text: String
    let kind: Kind
    let location: ConfigurationLocation

    init(text: String, kind: Kind, location: ConfigurationLocation) {
        self.text = text
        self.kind = kind
        self.location = location
    }

    /// Creates a scalar from a YAML node. nil for `null`, which counts as not written.
    init?(_ node: Node.Scalar, tag: Tag, location: ConfigurationLocation) {
        let kind: Kind
        switch Tag.Name(rawValue: tag.rawValue) {
        case .null: return nil
        case .int, .float: kind = .number
        case .bool: kind = .boolean
        case .timestamp: kind = .date
        default: kind = .text
        }
        self.init(text: node.string, kind: kind, location: location)
    }

    /// Whether this is a value of a YAML type. `5` and `true` are texts only in quotes, and `"5"` is no number.
    func isOf(_ kind: Kind) -> Bool { self.kind == kind || self.kind == .untyped }
}

/// Why a scalar is not a value of the wanted type. The message continues a sentence that begins with the key.
struct ConfigurationValueError: Error {
    let message: String

    init(_ message: String) { self.message = message }

    static func expected(_ wanted: String, _ scalar: ConfigurationScalar, _ hint: String = "") -> Self {
        Self("must be \(wanted), and is \"\(scalar.text.prefix(80))\"\(hint)")
    }
}

/// A type that can be read from one scalar.
protocol ConfigurationValue {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationValueError)
}

extension String: ConfigurationValue {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationValueError) {
        guard scalar.isOf(.text) else {
            throw .init("must be a text, and is \(scalar.kind.rawValue): write \"\(scalar.text.prefix(80))\" in quotes")
        }
        guard !scalar.text.isEmpty, scalar.text.count <= Limits.textLength else {
            throw .init("must be a text of 1 to \(Limits.textLength) characters; leave the key out to have its default")
        }
        guard !scalar.text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .init("contains control characters")
        }
        self = scalar.text
    }
}

extension Int: ConfigurationValue {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationValueError) {
        guard scalar.isOf(.number), let number = Int(scalar.text) else { throw .expected("a whole number", scalar) }
        self = number
    }
}

extension Double: ConfigurationValue {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationValueError) {
        guard scalar.isOf(.number), let number = Double(scalar.text), number.isFinite else {
            throw .expected("a number", scalar)
        }
        self = number
    }
}

extension Bool: ConfigurationValue {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationValueError) {
        guard scalar.isOf(.boolean), let bool = Bool(scalar.text.lowercased()) else {
            throw .expected("true or false", scalar)
        }
        self = bool
    }
}

extension MQTTURL: ConfigurationValue {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationValueError) {
        let text = try String(scalar)
        do { try self.init(text) } catch { throw ConfigurationValueError(error.message) }
    }
}

/// A value from a closed list of words.
protocol ConfigurationChoice: ConfigurationValue, RawRepresentable<String>, CaseIterable {}

extension ConfigurationChoice {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationValueError) {
        guard let choice = Self(rawValue: scalar.text) else {
            let words = Self.allCases.map(\.rawValue)
            let hint = CloseNames.suggestion(for: scalar.text, among: words, limit: 1).map { "; \($0)" } ?? ""
            throw .expected(words.count == 1 ? words[0] : "one of \(words.joined(separator: ", "))", scalar, hint)
        }
        self = choice
    }
}

extension Logger.Level: ConfigurationChoice {}
