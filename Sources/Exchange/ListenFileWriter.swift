import Foundation
public import Household
import Wire

/// Writes listens in formats that ``ListenFileParser`` and other programs read.
public enum ListenFileWriter {
    /// The header of the CSV file, with its newline.
    public static let csvHeader =
        "timestamp,artist,title,album,ms_played,duration_ms,skipped,speaker_name,uri,source,event_id,"
        + "rule,confidence,likely\n"

    /// Writes a listen as a line of CSV.
    ///
    /// - Parameters:
    ///   - listen: The listen.
    ///   - rule: The rule that decided whose it is.
    ///   - opinion: Who may have heard it. The candidates are written as JSON.
    /// - Returns: The line with its newline.
    public static func csv(
        _ listen: ImportedListen, rule: AttributionRule? = nil, opinion: ListenerOpinion? = nil
    ) -> String {
        CSVLine.text([
            RFC3339.string(from: listen.startedAt), listen.artist, listen.title, listen.album,
            milliseconds(listen.heardS).map(String.init), milliseconds(listen.durationS).map(String.init),
            listen.wasSkipped.map(String.init), listen.speakerName, listen.uri, listen.source, listen.eventID,
            rule?.rawValue, opinion?.confidence.map { "\($0)" },
            opinion.flatMap { try? WireJSON.encode($0.likely) }.map { String(decoding: $0, as: UTF8.self) },
        ])
    }

    /// Writes a listen as a line of JSON in ListenBrainz's format.
    ///
    /// Values that ListenBrainz does not define are written to `additional_info`.
    ///
    /// - Parameters:
    ///   - listen: The listen.
    ///   - rule: The rule that decided whose it is.
    ///   - opinion: Who may have heard it.
    /// - Returns: The line with its newline.
    /// - Throws: What the encoder throws. It throws nothing for listens.
    public static func listenBrainz(
        _ listen: ImportedListen, rule: AttributionRule? = nil, opinion: ListenerOpinion? = nil
    ) throws -> String {
        var row = ListenBrainzListen(listen)
        row.trackMetadata.additionalInfo.rule = rule
        row.trackMetadata.additionalInfo.confidence = opinion?.confidence
        row.trackMetadata.additionalInfo.likely = opinion?.likely
        return String(decoding: try WireJSON.encode(row), as: UTF8.self) + "\n"
    }

    /// Converts seconds to whole milliseconds.
    static func milliseconds(_ seconds: Double?) -> Int? {
        seconds.map { Int(nearest: $0 * 1000) }
    }
}

/// A listen in ListenBrainz's format.
///
///     {"listened_at":1795348800,"track_metadata":{"artist_name":"A","track_name":"T","additional_info":{…}}}
///
/// https://listenbrainz.readthedocs.io/en/latest/users/json.html
private struct ListenBrainzListen: Encodable {
    struct TrackMetadata: Encodable {
        var artistName: String?
        var trackName: String
        var releaseName: String?
        var additionalInfo: AdditionalInfo
    }

    struct AdditionalInfo: Encodable {
        var submissionClient = "haunt"
        var durationMs: Int?
        var msPlayed: Int?
        var skipped: Bool?
        var speakerName: String?
        var uri: String?
        var source: String?
        var eventId: String?
        var rule: AttributionRule?
        var confidence: Double?
        var likely: [LikelyProfile]?
    }

    var listenedAt: Int
    var trackMetadata: TrackMetadata

    init(_ listen: ImportedListen) {
        listenedAt = Int(nearest: listen.startedAt.timeIntervalSince1970.rounded(.down))
        trackMetadata = TrackMetadata(
            artistName: listen.artist, trackName: listen.title, releaseName: listen.album,
            additionalInfo: AdditionalInfo(
                durationMs: ListenFileWriter.milliseconds(listen.durationS),
                msPlayed: ListenFileWriter.milliseconds(listen.heardS), skipped: listen.wasSkipped,
                speakerName: listen.speakerName, uri: listen.uri, source: listen.source, eventId: listen.eventID))
    }
}
