import Household
import Logging

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
