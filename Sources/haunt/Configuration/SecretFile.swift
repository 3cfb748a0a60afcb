import Foundation

/// A file whose first line is a secret.
enum SecretFile {
    /// The first line without blanks at its ends.
    ///
    /// - Throws: ``ConfigurationValueError`` that names the file and never its content.
    static func line(of path: String) throws(ConfigurationValueError) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationValueError("\(path) cannot be read by this user")
        }
        guard let text = String(validating: data, as: UTF8.self), !text.utf8.contains(0) else {
            throw ConfigurationValueError("\(path) is no text")
        }
        let line = text.prefix { !$0.isNewline }.trimmingCharacters(in: .whitespaces)
        guard !line.isEmpty else {
            throw ConfigurationValueError("the first line of \(path) is blank; the secret belongs there")
        }
        return line
    }
}
