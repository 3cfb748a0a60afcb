import Foundation

/// The password, from its file: the first line, without its end.
enum MQTTPassword {
    /// Reads a password file.
    ///
    /// - Throws: ``MQTTError`` with code `invalidConfiguration` that names the file, never its content.
    static func read(from file: String) throws(MQTTError) -> String {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw MQTTError(.invalidConfiguration, "The password file \(file) cannot be read.")
        }
        guard let text = String(bytes: data, encoding: .utf8), !text.utf8.contains(0) else {
            throw MQTTError(.invalidConfiguration, "The password file \(file) is no text.")
        }
        return String(text.prefix { !$0.isNewline })
    }
}
