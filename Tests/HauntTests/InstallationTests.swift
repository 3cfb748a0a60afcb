import Foundation
import HauntTestSupport
import Testing

@testable import haunt

struct SystemdUnitTests {
    /// The service of one home, and that of one of several homes.
    private static let units = ["haunt.service", "haunt@.service"]
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../systemd").standardized
    private static let isAnalyzeHere = FileManager.default.fileExists(atPath: "/usr/bin/systemd-analyze")

    /// The unit with a program that every machine has, because Haunt may not be installed.
    private func unit(_ name: String) throws -> (directory: TemporaryDirectory, path: String) {
        let directory = try TemporaryDirectory()
        let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
            .replacing("/usr/bin/haunt ", with: "/bin/true ").replacing(
                "Documentation=man:haunt(1) ", with: "Documentation=")
        let path = try directory.write(text, to: name.replacing("@", with: "@home"))
        return (directory, path)
    }

    @Test("systemd finds nothing wrong with the units", .enabled(if: isAnalyzeHere), arguments: units)
    func isValid(name: String) async throws {
        let (directory, path) = try unit(name)
        let outcome = try await ChildProcess.run("/usr/bin/systemd-analyze", ["verify", path])
        // It exits with 0 also for an unknown key, so its output is checked.
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        withExtendedLifetime(directory) {}
    }

    @Test("The two units differ only in what makes homes several")
    func areAlike() throws {
        let settings = try Self.units.map { name in
            try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8).split(separator: "\n")
                .filter { !$0.hasPrefix("#") }.map(String.init)
        }
        let own = settings[1].filter { !settings[0].contains($0) }.map { String($0.prefix { $0 != "=" }) }
        #expect(
            own == [
                "Description", "ExecStart", "MemoryMax", "CPUWeight", "TasksMax", "StateDirectory",
                "TemporaryFileSystem", "BindPaths", "InaccessiblePaths", "LoadCredential",
            ])
        let missing = settings[0].filter { !settings[1].contains($0) }.map { String($0.prefix { $0 != "=" }) }
        #expect(missing == ["Description", "ExecStart", "StateDirectory"])
    }

    @Test("systemd-analyze rates the exposure of the units 1.5 or lower", .enabled(if: isAnalyzeHere), arguments: units)
    func isConfined(name: String) async throws {
        let (directory, path) = try unit(name)
        let outcome = try await ChildProcess.run(
            "/usr/bin/systemd-analyze", ["security", "--offline=true", "--threshold=15", "--no-pager", path])
        #expect(outcome.status == 0)
        withExtendedLifetime(directory) {}
    }
}

struct DemoCatalogTests {
    @Test("The demo catalog is read from the first folder that has it")
    func findsFallback() throws {
        let (empty, share) = (try TemporaryDirectory(), try TemporaryDirectory())
        let resources = share.url.appending(path: "haunt_haunt.resources")
        try FileManager.default.createDirectory(at: resources, withIntermediateDirectories: true)
        try Data("artist,title\nMiles Davis,So What\n".utf8).write(to: resources.appending(path: "demo-catalog.csv"))
        #expect(try DemoCatalog.rows(in: [empty.url, share.url]).count == 1)
        #expect { try DemoCatalog.rows(in: [empty.url]) } throws: { ($0 as? Failure)?.code == .noInput }
    }
}
