/// What the sound is.
///
/// Only music is ever a listen.
public enum MediaKind: String, Codable, Sendable {
    case music
    case announcement
    case advert
    /// Television, podcasts, line-in, audio books: heard, but no music.
    case other
}

/// One thing a player plays, as far as the player says.
///
/// Strings stay as they were sent.
public struct Media: Hashable, Codable, Sendable {
    /// Title as sent; a sound without one is nothing that could be a listen.
    public var title: String?
    /// Artist as sent, several joined by the player or by `, `.
    public var artist: String?
    /// Album as sent.
    public var album: String?
    /// The player's own content id.
    public var uri: String?
    /// Length in seconds; nil when unknown, zero or absurd.
    public var durationS: Double?
    /// What kind of sound this is.
    public var kind: MediaKind

    /// Creates a description of what plays; everything but the kind may be unknown.
    public init(
        title: String? = nil, artist: String? = nil, album: String? = nil, uri: String? = nil,
        durationS: Double? = nil, kind: MediaKind = .music
    ) {
        self.title = title
        self.artist = artist
        self.album = album
        self.uri = uri
        self.durationS = durationS
        self.kind = kind
    }
}
