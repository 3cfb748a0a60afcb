import Foundation
import HauntTestSupport
import Household
import Testing
import Wire

@testable import haunt

@Suite("The configuration of libraries")
struct LibraryConfigurationTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("secret word\nsecond line\n", to: "secret")
    }

    private func load(_ yaml: String) throws -> ConfigurationLoader.Loaded {
        try directory.write(yaml, to: "haunt.yaml")
        return ConfigurationLoader.load(file: directory.path("haunt.yaml"), environment: [:])
    }

    /// The problems of a library that is written in one line.
    private func problems(_ library: String) throws -> String {
        try load("libraries:\n  - {\(library)}\n").problems.map(\.description).joined(separator: "\n")
    }

    @Test("Each kind is read with its keys, and paths start from the folder of the file")
    func kinds() throws {
        let loaded = try load(
            """
            libraries:
              - {name: ma, kind: music-assistant, url: "http://ha:8095", token_file: secret}
              - {name: nas, kind: subsonic, url: "https://nas", user: haunt, password_file: secret, uri: "x://track/{id}"}
              - {name: mpd, kind: mpd}
              - {name: disk, kind: folder, path: music, uri: "file:///music/{path}"}
              - {name: sound, kind: audiomuse, url: "http://nas:8000", token_file: secret}
            speakers: [{name: study, library: mpd}, {name: kitchen, library: files}, {name: hall}]
            """)
        #expect(loaded.problems.isEmpty)
        let settings = loaded.configuration.household
        let libraries = settings.libraries
        #expect(libraries.map(\.name) == ["ma", "nas", "mpd", "disk", "sound"])
        #expect(libraries.map(\.isPlayable) == [true, true, true, true, false])
        #expect(libraries[1].uri?.address(id: "a b", path: "") == "x://track/a b")
        #expect(libraries[2].host == "127.0.0.1" && libraries[2].port == 6600)
        #expect(libraries[3].path == directory.path("music"))
        #expect(settings.speakerLibraries == ["study": "mpd", "kitchen": "files"])
        #expect(try libraries[0].readingSecret().secret == .token("secret word"))
        #expect(try libraries[1].readingSecret().secret == .password("secret word"))
    }

    @Test("No text has a secret or the place of its file")
    func redacted() throws {
        let loaded = try load(#"libraries: [{name: ma, kind: music-assistant, url: "http://ha", token_file: secret}]"#)
        let library = try loaded.configuration.household.libraries[0].readingSecret()
        #expect(!"\(library)".contains("secret word"))
        #expect(!String(reflecting: library).contains("secret word"))
        let published = try WireJSON.text(loaded.configuration.redacted)
        #expect(published.contains(#""token_file":"***""#))
    }

    @Test(
        "What cannot be right is a problem that names the key",
        arguments: [
            ("name: a", "libraries[0].kind: is missing"), ("kind: mpd", "libraries[0].name: is missing"),
            ("name: a, kind: mdp", "did you mean mpd?"), ("name: files, kind: mpd", "libraries[0].name"),
            ("name: a, kind: folder", "libraries[0].path: is missing"),
            ("name: a, kind: mpd, url: 'http://x'", "libraries[0].url: is of no use"),
            ("name: a, kind: mpd, prt: 1", "libraries[0].prt: there is no such key"),
            ("name: a, kind: mpd, port: 0", "libraries[0].port"),
            ("name: a, kind: audiomuse, url: 'ftp://x'", "must be http://"),
            ("name: a, kind: mpd, sound_model: clap", "is of no use with"),
            ("name: a, kind: audiomuse, url: 'http://u:p@x'", "must have no user"),
            ("name: a, kind: subsonic, url: 'http://x'", "libraries[0].user: is missing"),
            ("name: a, kind: subsonic, url: 'http://x', user: u, password_file: none", "does not exist"),
            ("name: a, kind: mpd, uri: 'x://{track}'", "must have {id} or {path}"),
        ])
    func problems(library: String, problem: String) throws {
        let text = try problems(library)
        #expect(text.contains(problem))
        #expect(text.contains("haunt.yaml:2:"))
    }

    @Test("Two libraries of one name, and a speaker with a library that is not there, are problems")
    func names() throws {
        let loaded = try load(
            """
            libraries: [{name: a, kind: mpd}, {name: a, kind: mpd}]
            speakers: [{name: study, library: b}]
            """)
        #expect(loaded.problems.map(\.key) == ["libraries[1].name", "speakers[0].library"])
    }

    @Test("Another library takes effect without a restart")
    func reload() throws {
        let running = try load("libraries: [{name: a, kind: mpd}]").configuration
        let read = try load("libraries: [{name: a, kind: mpd, port: 6601}]").configuration
        let change = ConfigurationChange(from: running, to: read)
        #expect(change.applied == ["libraries[0].port"])
        #expect(change.needsRestart.isEmpty)
    }
}
