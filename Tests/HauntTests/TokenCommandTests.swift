import Foundation
import HauntTestSupport
import Testing
import Wire

@testable import haunt

@Suite("The command 'token new'", .timeLimit(.minutes(15)))
struct TokenCommandTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func haunt(_ arguments: String...) async throws -> ChildProcess.Outcome {
        try await ChildProcess.run(HauntProcess.builtProgram, arguments)
    }

    @Test("It makes a token file for its owner alone and leaves the listener as it is")
    func local() async throws {
        let file = try directory.write(
            "# mine\nhttp:\n  #listen: 127.0.0.1:8742\nlog: {level: debug}\n", to: "haunt.yaml")
        #expect(try await haunt("token", "new", "--config", file).status == 0)
        let attributes = try FileManager.default.attributesOfItem(atPath: directory.path("token"))
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        let token = try String(contentsOfFile: directory.path("token"), encoding: .utf8)
        #expect(token.wholeMatch(of: /[A-Za-z0-9_-]{43}\n/) != nil)
        let loaded = ConfigurationLoader.load(file: file, environment: [:])
        #expect(loaded.problems.isEmpty)
        #expect(loaded.configuration.http.tokenFile == directory.path("token"))
        #expect(loaded.configuration.http.listen == HauntConfiguration.HTTP().listen)
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("# mine\nhttp:\n"))
        _ = try await haunt("token", "new", "--config", file)
        #expect(try String(contentsOfFile: directory.path("token"), encoding: .utf8) != token)
    }

    @Test("With --lan it listens beyond this machine, on the same port, and never prints the token")
    func lan() async throws {
        let file = try directory.write("http:\n    listen: 127.0.0.1:9999\n", to: "haunt.yaml")
        let outcome = try await haunt("token", "new", "--lan", "--config", file, "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let loaded = ConfigurationLoader.load(file: file, environment: [:])
        #expect(loaded.problems.isEmpty)
        #expect(loaded.configuration.http.listen == .address(ListenAddress(host: "0.0.0.0", port: 9999)))
        let token = try String(contentsOfFile: directory.path("token"), encoding: .utf8).dropLast()
        #expect(!outcome.output.joined().contains(token))
        let answer = try WireJSON.decode(outcome.output.joined().utf8)
        #expect(answer["listen"]?.text == "0.0.0.0:9999")
        #expect(answer["addresses"]?.items.allSatisfy { $0.text?.hasSuffix(":9999/") == true } == true)
    }

    @Test("A section that cannot be edited is left alone, and the answer says what to write")
    func unknownForm() async throws {
        let text = "http: {listen: \"127.0.0.1:8742\"}\n"
        let file = try directory.write(text, to: "haunt.yaml")
        let outcome = try await haunt("token", "new", "--config", file)
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains { $0.contains("token_file: \(directory.path("token"))") })
        #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
        #expect(!FileManager.default.fileExists(atPath: directory.path("token")))
    }

    @Test(
        "Keys are set where they stand, and nothing else changes",
        arguments: [
            ("http:\n  #listen: a\n  # listen: about\n", "http:\n  listen: b\n  # listen: about\n"),
            ("http:\n  #listen: x\n  listen: a # here\n", "http:\n  #listen: x\n  listen: b\n"),
            ("http:\nlog:\n  listen: a\n", "http:\n  listen: b\nlog:\n  listen: a\n"),
            ("log: {}\n", "log: {}\n\nhttp:\n  listen: b\n"), ("", "\nhttp:\n  listen: b\n"),
            ("http: # ours\n    token_file: t\n", "http: # ours\n    listen: b\n    token_file: t\n"),
        ])
    func edits(text: String, expected: String) throws {
        var editor = ConfigurationEditor(text)
        try editor.set("listen", to: "b", in: "http")
        #expect(editor.text == expected)
    }
}
