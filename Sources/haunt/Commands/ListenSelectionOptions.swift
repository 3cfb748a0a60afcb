import ArgumentParser
import Household
import Wire

/// Which listens a command means; all that is said must hold.
struct ListenSelectionOptions: ParsableArguments {
    @Option(help: "Heard on this speaker.") var speaker: String?
    @Option(help: "Began at this time or later (RFC 3339).") var since: String?
    @Option(help: "Began before this time (RFC 3339).") var until: String?
    @Option(help: "By this artist.") var artist: String?
    @Option(help: "Of this profile; 'default' is nobody's.") var profile: String?

    /// The selection as fields of an operation.
    var fields: [String: JSONValue?] {
        [
            "speaker_name": .text(speaker), "since": .text(since), "until": .text(until), "artist": .text(artist),
            "profile": .text(profile),
        ]
    }
}
