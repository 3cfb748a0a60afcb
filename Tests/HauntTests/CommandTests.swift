import Foundation
import HauntTestSupport
import Household
import NIOCore
import NIOPosix
import Testing
import Wire

@Suite("The command line", .timeLimit(.minutes(15)))
struct CommandTests {
    private let directory: TemporaryDirectory
    private var store: String { directory.path("house.db") }

    init() throws { directory = try TemporaryDirectory() }

    private func haunt(_ arguments: String...) async throws -> ChildProcess.Outcome {
        try await ChildProcess.run(HauntProcess.builtProgram, arguments + ["--store", store])
    }

    private func json(_ outcome: ChildProcess.Outcome) throws -> JSONValue {
        try WireJSON.decode(outcome.output.joined(separator: "\n").utf8)
    }

    @Test("Profiles are added, listed, shown and removed on a store without a daemon")
    func profiles() async throws {
        #expect(try await haunt("profile", "add", "anna", "--display-name", "Anna").status == 0)
        #expect(try await haunt("profile", "add", "anna").status == 65)
        #expect(try await haunt("profile", "add", "No Name").status == 65)
        let list = try json(await haunt("profile", "list", "--json"))
        #expect(list["profiles"]?.items.compactMap { $0["name"]?.text } == ["anna", "default"])
        #expect(try await haunt("profile", "speakers", "anna", "media_player.x").status == 0)
        let shown = try json(await haunt("profile", "show", "anna", "--json"))
        #expect(shown["speakers"]?.items == [.string("media_player.x")])
        #expect(try await haunt("profile", "remove", "anna").status == 0)
        #expect(try await haunt("profile", "show", "anna").status == 66)
        #expect(try await haunt("profile", "remove", "default").status == 65)
    }

    @Test("A command whose daemon ends before the answer says so with exit code 69")
    func daemonGone() async throws {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { connection in
                connection.eventLoop.execute { connection.close(promise: nil) }
                return connection.eventLoop.makeSucceededVoidFuture()
            }
            .bind(unixDomainSocketPath: store + ".sock").get()
        for _ in 0..<10 {
            let outcome = try await haunt("profile", "add", "anna")
            #expect(outcome.status == 69)
            #expect(outcome.errors.contains { $0.contains("hung up") })
        }
        try await server.close()
    }

    @Test("A folder in place of a file, and a file in place of a folder, are errors in words")
    func notAFile() async throws {
        let folder = directory.path("folder")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let read = try await haunt("import", "listens", folder)
        #expect(read.status == 66)
        #expect(read.errors.contains { $0.contains("Cannot read \(folder): Is a directory") })
        _ = try await haunt("profile", "add", "anna")
        let written = try await haunt("export", store + "/folder")
        #expect(written.status == 74)
        #expect(written.errors.contains { $0.contains("\(store)/folder failed: Not a directory") })
    }

    @Test("Importing the same listens twice adds nothing; a bad line is named and the rest is taken")
    func importListens() async throws {
        _ = try await haunt("profile", "add", "anna")
        let file = try directory.write(
            """
            timestamp,artist,title,ms_played
            2026-11-01T10:00:00Z,Björk,Jóga,200000
            not a time,Björk,Jóga,200000
            2026-11-01T10:10:00Z,Björk,"Hidden, Place",9000

            """, to: "listens.csv")
        let first = try await haunt("import", "listens", file, "--profile", "anna", "--json")
        #expect(first.status == 65)
        #expect(try json(first)["added"]?.number == 2)
        #expect(try json(first)["problems"]?.items.first?["line"]?.number == 3)
        let second = try await haunt("import", "listens", file, "--profile", "anna", "--json")
        #expect(try json(second)["added"]?.number == 0)
        #expect(try json(second)["known"]?.number == 2)
        let list = try json(await haunt("listens", "list", "--profile", "anna", "--json"))
        #expect(list["history"]?.items.compactMap { $0["title"]?.text } == ["Hidden, Place", "Jóga"])
        #expect(try await haunt("import", "listens", file, "--profile", "zoe").status == 66)
        #expect(try await haunt("import", "listens", "/no/such/file").status == 66)
    }

    @Test("Gzipped files are imported, and importing an export adds nothing")
    func exportAndImport() async throws {
        _ = try await haunt("profile", "add", "anna")
        let file = try directory.write(
            "timestamp,artist,title\n2026-11-01T10:00:00Z,A,\"B \"\"C\"\"\"\n", to: "listens.csv")
        #expect(try await ChildProcess.run("gzip", [file]).status == 0)
        #expect(try await haunt("import", "listens", file + ".gz", "--profile", "anna").status == 0)
        #expect(try await haunt("export", directory.path("out"), "--profile", "anna").status == 0)
        for name in ["anna.csv", "anna.listenbrainz.jsonl"] {
            let text = try String(contentsOfFile: directory.path("out/\(name)"), encoding: .utf8)
            #expect(text.contains("2026-11-01") || text.contains("listened_at"))
        }
        let again = try await haunt("import", "listens", directory.path("out/anna.csv"), "--profile", "anna", "--json")
        #expect(try json(again)["added"]?.number == 0)
        #expect(try json(again)["known"]?.number == 1)
    }

    @Test("recommend answers with the documented keys, the same for the same seed and time")
    func recommend() async throws {
        _ = try await haunt("profile", "add", "anna")
        let catalog = try directory.write(
            "artist,title,genres,duration_ms,uri\nMiles,So What,jazz,200000,x:1\nMotör,Loud,metal,200000,x:2\n",
            to: "c.csv")
        #expect(try await haunt("import", "catalog", catalog).status == 0)
        let listens = try directory.write("timestamp,artist,title\n2026-11-01T10:00:00Z,Miles,So what\n", to: "l.csv")
        _ = try await haunt("import", "listens", listens, "--profile", "anna")
        let ask = ["recommend", "--profile", "anna", "--mode", "familiar", "--at", "2026-11-02T00:00:00Z", "--json"]
        let answers = try await [ask, ask].asyncMap {
            try await ChildProcess.run(HauntProcess.builtProgram, $0 + ["--store", store])
        }
        #expect(answers[0].output == answers[1].output)
        let track = try json(answers[0])["tracks"]?.items.first
        #expect(track?["artist"]?.text == "Miles")
        #expect(track?["uri"]?.text == "x:1")
        #expect(track?["position"]?.number == 1)
        #expect(track?["reason"]?["text"]?.text?.isEmpty == false)
        let before = try await haunt(
            "recommend", "--profile", "anna", "--mode", "familiar", "--at", "2026-10-01T00:00:00Z", "--json")
        #expect(try json(before)["tracks"]?.items.isEmpty == true)
        #expect(try await haunt("recommend", "--profile", "zoe").status == 66)
        #expect(try await haunt("recommend", "--limit", "0").status == 65)
    }

    @Test(
        "Only the artists and tracks in the file of a pool are recommended",
        arguments: [
            ("Motör\n", ["Loud", "Louder"]), ("Motör\tLouder\r\n\r\n", ["Louder"]),
            ("Miles\nMotör\tLoud", ["Loud", "So What"]),
            ("Nobody\tNothing\n", []),
        ])
    func pool(lines: String, titles: [String]) async throws {
        let catalog = try directory.write(
            "artist,title,genres\nMiles,So What,jazz\nMotör,Loud,metal\nMotör,Louder,metal\n", to: "c.csv")
        #expect(try await haunt("import", "catalog", catalog).status == 0)
        let file = try directory.write(lines, to: "pool.txt")
        let answer = try json(await haunt("recommend", "--vibe", "jazz", "--pool", file, "--json"))
        #expect(answer["tracks"]?.items.compactMap { $0["title"]?.text }.sorted() == titles)
    }

    @Test("check-config names every problem with its line, and exits with 78")
    func checkConfig() async throws {
        let file = try directory.write("mqtt:\n  url: nonsense\n  keepalife_s: 3\n", to: "haunt.yaml")
        let outcome = try await haunt("check-config", "--config", file)
        #expect(outcome.status == 78)
        let said = outcome.errors.joined(separator: "\n")
        #expect(said.contains("haunt.yaml:2"))
        #expect(said.contains("haunt.yaml:3"))
        #expect(said.contains("keepalive_s"))
        #expect(try await haunt("check-config").status == 0)
    }

    @Test("replay prints one JSON line a play with exactly the documented keys")
    func replay() async throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let trace = tests.appending(path: "MQTTBridgeTests/Traces/poll1/natural_finish_by_command.jsonl")
        let configuration = try directory.write("listening: {min_track_s: 5}\n", to: "haunt.yaml")
        let outcome = try await haunt("replay", trace.path, "--config", configuration)
        #expect(outcome.status == 0)
        let plays = try outcome.output.map { try WireJSON.decode($0.utf8) }
        #expect(plays.compactMap { $0["title"]?.text } == ["First Light", "Half a Mile", "Edge"])
        guard case .object(let fields) = plays.first else { return }
        #expect(
            fields.keys.sorted() == [
                "album", "artist", "duration_s", "outcome", "played_s", "reason", "speaker_name", "started_at", "title",
                "uri",
            ])
    }

    @Test("A command works through the daemon that holds its store")
    func throughDaemon() async throws {
        let run = try await RunningHouse()
        #expect(try await run.haunt.command("profile", "add", "clara").status == 0)
        _ = await run.house.next(on: "haunt/profile/clara")
        let added = try await run.haunt.command("profile", "add", "clara")
        #expect(added.status == 65)
        #expect(added.errors.contains { $0.contains("clara") })
        let file = try run.haunt.directory.write("timestamp,artist,title\n2026-11-01T10:00:00Z,A,B\n", to: "l.csv")
        for expected in [1, 0] {
            let report = try await run.haunt.command("import", "listens", file, "--profile", "clara", "--json")
            #expect(try json(report)["added"]?.number == Double(expected))
        }
        _ = await run.house.next(on: "haunt/profile/clara") { $0["stats"]?["event_count"]?.number == 1 }
        let list = try await run.haunt.command(
            "playlist", "generate", "--speaker", "media_player.study", "--profile", "anna", "--auto-play")
        #expect(list.status == 0)
        _ = await run.house.next(on: "haunt/speaker/study/command")
        #expect(try await run.haunt.command("backup", run.haunt.directory.path("copy.db")).status == 0)
        await run.end()
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
