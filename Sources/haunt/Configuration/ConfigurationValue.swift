import Foundation
import Household
import MQTTClient

/// A value that can be read from one scalar.
protocol ConfigurationValue {
    /// Reads the value.
    ///
    /// - Throws: ``ConfigurationMistake`` that says what it must be.
    init(_ scalar: ConfigurationScalar) throws(ConfigurationMistake)
}

extension String: ConfigurationValue {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationMistake) {
        guard scalar.isText else {
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
    init(_ scalar: ConfigurationScalar) throws(ConfigurationMistake) {
        guard scalar.isNumber, let number = Int(scalar.text) else { throw .notA("a whole number", scalar) }
        self = number
    }
}

extension Double: ConfigurationValue {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationMistake) {
        guard scalar.isNumber, let number = Double(scalar.text), number.isFinite else {
            throw .notA("a number", scalar)
        }
        self = number
    }
}

extension Bool: ConfigurationValue {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationMistake) {
        guard scalar.kind == .boolean || scalar.kind == .anything, let bool = Bool(scalar.text.lowercased()) else {
            throw .notA("true or false", scalar)
        }
        self = bool
    }
}

extension MQTTURL: ConfigurationValue {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationMistake) {
        let text = try String(scalar)
        do { try self.init(text) } catch { throw ConfigurationMistake(error.message) }
    }
}
