import Foundation
import Household

/// A listen as ListenBrainz writes it.
///
/// https://listenbrainz.readthedocs.io/en/latest/users/json.html
struct ListenBrainzListen: Encodable {
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
    }

    var listenedAt: Int
    var trackMetadata: TrackMetadata

    init(_ listen: ImportedListen) {
        listenedAt = Int(listen.startedAt.timeIntervalSince1970.rounded(.down))
        trackMetadata = TrackMetadata(
            artistName: listen.artist, trackName: listen.title, releaseName: listen.album,
            additionalInfo: AdditionalInfo(
                durationMs: ListenFileWriter.milliseconds(listen.durationS),
                msPlayed: ListenFileWriter.milliseconds(listen.heardS), skipped: listen.wasSkipped,
                speakerName: listen.speakerName, uri: listen.uri, source: listen.source, eventId: listen.eventID))
    }
}
