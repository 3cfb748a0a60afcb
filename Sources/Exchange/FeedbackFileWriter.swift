public import Household
import Wire

/// Writes feedback on tracks as CSV.
public enum FeedbackFileWriter {
    /// The header of the CSV file, with its newline.
    public static let csvHeader = "timestamp,verdict,artist,title,speaker_name\n"

    /// Writes feedback as a line of CSV.
    ///
    /// - Parameter feedback: The feedback.
    /// - Returns: The line with its newline.
    public static func csv(_ feedback: Feedback) -> String {
        let given = feedback.given
        return CSVLine.text([
            RFC3339.string(from: given.givenAt), given.verdict.word, feedback.artist, feedback.title,
            given.speakerName,
        ])
    }
}

/// A line of CSV (RFC 4180).
enum CSVLine {
    /// Writes fields as a line with its newline; nil becomes an empty field.
    static func text(_ fields: [String?]) -> String { fields.map { quoted($0 ?? "") }.joined(separator: ",") + "\n" }

    private static func quoted(_ field: String) -> String {
        let needsQuotes = field.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
        }
        guard needsQuotes else { return field }
        return "\"\(field.replacing("\"", with: "\"\""))\""
    }
}
