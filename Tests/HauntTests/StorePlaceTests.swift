import Foundation
import HauntTestSupport
import Testing
import Wire

@Suite("Which store and which configuration a command uses", .timeLimit(.minutes(15)))
struct StorePlaceTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func haunt(_ arguments: String...) async throws -> ChildProcess.Outcome {
        try await ChildProcess.run(HauntProcess.builtProgram, arguments)
    }

    @Test(
        "Commands that only read, and backup, make no store and exit with 66",
        arguments: [
            ["profile", "list"], ["speaker", "list"], ["recommend"], ["listens", "list"], ["rejected", "list"],
            ["feedback", "list", "--profile", "default"], ["playlist", "list"], ["evaluate"], ["export", "out"],
            ["backup", "copy.db"],
        ])
    func readingMakesNothing(command: [String]) async throws {
        let store = directory.path("folder/haunt.db")
        let outcome = try await ChildProcess.run(
            HauntProcess.builtProgram,
            command.map { $0 == "out" || $0 == "copy.db" ? directory.path($0) : $0 }
                + ["--store", store])
        #expect(outcome.status == 66, "\(command): \(outcome.errors)")
        #expect(outcome.errors.contains { $0.contains("There is no store at \(store)") }, "\(outcome.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path("")).isEmpty)
    }

    @Test("A command that writes makes the store, and its folder closed to others")
    func makesFolder() async throws {
        let store = directory.path("a/b/haunt.db")
        #expect(try await haunt("profile", "add", "anna", "--store", store).status == 0)
        let attributes = try FileManager.default.attributesOfItem(atPath: directory.path("a/b"))
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
    }

    @Test("An error names the store and the configuration that were used")
    func errorsNameThem() async throws {
        let file = try directory.write("store: {path: haunt.db}\n", to: "haunt.yaml")
        #expect(try await haunt("profile", "add", "anna", "--config", file).status == 0)
        let outcome = try await haunt("profile", "show", "zoe", "--config", file)
        #expect(outcome.status == 66)
        #expect(outcome.errors.contains("  store: \(directory.path("haunt.db"))"))
        #expect(outcome.errors.contains("  configuration: \(file)"))
    }

    @Test("check-config names the store and the configuration, as text and as JSON")
    func checkConfig() async throws {
        let file = try directory.write(
            "store: {path: haunt.db}\nspeakers: [{name: media_player.x, profile: anna}]\n", to: "haunt.yaml")
        let text = try await haunt("check-config", "--config", file)
        #expect(
            text.output == [
                "The configuration is in order.", "Configuration: \(file)",
                "Store: \(directory.path("haunt.db")), which the daemon will make", "  media_player.x is anna's",
            ])
        let json = try WireJSON.decode(
            try await haunt("check-config", "--config", file, "--json").output.joined().utf8)
        #expect(json["store"]?.text == directory.path("haunt.db"))
        #expect(json["has_store"] == .bool(false))
        #expect(json["speakers"]?.items.first?["configured"]?.text == "anna")
    }

    @Test("check-config says who shares a speaker, by the configuration and by what somebody decided")
    func sharedSpeakers() async throws {
        let file = try directory.write(
            "store: {path: haunt.db}\nspeakers: [{name: media_player.x, shared: [ben, anna]}]\n", to: "haunt.yaml")
        let before = try await haunt("check-config", "--config", file)
        #expect(before.output.last == "  media_player.x is shared by anna, ben")
        let shared = try await haunt("speaker", "shared", "media_player.x", "all", "--config", file)
        #expect(shared.status == 0, "\(shared.errors)")
        let after = try await haunt("check-config", "--config", file)
        #expect(
            after.output.last
                == "  media_player.x is shared by anna, ben; the store says shared by all, which wins")
    }

    @Test("check-config and serve agree on random configurations", arguments: 0..<12)
    func agrees(seed: UInt64) async throws {
        var random = SeededConfigurations(seed: seed)
        for round in 0..<3 {
            let yaml = random.yaml(in: directory)
            let file = try directory.write(yaml, to: "haunt.yaml")
            let check = try await haunt("check-config", "--config", file)
            let starts = try await serveStarts(file)
            #expect((check.status == 0) == starts, "round \(round), check-config \(check.status):\n\(yaml)")
            #expect([0, 78].contains(check.status), "\(check.errors)\n\(yaml)")
        }
    }

    /// Whether the daemon starts, rather than end with 78.
    private func serveStarts(_ file: String) async throws -> Bool {
        let child = try ChildProcess(HauntProcess.builtProgram, ["serve", "--config", file])
        for await line in child.errors where line.contains("Answers on http") || line.contains("The broker is away") {
            child.send(SIGKILL)
            _ = await child.wait()
            return true
        }
        #expect(await child.wait() == 78)
        return false
    }
}

/// Makes configurations of which each key is right, wrong or missing by chance.
private struct SeededConfigurations {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    private mutating func pick(_ choices: [String]) -> String {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return choices[Int(state >> 33) % choices.count]
    }

    /// Most choices are right, so that about half of the configurations are.
    mutating func yaml(in directory: TemporaryDirectory) -> String {
        for (name, content) in [("good", "secret\n"), ("blank", "\nsecret\n"), ("none", "")] {
            _ = try? directory.write(content, to: name)
        }
        let broker = pick(["mqtt://127.0.0.1:9", "mqtts://127.0.0.1:9", "mqtt://127.0.0.1:9", "http://x"])
        let secret = pick(["", "", ", user: a, password_file: good", ", user: a, password_file: blank", ", user: a"])
        let base = pick(["haunt", "haunt", "a/b", "\"#\"", String(repeating: "x", count: 255)])
        let token = pick([
            "", "", ", token_file: good", ", token_file: blank", ", token_file: none", ", token_file: no",
        ])
        let listen = pick(["127.0.0.1:0", "127.0.0.1:0", "\"[::1]:0\"", "localhost:0", "127.0.0.1:x"])
        let ingress = pick(["", "", ", ingress: {listen: \"127.0.0.1:0\"}", ", ingress: {peer: here}"])
        let speaker = pick(["anna", "anna", "Anna", "nobody", "default"])
        let topic = pick(["hass", "/hass/", "a b", "\"\"", "a/+/b"])
        let file = pick(["haunt.db", "./x/../x/y.db", "deep/er/haunt.db"])
        return """
            mqtt: {url: "\(broker)", base_topic: \(base)\(secret)}
            http: {listen: \(listen)\(token)\(ingress)}
            store: {path: \(file), demo_catalog: false}
            speakers: [{name: media_player.x, profile: \(speaker)}]
            sources: [{dialect: home-assistant-json, base_topic: \(topic)}]
            log: {level: debug}

            """
    }
}
