/// The only tracks and artists that may be chosen.
public struct Pool: Equatable, Sendable {
    /// Artists with all their tracks, by key.
    private(set) var artists: Set<String> = []
    /// Single tracks: keys of titles by key of the artist.
    private(set) var titles: [String: Set<UInt64>] = [:]

    /// Reads entries.
    ///
    /// - Parameter lines: `artist`, or artist, tab and title; empty lines say nothing.
    public init(lines: some Sequence<String>) {
        for line in lines {
            let fields = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
            guard let artist = fields.first, !line.allSatisfy(\.isWhitespace) else { continue }
            let key = TrackIdentity.artistKey(of: String(artist))
            if fields.count == 2, !fields[1].allSatisfy(\.isWhitespace) {
                titles[key, default: []].insert(TrackIdentity.titleKey(of: String(fields[1])).fingerprint)
            } else {
                artists.insert(key)
            }
        }
    }

    /// Lets all tracks of these artists be chosen, by key.
    init(artists: Set<String>) { self.artists = artists }

    /// Whether any track of an artist may be chosen.
    func hasTracks(ofArtist key: String) -> Bool { artists.contains(key) || titles[key] != nil }

    /// Whether a track may be chosen.
    func contains(_ track: IndexedTrack, ofArtist key: String) -> Bool {
        artists.contains(key) || titles[key]?.contains(track.title) ?? false
    }
}
