import Foundation
import Household
import Logging
import MQTTClient

/// A value that can be read from one scalar.
protocol ConfigurationValue {
    /// Reads the value.
    ///
    /// - Throws: ``ConfigurationMistake`` that says what it must be.
    init(_ scalar: ConfigurationScalar) throws(ConfigurationMistake)
}

/// Why a scalar is not the value it should be: a sentence that begins after the key.
struct ConfigurationMistake: Error {
    let message: String

    init(_ message: String) { self.message = message }

    /// It is of another kind, or not of any kind.
    static func notA(_ wanted: String, _ scalar: ConfigurationScalar, _ hint: String = "") -> Self {
        Self("must be \(wanted), and is \"\(scalar.text.prefix(80))\"\(hint)")
    }
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

/// A word out of a closed list.
protocol ConfigurationChoice: ConfigurationValue, RawRepresentable<String>, CaseIterable {}

extension ConfigurationChoice {
    init(_ scalar: ConfigurationScalar) throws(ConfigurationMistake) {
        guard let choice = Self(rawValue: scalar.text) else {
            let words = Self.allCases.map(\.rawValue)
            let hint = CloseNames.closest(to: scalar.text, among: words).first.map { "; did you mean \($0)?" } ?? ""
            throw .notA(words.count == 1 ? words[0] : "one of \(words.joined(separator: ", "))", scalar, hint)
        }
        self = choice
    }
}

extension Logger.Level: ConfigurationChoice {}
