import Foundation
import HauntTestSupport
import Testing

@testable import haunt

struct SystemdUnitTests {
    private static let unit = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../systemd/haunt.service").standardized
    private static let isAnalyzeHere = FileManager.default.fileExists(atPath: "/usr/bin/systemd-analyze")

    /// The unit with a program that every machine has, because Haunt may not be installed.
    private func unit() throws -> (directory: TemporaryDirectory, path: String) {
        let directory = try TemporaryDirectory()
        let text = try String(contentsOf: Self.unit, encoding: .utf8)
        let path = try directory.write(text.replacing("/usr/local/bin/haunt ", with: "/bin/true "), to: "haunt.service")
        return (directory, path)
    }

    @Test("systemd finds nothing wrong with the unit", .enabled(if: isAnalyzeHere))
    func isValid() async throws {
        let (directory, path) = try unit()
        let outcome = try await ChildProcess.run("/usr/bin/systemd-analyze", ["verify", path])
        // It exits with 0 also for an unknown key, so its output is checked.
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        withExtendedLifetime(directory) {}
    }

    @Test("systemd-analyze rates the exposure of the unit 2.0 or lower", .enabled(if: isAnalyzeHere))
    func isConfined() async throws {
        let (directory, path) = try unit()
        let outcome = try await ChildProcess.run(
            "/usr/bin/systemd-analyze", ["security", "--offline=true", "--threshold=20", "--no-pager", path])
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
