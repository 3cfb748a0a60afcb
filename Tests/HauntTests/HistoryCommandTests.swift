import Foundation
import HauntTestSupport
import Household
import Testing
import Wire

@Suite("Corrections, feedback and export on the command line", .timeLimit(.minutes(15)))
struct HistoryCommandTests {
    private let directory: TemporaryDirectory
    private var store: String { directory.path("house.db") }

    init() async throws {
        directory = try TemporaryDirectory()
        for name in ["anna", "ben"] { #expect(try await haunt("profile", "add", name).status == 0) }
        let file = try directory.write(
            """
            timestamp,artist,title,album,ms_played,speaker_name,uri
            2026-11-01T10:00:00Z,Björk,Jóga,Homogenic,200000,media_player.study,library://track/1
            2026-11-01T10:10:00Z,Björk,"Hidden, Place",,210000,media_player.study,
            2026-11-02T10:20:00.250Z,Miles,So What,,9000,media_player.kitchen,

            """, to: "listens.csv")
        #expect(try await haunt("import", "listens", file, "--profile", "anna").status == 0)
    }

    private func haunt(_ arguments: String...) async throws -> ChildProcess.Outcome {
        try await ChildProcess.run(HauntProcess.builtProgram, arguments + ["--store", store])
    }

    private func json(_ arguments: String...) async throws -> JSONValue {
        let outcome = try await ChildProcess.run(
            HauntProcess.builtProgram, arguments + ["--store", store, "--json"])
        #expect(outcome.status == 0, "\(arguments) \(outcome.errors)")
        return try WireJSON.decode(outcome.output.joined(separator: "\n").utf8)
    }

    private func titles(of profile: String) async throws -> [String] {
        try await json("listens", "list", "--profile", profile)["history"]?.items.compactMap { $0["title"]?.text } ?? []
    }

    @Test("Listens are reassigned, removed and restored; a dry run and a mistake change nothing")
    func corrections() async throws {
        let all = try await titles(of: "anna")
        let dry = try await json("listens", "reassign", "--artist", "björk", "--to", "ben", "--dry-run")
        #expect(dry["event_count"]?.number == 2)
        #expect(dry["undo_id"] == .null)
        #expect(try await titles(of: "anna") == all)
        let moved = try await json("listens", "reassign", "--artist", "björk", "--to", "ben")
        #expect(moved["by_profile"] == .object(["anna": .number(2)]))
        #expect(try await titles(of: "ben") == ["Hidden, Place", "Jóga"])
        let removed = try await json("listens", "remove", "--until", "2026-11-01T10:05:00Z")
        #expect(removed["event_count"]?.number == 1)
        for answer in [removed, moved] {
            let undone = try await haunt("listens", "undo", answer["undo_id"]?.text ?? "")
            #expect(undone.status == 0)
            #expect(undone.output.first?.contains("are what they were") == true)
        }
        #expect(try await titles(of: "anna") == all)
        #expect(try await haunt("listens", "undo", moved["undo_id"]?.text ?? "").status == 65)
        #expect(try await haunt("listens", "undo", "nonsense").status == 66)
        #expect(try await haunt("listens", "remove").status == 65)
        #expect(try await haunt("listens", "reassign", "--profile", "anna").status == 64)
        #expect(try await haunt("listens", "reassign", "--profile", "anna", "--to", "zoe").status == 66)
        let purged = try await json("listens", "remove", "--profile", "anna", "--purge", "--yes")
        #expect(purged["undo_id"] == .null)
        #expect(try await titles(of: "anna").isEmpty)
    }

    @Test("On a terminal the dry run is shown first, and nothing changes without confirmation")
    func asks() async throws {
        let remove = "\(HauntProcess.builtProgram) listens remove --profile anna --store \(store)"
        let asked = { (answer: String, options: String) in
            try await ChildProcess.run(
                "sh", ["-c", "echo \(answer) | script --quiet --return --command '\(remove)\(options)' /dev/null"])
        }
        let no = try await asked("n", "")
        #expect(no.status == 1)
        #expect(no.output.contains { $0.contains("3 listens would be removed: 3 of anna") })
        #expect(no.output.contains { $0.contains("Nothing was changed") })
        #expect(try await titles(of: "anna").count == 3)
        let yes = try await asked("y", "")
        #expect(yes.status == 0)
        #expect(yes.output.contains { $0.contains("haunt listens undo") })
        #expect(try await titles(of: "anna").isEmpty)
    }

    @Test("A profile is renamed, removed with its listens, and restored; a token is shown")
    func profile() async throws {
        let renamed = try await json("profile", "update", "anna", "--display-name", "Änne")
        #expect(renamed["display_name"]?.text == "Änne")
        let dry = try await json("profile", "remove", "anna", "--events", "delete", "--dry-run")
        #expect(dry["event_count"]?.number == 3)
        let gone = try await json("profile", "remove", "anna", "--events", "delete")
        #expect(try await haunt("profile", "show", "anna").status == 66)
        #expect(try await titles(of: "default").isEmpty)
        #expect(try await haunt("listens", "undo", gone["undo_id"]?.text ?? "").status == 0)
        #expect(try await json("profile", "show", "anna")["display_name"]?.text == "Änne")
        #expect(try await titles(of: "anna").count == 3)
        let token = try await haunt("profile", "token", "anna")
        #expect(token.output.count == 1 && token.output[0].count >= 43)
        #expect(try await haunt("profile", "token", "zoe").status == 66)
        #expect(try await json("profile", "remove", "anna", "--purge", "--yes")["undo_id"] == .null)
    }

    @Test("Feedback is given, listed and taken back")
    func feedback() async throws {
        let said = try await json("feedback", "add", "ban_artist", "--profile", "anna", "--track", "1")
        #expect(said["artist"]?.text == "Björk")
        let list = try await json("recommend", "--profile", "anna", "--mode", "familiar")
        #expect(list["tracks"]?.items.contains { $0["artist"]?.text == "Björk" } == false)
        #expect(try await json("feedback", "list", "--profile", "anna")["feedback"]?.items == [said])
        let id = String(Int(said["id"]?.number ?? 0))
        #expect(try await haunt("feedback", "remove", id).status == 0)
        #expect(try await haunt("feedback", "remove", id).status == 66)
        #expect(try await haunt("feedback", "add", "love", "--track", "1").status == 64)
        #expect(try await haunt("feedback", "add", "like", "--track", "999").status == 66)
        #expect(try await haunt("feedback", "add", "like").status == 65)
    }

    @Test("An export has all data of a profile, and importing it again, in either form, adds nothing")
    func export() async throws {
        _ = try await json("feedback", "add", "like", "--profile", "anna", "--track", "2")
        _ = try await json("playlist", "generate", "--profile", "anna", "--mode", "familiar", "--vibe", "björk")
        _ = try await json("listens", "remove", "--artist", "Miles")
        let out = directory.path("out")
        let counts = try await json("export", out)
        #expect(
            counts["anna"] == .object(["listens": .number(2), "feedback": .number(1), "playlists": .number(1)]))
        #expect(counts["ben"]?["listens"]?.number == 0)
        for name in ["anna.csv", "anna.listenbrainz.jsonl"] {
            let again = try await json("import", "listens", "\(out)/\(name)", "--profile", "anna")
            #expect(again["added"]?.number == 0)
            #expect(again["known"]?.number == 2)
        }
        let feedback = try String(contentsOfFile: "\(out)/anna.feedback.csv", encoding: .utf8)
        #expect(feedback.split(separator: "\n").last?.hasSuffix(#"like,Björk,"Hidden, Place","#) == true)
        let lists = try FileManager.default.contentsOfDirectory(atPath: "\(out)/anna.playlists")
        #expect(lists.count == 1)
        let jspf = try WireJSON.decode(Data(contentsOf: URL(filePath: "\(out)/anna.playlists/\(lists[0])")))
        #expect(jspf["playlist"]?["creator"]?.text == "anna")
        let track = jspf["playlist"]?["track"]?.items.first { $0["title"]?.text == "Jóga" }
        #expect(track?["location"]?.items == [.string("library://track/1")])
        #expect(track?["annotation"]?.text?.isEmpty == false)
        #expect(try await haunt("export", out, "--profile", "zoe").status == 66)
    }
}
