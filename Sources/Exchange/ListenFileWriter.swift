import Foundation
public import Household
import Wire

/// Writes listens in forms that ``ListenFileParser`` reads, and others too.
public enum ListenFileWriter {
    /// The first line of CSV.
    public static let csvHeader =
        "timestamp,artist,title,album,ms_played,duration_ms,skipped,speaker_name,uri,source,event_id\n"

    /// Writes a listen as a line of CSV (RFC 4180), to follow ``csvHeader``.
    ///
    /// - Parameter listen: The listen.
    /// - Returns: The line with its end.
    public static func csv(_ listen: ImportedListen) -> String {
        CSVLine.text([
            RFC3339.string(from: listen.startedAt), listen.artist, listen.title, listen.album,
            milliseconds(listen.heardS).map(String.init), milliseconds(listen.durationS).map(String.init),
            listen.wasSkipped.map(String.init), listen.speakerName, listen.uri, listen.source, listen.eventID,
        ])
    }

    /// Writes a listen as a line of JSON as ListenBrainz has it.
    ///
    /// - Parameter listen: The listen; what ListenBrainz has no place for stands in `additional_info`.
    /// - Returns: The line with its end.
    /// - Throws: What encoding throws, which is nothing for listens.
    public static func listenBrainz(_ listen: ImportedListen) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(ListenBrainzListen(listen)), as: UTF8.self) + "\n"
    }

    static func milliseconds(_ seconds: Double?) -> Int? {
        seconds.map { Int(($0 * 1000).rounded()) }
    }
}
