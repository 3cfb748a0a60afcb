/// One library as the household configured it: an item of `libraries`.
public struct LibrarySettings: Equatable, Sendable {
    /// The software that a library is read from.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        case musicAssistant = "music-assistant"
        case subsonic
        case mpd
        case folder
        case audiomuse
    }

    /// The name of the library of addresses that came with catalog files and listens. No configured library has it.
    public static let files = "files"

    /// Unique among the libraries of the household.
    public let name: String
    public let kind: Kind
    /// Where its server is: `http://` or `https://` for `music-assistant`, `subsonic` and `audiomuse`, empty for others.
    public let url: String
    /// The host of an `mpd`.
    public let host: String
    /// The port of an `mpd`.
    public let port: Int
    /// The directory of a `folder`, absolute.
    public let path: String
    /// Who signs in: the user of `subsonic`.
    public let user: String?
    /// What the file of the secret said when it was last read; nil for a library without one, and before it was read.
    public let secret: Secret?
    /// Where the secret is read from, before every connection.
    public let secretFile: SecretFile?
    /// How the household's player calls a track, where that differs from what the library says.
    public let uri: AddressTemplate?
    /// The model that makes the vectors of sound, where the server does not say.
    public let soundModel: String
    /// What ``soundModel`` is where nobody says.
    public static let usualSoundModel = "clap"

    /// Creates the settings of one library.
    public init(
        name: String, kind: Kind, url: String = "", host: String = "127.0.0.1", port: Int = 6600, path: String = "",
        user: String? = nil, secret: Secret? = nil, uri: AddressTemplate? = nil, secretFile: SecretFile? = nil,
        soundModel: String = usualSoundModel
    ) {
        self.name = name
        self.kind = kind
        self.url = url
        self.host = host
        self.port = port
        self.path = path
        self.user = user
        self.secret = secret
        self.uri = uri
        self.secretFile = secretFile
        self.soundModel = soundModel
    }

    /// The same library with the secret that its file has now.
    public func with(_ secret: Secret?) -> LibrarySettings {
        LibrarySettings(
            name: name, kind: kind, url: url, host: host, port: port, path: path, user: user, secret: secret, uri: uri,
            secretFile: secretFile, soundModel: soundModel)
    }

    /// Whether its addresses are those of a player. AudioMuse knows its tracks by identifiers of another server.
    public var isPlayable: Bool { kind != .audiomuse || uri != nil }

    /// Whether its tracks come with vectors of their sound.
    var hasSounds: Bool { kind == .audiomuse }
}

extension LibrarySettings {
    /// A file whose first line is a secret.
    public enum SecretFile: Equatable, Sendable {
        /// `password_file`
        case password(path: String)
        /// `token_file`
        case token(path: String)
    }

    /// A secret. No text made of it, such as a log line, has the secret.
    public enum Secret: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
        /// The first line of `password_file`.
        case password(String)
        /// The first line of `token_file`.
        case token(String)

        public var description: String { "***" }
        public var customMirror: Mirror { Mirror(reflecting: "***") }
    }
}

/// An address with places for what differs between tracks, such as `subsonic--x://track/{id}`.
public struct AddressTemplate: Equatable, Sendable {
    /// What a template may name.
    public enum Place: String, CaseIterable, Sendable {
        /// The library's identifier of the track.
        case id
        /// The path of its file, relative to the library's root.
        case path
    }

    /// The template as it was written.
    public let text: String

    /// Creates a template; nil when it has no place, or a brace that is part of none.
    public init?(_ text: String) {
        let rest = Place.allCases.reduce(text) { $0.replacing("{\($1.rawValue)}", with: "") }
        guard rest != text, !rest.contains(where: { $0 == "{" || $0 == "}" }) else { return nil }
        self.text = text
    }

    /// The address of one track. What is filled in stays as it is, also odd characters.
    public func address(id: String, path: String) -> String {
        var (address, rest) = ("", text[...])
        while let open = rest.firstIndex(of: "{") {
            address += rest[..<open]
            rest = rest[open...]
            let place = Place.allCases.first { rest.hasPrefix("{\($0.rawValue)}") }
            address += place == .id ? id : path
            rest = rest.dropFirst((place?.rawValue.count ?? 0) + 2)
        }
        return address + rest
    }
}
