import Foundation
import HauntTestSupport
import Testing

struct SystemdUnitTests {
    private static let unit = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../systemd/haunt.service").standardized
    private static let isAnalyzeHere = FileManager.default.fileExists(atPath: "/usr/bin/systemd-analyze")

    /// The unit with a program that every machine has, since Haunt may not be installed on this one.
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
        // It exits with 0 also when it knows a key not; only what it says tells.
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        withExtendedLifetime(directory) {}
    }

    @Test("The service can do little harm: an exposure of 2.0 of 10 at most", .enabled(if: isAnalyzeHere))
    func isConfined() async throws {
        let (directory, path) = try unit()
        let outcome = try await ChildProcess.run(
            "/usr/bin/systemd-analyze", ["security", "--offline=true", "--threshold=20", "--no-pager", path])
        #expect(outcome.status == 0)
        withExtendedLifetime(directory) {}
    }
}
