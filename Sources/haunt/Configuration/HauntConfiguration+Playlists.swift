import Household

extension HauntConfiguration {
    /// `playlists`: what lists look like when a request does not say.
    struct Playlists: Equatable, Encodable, Sendable {
        /// Tracks in a list.
        var totalTracks = 25
        /// Tracks of one artist in a list.
        var maxPerArtist = 2
        /// How long a track stays away from a profile's and a speaker's lists, in seconds; 0: not at all.
        var noRepeatS = 86_400.0
    }
}

extension HauntConfiguration.Playlists: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        reader.read("total_tracks", into: &totalTracks, in: 1...Limits.playlistTracks)
        reader.read("max_per_artist", into: &maxPerArtist, in: ConfigurationLimits.tracksPerArtist)
        reader.read("no_repeat_s", into: &noRepeatS, in: 0...ConfigurationLimits.noRepeatS)
    }
}
