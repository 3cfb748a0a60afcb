import Household
import Listening
import Logging

extension HauntConfiguration {
    /// `store`
    struct Store: Equatable, Encodable, Sendable {
        /// The database file.
        var path: String
        /// Whether an empty catalog is filled with a few hundred well-known tracks.
        var demoCatalog = true

        /// The default path: in the user's data directory.
        ///
        /// The installed configuration names the path of the service. A default that is different under systemd would give
        /// the commands another store than the service.
        init(environment: [String: String]) {
            if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
                path = "\(data)/haunt/haunt.db"
            } else if let home = environment["HOME"], home.hasPrefix("/") {
                path = "\(home)/.local/share/haunt/haunt.db"
            } else {
                path = "haunt.db"
            }
        }
    }

    /// `profiles`
    struct Profiles: Equatable, Encodable, Sendable {
        /// Whether a listen creates the profile it names. A request never does.
        var autoCreate = false
        /// Profiles that are created at start.
        var names: [String] = []
        /// Profiles whose playlists have no explicit track. They are created at start too.
        var kids: [String] = []
    }

    /// `playlists`: defaults of playlist requests.
    struct Playlists: Equatable, Encodable, Sendable {
        var totalTracks = 25
        var maxPerArtist = 2
        /// Time before a track may be on a playlist of the same profile or speaker again, in seconds. 0 switches it off.
        var noRepeatS = 86_400.0
    }

    /// `log`
    struct Log: Equatable, Encodable, Sendable {
        enum Format: String, Encodable, CaseIterable, ConfigurationChoice {
            /// Lines for people.
            case text
            /// One JSON object a line.
            case json
        }

        var level = Logger.Level.info
        var format = Format.text
    }
}

extension HauntConfiguration.Store: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.readPath("path", into: &path)
        reader.read("demo_catalog", into: &demoCatalog)
        // Earlier versions took the store of a service from this variable. A new, empty store elsewhere would be no answer.
        if let folder = reader.report.environment["STATE_DIRECTORY"], !reader.isWritten("path") {
            reader.add(
                "must be written for a service, so that commands find its store: \(folder)/haunt.db", key: "path")
        }
    }
}

extension HauntConfiguration.Profiles: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("auto_create", into: &autoCreate)
        reader.read("names", into: &names, atMost: Limits.profiles)
        for (index, name) in names.enumerated() {
            reader.checkProfileName(name, key: "names[\(index)]")
            reader.requireUnique(name, kind: "profile", key: "names[\(index)]")
        }
        reader.read("kids", into: &kids, atMost: Limits.profiles)
        for (index, name) in kids.enumerated() { reader.checkProfileName(name, key: "kids[\(index)]") }
    }
}

extension HauntConfiguration.Playlists: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("total_tracks", into: &totalTracks, in: 1...Limits.playlistTracks)
        reader.read("max_per_artist", into: &maxPerArtist, in: ConfigurationLimits.tracksPerArtist)
        reader.read("no_repeat_s", into: &noRepeatS, in: 0...ConfigurationLimits.noRepeatS)
    }
}

extension HauntConfiguration.Log: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("level", into: &level)
        reader.read("format", into: &format)
    }
}

/// `listening`, and the section of the same name of a source or speaker.
extension ListenRules: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        let seconds = 0...ConfigurationLimits.ruleS
        reader.read("min_track_s", into: &minTrackS, in: seconds)
        reader.read("complete_fraction", into: &completeFraction, in: 0...1)
        reader.read("complete_after_s", into: &completeAfterS, in: seconds)
        reader.read("skip_under_s", into: &skipUnderS, in: seconds)
        reader.read("skip_fraction", into: &skipFraction, in: 0...1)
        reader.read("min_heard_s", into: &minHeardS, in: seconds)
        reader.read("flap_s", into: &flapS, in: seconds)
        reader.read("settle_ms", into: &settleMs, in: 0...ConfigurationLimits.settleMs)
    }
}
