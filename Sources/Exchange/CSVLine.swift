/// A line of CSV (RFC 4180).
enum CSVLine {
    /// The line with its end; what is nil is left empty.
    static func text(_ fields: [String?]) -> String { fields.map { quoted($0 ?? "") }.joined(separator: ",") + "\n" }

    private static func quoted(_ field: String) -> String {
        let needsQuotes = field.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
        }
        guard needsQuotes else { return field }
        return "\"\(field.replacing("\"", with: "\"\""))\""
    }
}
