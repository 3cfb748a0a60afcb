import Foundation
import Taste
public import Household
import Wire

/// Writes what people said of tracks.
public enum FeedbackFileWriter {
    /// The first line of CSV.
    public static let csvHeader = "timestamp,verdict,artist,title,speaker_name\n"

    /// Writes what was said as a line of CSV (RFC 4180), to follow ``csvHeader``.
    ///
    /// - Parameter feedback: What was said.
    /// - Returns: The line with its end.
    public static func csv(_ feedback: Feedback) -> String {
        let given = feedback.given
        return CSVLine.text([
            RFC3339.string(from: given.givenAt), given.verdict.rawValue, feedback.artist, feedback.title,
            given.speakerName,
        ])
    }
}
