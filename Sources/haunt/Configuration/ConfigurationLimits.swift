import Household
import Wire

/// Bounds of configuration values.
enum ConfigurationLimits {
    /// Largest configuration file, in bytes.
    static let fileBytes = 1 << 20
    /// Largest password, token or certificate file, in bytes.
    static let secretBytes = 64 << 10
    /// Longest base topic, speaker name or client id, in bytes.
    static let nameBytes = 255
    /// Most entries of `sources`.
    static let sources = 32
    /// Most entries of `libraries`.
    static let libraries = 16
    /// Most aliases of a speaker.
    static let aliases = 32
    /// Most pieces into which a `generic` source splits a text.
    static let parts = 16
    /// Most entries of a `values` map.
    static let words = 256
    /// Most `messages` of a command template.
    static let messages = 32
    /// Longest time in a listening rule, in seconds.
    static let ruleS = 86_400.0
    /// Longest `settle_ms`, in milliseconds.
    static let settleMs = 10_000.0
    /// Longest `no_repeat_s`, in seconds: a year.
    static let noRepeatS = 31_536_000.0
    /// Messages in one queue.
    static let queueMessages = 1...1_000_000
    /// Bytes in one queue: from one full payload to 1 GiB.
    static let queueBytes = WireJSON.maxBytes...(1 << 30)
    /// Publications in flight. MQTT has that many message ids.
    static let inFlight = 1...65_535
    /// Tracks of one artist in a playlist.
    static let tracksPerArtist = 1...Limits.playlistTracks
}
