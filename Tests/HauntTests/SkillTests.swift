import Foundation
import HauntTestSupport
import Household
import Testing
import Wire

@Suite("The agent skill", .timeLimit(.minutes(15)))
struct SkillTests {
    private let text: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        text = try String(contentsOf: root.appending(path: "config/openclaw/haunt/SKILL.md"), encoding: .utf8)
    }

    @Test("Its front matter has name, description and requirements, each on one line")
    func head() throws {
        let parts = text.split(separator: "---\n", maxSplits: 2, omittingEmptySubsequences: false)
        #expect(parts.first == "")
        let lines = parts[1].split(separator: "\n").map { $0.split(separator: ": ", maxSplits: 1) }
        let head = Dictionary(lines.map { ($0[0], $0[1]) }) { first, _ in first }
        #expect(Set(head.keys) == ["name", "description", "metadata"])
        #expect(head["name"] == "haunt")
        #expect(head["description"]?.contains("Use it when") == true)
        let metadata = try WireJSON.decode((head["metadata"] ?? "").utf8)
        #expect(metadata["openclaw"]?["requires"]?["bins"]?.items == [.string("curl")])
        #expect(metadata["openclaw"]?["requires"]?["env"]?.items == [.string("HAUNT_URL")])
        #expect(metadata["openclaw"]?["primaryEnv"]?.text == "HAUNT_TOKEN")
    }

    @Test("Each of its requests is accepted by a live daemon")
    func requests() async throws {
        let run = try await RunningHouse(hasDemoCatalog: true)
        try run.play("One", by: "First", on: "study")
        await run.hears("One", on: "study")
        let environment = ["HAUNT_URL": "http://127.0.0.1:\(run.haunt.httpPort)", "HAUNT_TOKEN": ""]
        let blocks = text.split(separator: "```bash\n").dropFirst().compactMap { $0.split(separator: "```").first }
        #expect(blocks.count >= 8)
        for block in blocks {
            let script = "set -e\n" + block.replacing("curl -sS", with: "curl -sS --fail-with-body")
            let outcome = try await ChildProcess.run("/bin/bash", ["-c", script], environment: environment)
            #expect(outcome.status == 0, "\(block)\n\(outcome.output) \(outcome.errors)")
        }
        await run.end()
    }

    @Test("It says what to do on each error code")
    func errors() {
        for code in HouseholdError.Code.allCases { #expect(text.contains("`\(code.rawValue)`"), "\(code)") }
    }
}
