import Foundation
import Household

extension HauntConfiguration {
    /// An item of `libraries`: a place that music is played from.
    struct Library: Equatable, Encodable, Sendable {
        var name = ""
        var kind = LibrarySettings.Kind.folder
        /// `music-assistant`, `subsonic`, `audiomuse`: the address of the server.
        var url: String?
        /// `mpd`: its host.
        var host: String?
        /// `mpd`: its port.
        var port: Int?
        /// `folder`: the directory.
        var path: String?
        /// `subsonic`: who signs in.
        var user: String?
        /// `subsonic`, `mpd`: a file whose first line is the password.
        var passwordFile: String?
        /// `music-assistant`, `audiomuse`, `subsonic`: a file whose first line is the token.
        var tokenFile: String?
        /// How the household's player calls a track, with `{id}` or `{path}`.
        var uri: String?
        /// `audiomuse`: the model that makes the vectors of sound.
        var soundModel: String?
    }
}

extension LibrarySettings.Kind: ConfigurationChoice {}

extension HauntConfiguration.Library {
    private static let mpdHost = "127.0.0.1"
    private static let mpdPort = 6600
    private static let mostNameLength = 63

    /// Reads one item.
    init(from reader: ConfigurationReader) {
        reader.read("name", into: &name)
        reader.read("kind", into: &kind)
        for key in ["name", "kind"] { reader.require(key) }
        reader.read("url", into: &url)
        reader.read("host", into: &host)
        readPortAndPath(reader)
        reader.read("user", into: &user)
        reader.readSecretLine("password_file", into: &passwordFile)
        reader.readSecretLine("token_file", into: &tokenFile)
        reader.read("uri", into: &uri)
        reader.read("sound_model", into: &soundModel)
        checkName(reader)
        checkKeys(reader)
        checkURL(reader)
        checkTemplate(reader)
    }

    private mutating func readPortAndPath(_ reader: ConfigurationReader) {
        var (number, folder) = (Self.mpdPort, "")
        reader.read("port", into: &number, in: 1...65_535)
        if reader.isWritten("port") { port = number }
        reader.readPath("path", into: &folder)
        if !folder.isEmpty { path = folder }
    }

    /// The keys that the kind has, and those that it needs. Others would be of no use.
    private func checkKeys(_ reader: ConfigurationReader) {
        let (needs, takes): ([String], [String]) =
            switch kind {
            case .musicAssistant: (["url"], ["token_file", "uri"])
            case .audiomuse: (["url"], ["token_file", "uri", "sound_model"])
            case .subsonic: (["url"], ["user", "password_file", "token_file", "uri"])
            case .mpd: ([], ["host", "port", "password_file", "uri"])
            case .folder: (["path"], ["uri"])
            }
        guard reader.isWritten("kind") else { return }
        for key in needs { reader.require(key) }
        for key in ["url", "host", "port", "path", "user", "password_file", "token_file", "uri", "sound_model"]
        where reader.isWritten(key) && !(needs + takes).contains(key) {
            reader.add("is of no use with a library of the kind \(kind.rawValue)", key: key)
        }
        if kind == .subsonic { checkSignIn(reader) }
    }

    /// A Subsonic server takes a user with a password, or an API key.
    private func checkSignIn(_ reader: ConfigurationReader) {
        if reader.isWritten("token_file") {
            for key in ["user", "password_file"] where reader.isWritten(key) {
                reader.add("is of no use beside token_file, which signs in alone", key: key)
            }
        } else {
            for key in ["user", "password_file"] { reader.require(key) }
        }
    }

    private func checkName(_ reader: ConfigurationReader) {
        guard !name.isEmpty else { return }
        if name.count > Self.mostNameLength || name.contains("/") {
            return reader.add(
                "must have at most \(Self.mostNameLength) characters, and none of them \"/\"", key: "name")
        }
        if name == LibrarySettings.files {
            reader.add("\"files\" is the library of addresses that come with catalog files", key: "name")
        }
        reader.requireUnique(name, kind: "library", key: "name")
    }

    private func checkURL(_ reader: ConfigurationReader) {
        guard let url else { return }
        let parts = URLComponents(string: url)
        guard let parts, ["http", "https"].contains(parts.scheme), parts.host?.isEmpty == false else {
            return reader.add("must be http://host:port or https://host:port, and is \"\(url.prefix(80))\"", key: "url")
        }
        if parts.user != nil || parts.password != nil {
            reader.add("must have no user and no password; password_file and token_file are for secrets", key: "url")
        }
        if parts.query != nil || parts.fragment != nil {
            reader.add("must be the address of the server alone, without \"?\" and \"#\"", key: "url")
        }
    }

    private func checkTemplate(_ reader: ConfigurationReader) {
        guard let uri, AddressTemplate(uri) == nil else { return }
        reader.add("must have {id} or {path} and no other braces, and is \"\(uri.prefix(80))\"", key: "uri")
    }

    /// The library as the household takes it, without its secret.
    var settings: LibrarySettings {
        LibrarySettings(
            name: name, kind: kind, url: url ?? "", host: host ?? Self.mpdHost, port: port ?? Self.mpdPort,
            path: path ?? "", user: user, uri: uri.flatMap { AddressTemplate($0) },
            secretFile: passwordFile.map { .password(path: $0) } ?? tokenFile.map { .token(path: $0) },
            soundModel: soundModel ?? LibrarySettings.usualSoundModel)
    }
}

/// The file, beside the value of the same name that says which one it is.
private typealias SecretLine = SecretFile

extension LibrarySettings {
    /// The same library with the secret that is in its file now.
    ///
    /// - Throws: ``LibraryProblem`` that names the file and never its content.
    func readingSecret() throws(LibraryProblem) -> LibrarySettings {
        do throws(ConfigurationValueError) {
            switch secretFile {
            case nil: return self
            case .password(let path): return with(.password(try SecretLine.line(of: path)))
            case .token(let path): return with(.token(try SecretLine.line(of: path)))
            }
        } catch {
            throw LibraryProblem(.refused, error.message)
        }
    }
}
