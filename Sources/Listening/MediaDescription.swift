import Foundation

/// A player's description of what it plays. All dialects use it, so that kinds and titles are judged in one place.
public struct MediaDescription: Sendable {
    /// Longest text that is kept, in characters.
    public static let textLength = 1_000
    /// Lengths above this are how some players say that a stream has no end, in seconds.
    private static let longestTrackS = 86_400.0

    /// As sent.
    public var title: String?
    /// As sent; several parted by NUL or the unit separator become one text.
    public var artist: String?
    /// As sent.
    public var album: String?
    /// The player's content id.
    public var uri: String?
    /// Length in seconds, as sent.
    public var durationS: Double?
    /// What the player calls the sound: a content type, a MIME type, a UPnP class, or one of ``MediaKind``.
    public var type: String?
    /// Names and ids of the program that plays it.
    public var apps: [String]
    /// The input that is heard.
    public var input: String?
    /// Whether something was reported that only television has.
    public var isTelevision: Bool

    /// Creates a description; everything may be unknown.
    public init(
        title: String? = nil, artist: String? = nil, album: String? = nil, uri: String? = nil,
        durationS: Double? = nil, type: String? = nil, apps: [String] = [], input: String? = nil,
        isTelevision: Bool = false
    ) {
        self.title = title
        self.artist = artist
        self.album = album
        self.uri = uri
        self.durationS = durationS
        self.type = type
        self.apps = apps
        self.input = input
        self.isTelevision = isTelevision
    }

    /// Creates the description of what somebody handed in.
    public init(_ media: Media) {
        self.init(
            title: media.title, artist: media.artist, album: media.album, uri: media.uri, durationS: media.durationS,
            type: media.kind == .music ? nil : media.kind.rawValue)
    }

    /// What it means.
    public var media: Media {
        let artist = artist.flatMap { Self.known(Self.text($0, joinedBy: ", ")) }
        let title = title.flatMap { Self.text($0) }.flatMap(Self.known).flatMap { Self.isAddress($0) ? nil : $0 }
        let kind = SoundJudge(self, title: title, artist: artist).kind
        return Media(
            title: kind == .music && artist == nil && title.map(SoundJudge.isStage) == true ? nil : title,
            artist: artist,
            album: album.flatMap { Self.text($0) }.flatMap(Self.known), uri: uri.flatMap { Self.text($0) },
            durationS: durationS.flatMap { $0 > 0 && $0 < Self.longestTrackS ? $0 : nil }, kind: kind)
    }
}

/// Texts as players send them.
extension MediaDescription {
    /// Words for nothing.
    private static let nothing: Set = [
        "null", "(null)", "none", "unknown", "undefined", "n/a", "nan", "<unknown>", "[unknown]", "(unknown)",
        "unknown artist", "unknown album", "unknown title", "unknown track",
    ]
    /// What addresses begin with that have no `//`.
    private static let schemes: Set = [
        "spotify", "library", "local", "file", "aac", "hls-radio", "http", "https", "dlna",
    ]

    /// A text without control characters and without blanks around it; nil when there is nothing in it.
    ///
    /// - Parameters:
    ///   - raw: As sent, of any length.
    ///   - separator: What parts texts that are parted by control characters; nil takes those out.
    /// - Returns: The text.
    public static func text(_ raw: String, joinedBy separator: String? = nil) -> String? {
        guard !isPlain(raw) else { return raw }
        let scalars = raw.unicodeScalars.prefix(4 * textLength)
        let pieces: [Substring.UnicodeScalarView] =
            separator == nil ? [scalars] : scalars.split { $0.properties.generalCategory == .control }
        let texts = pieces.compactMap { piece -> String? in
            var plain = String.UnicodeScalarView()
            for scalar in piece where scalar.properties.generalCategory != .control { plain.append(scalar) }
            let trimmed = String(plain).trimmingCharacters(in: .whitespacesAndNewlines)
            return trimmed.isEmpty ? nil : trimmed
        }
        let text = texts.joined(separator: separator ?? "").prefix(textLength)
        return text.isEmpty ? nil : String(text)
    }

    /// Whether a text is what ``text(_:joinedBy:)`` makes of it: short, of printable ASCII, with no blank around it.
    ///
    /// Most texts of players are, and each burst of a player repeats them.
    private static func isPlain(_ raw: String) -> Bool {
        let bytes = raw.utf8
        guard let first = bytes.first, let last = bytes.last, first != 0x20, last != 0x20, bytes.count <= textLength
        else { return false }
        return bytes.allSatisfy { (0x20..<0x7F).contains($0) }
    }

    /// A text that is not only a word for nothing.
    private static func known(_ text: String?) -> String? {
        guard let text, !nothing.contains(text.lowercased()) else { return nil }
        return text.unicodeScalars.allSatisfy { "-–—_".unicodeScalars.contains($0) } ? nil : text
    }

    /// Whether a text is an address rather than a name.
    private static func isAddress(_ text: String) -> Bool {
        guard !text.contains(where: \.isWhitespace) else { return false }
        if text.contains("://") || text.hasPrefix("www.") { return true }
        guard let colon = text.firstIndex(of: ":") else {
            return text.hasPrefix("/") ? text.dropFirst().contains("/") : isHostAndPath(text)
        }
        let scheme = text[..<colon].lowercased()
        let rest = text[text.index(after: colon)...]
        return schemes.contains(scheme) || scheme.hasPrefix("x-") || isPort(rest)
    }

    /// Whether a text is the name of a host and a path: `radio.example/live.m3u8`.
    private static func isHostAndPath(_ text: String) -> Bool {
        guard let slash = text.firstIndex(of: "/") else { return false }
        let labels = text[..<slash].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1
            && labels.allSatisfy { label in
                !label.isEmpty
                    && label.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
            }
    }

    /// Whether what follows a colon is a port and a path.
    private static func isPort(_ rest: Substring) -> Bool {
        let port = rest.prefix { $0.isNumber }
        return !port.isEmpty && rest.dropFirst(port.count).first == "/"
    }
}
