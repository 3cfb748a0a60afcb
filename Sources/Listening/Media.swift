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

/// Whether two descriptions mean the same track.
extension Media {
    /// Whether title and artist say so; albums and addresses differ between players.
    public func isSameTrack(as other: Media) -> Bool {
        kind == other.kind && Self.isSameTitle(title, other.title) && Self.areSameArtists(artist, other.artist)
    }

    /// Whether neither album nor address distinguishes the two. A value that one of them lacks does not.
    func agrees(with other: Media) -> Bool { hasSameAlbum(as: other) && Self.agree(uri, other.uri) }

    /// Whether the albums do not distinguish the two.
    func hasSameAlbum(as other: Media) -> Bool { Self.agree(album, other.album) }

    /// Whether the lengths do not distinguish the two; players round them.
    func hasSameLength(as other: Media) -> Bool {
        guard let durationS, let length = other.durationS else { return true }
        return abs(durationS - length) <= 2
    }

    /// Whether one title is the other with a remark that makes no other recording of it.
    func hasGrownTitle(from other: Media) -> Bool {
        guard let title, let earlier = other.title, title != earlier else { return false }
        return Self.folded(title) != Self.folded(earlier)
    }

    /// This description, completed by an earlier one of the same track.
    func filled(from earlier: Media) -> Media {
        var media = self
        media.artist = artist ?? earlier.artist
        media.album = album ?? earlier.album
        media.uri = uri ?? earlier.uri
        media.durationS = durationS ?? earlier.durationS
        return media
    }

    private static func agree(_ one: String?, _ other: String?) -> Bool { one == nil || other == nil || one == other }

    private static func isSameTitle(_ one: String?, _ other: String?) -> Bool {
        guard one != other else { return true }
        guard let one = one.map(folded), let other = other.map(folded) else { return false }
        return one == other || isRemarked(one, other) || isRemarked(other, one)
    }

    /// Words of remarks that name another recording.
    private static let otherRecordings = [
        "live", "acoustic", "remix", "mix", "demo", "instrumental", "karaoke", "cover", "reprise", "part", "pt",
        "unplugged", "session", "rework", "dub", "edit", "interlude", "vol", "a cappella", "orchestral", "slowed",
    ]

    /// Whether a title is another one with a remark in brackets or behind a dash that makes no other recording.
    private static func isRemarked(_ long: String, _ short: String) -> Bool {
        guard !short.isEmpty, long.hasPrefix(short) else { return false }
        let remark = long.dropFirst(short.count)
        guard [" (", " [", " - "].contains(where: remark.hasPrefix) else { return false }
        let words = remark.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        return !words.isEmpty && !words.contains(where: otherRecordings.contains)
            && Int(words[0]).map { $0 > 1_900 } != false
    }

    /// Whether one of two lists of artists has all of the other.
    private static func areSameArtists(_ one: String?, _ other: String?) -> Bool {
        guard let one, let other, one != other else { return true }
        let (ours, theirs) = (artists(in: one), artists(in: other))
        return ours.isSubset(of: theirs) || theirs.isSubset(of: ours)
    }

    private static func artists(in text: String) -> Set<String> {
        let parted = [" feat. ", " ft. ", " featuring ", " & ", " and ", ";", "/", " x "].reduce(folded(text)) {
            $0.replacing($1, with: ",")
        }
        let names = parted.split(separator: ",").map { name in
            let plain = name.split(separator: " ").joined(separator: " ")
            return plain.hasSuffix(" - topic") ? String(plain.dropLast(8)) : plain
        }
        return Set(names.filter { !$0.isEmpty })
    }

    private static func folded(_ text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// What a description means for the track before it.
extension Media {
    /// Whether this could become a listen: music, with a name.
    var isTrack: Bool { kind == .music && title != nil }

    /// Whether this is a sound that a track may go on after: announcements, adverts, chimes, whatever has no name.
    func isInterlude(under rules: ListenRules) -> Bool {
        isSound || (kind == .music && durationS.map { $0 < rules.minTrackS } == true)
    }

    /// Whether this is a sound and no track at all.
    var isSound: Bool { kind == .announcement || kind == .advert || (kind == .music && title == nil) }
}
