import Household
import Wire
import MQTTClient

/// Every limit of the configuration itself, in one place.
enum ConfigurationLimits {
    /// Largest file that is read, in bytes.
    static let fileBytes = 1 << 20
    /// Largest password, token or certificate file, in bytes.
    static let secretBytes = 64 << 10
    /// Longest base topic, speaker name or client id, in bytes.
    static let nameBytes = 255
    /// Most sources.
    static let sources = 32
    /// Most other names of one speaker.
    static let aliases = 32
    /// Most parts of a text that a value is one of.
    static let parts = 16
    /// Most words that a source exchanges in one value.
    static let words = 256
    /// Most messages of one command.
    static let messages = 32
    /// Longest time a listening rule can name, in seconds.
    static let ruleS = 86_400.0
    /// Longest time values are gathered, in milliseconds.
    static let settleMs = 10_000.0
    /// Longest time a track stays away, in seconds: a year.
    static let noRepeatS = 31_536_000.0
    /// How many messages a queue can be allowed to hold.
    static let queueMessages = 1...1_000_000
    /// How many bytes a queue can be allowed to hold: one full payload, up to a gibibyte.
    static let queueBytes = WireJSON.maxBytes...(1 << 30)
    /// How many publications the broker may owe us an answer for: what MQTT can count.
    static let inFlight = 1...65_535
    /// Tracks of one artist in one list.
    static let tracksPerArtist = 1...Limits.playlistTracks
}
