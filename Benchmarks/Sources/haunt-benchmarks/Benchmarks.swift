import Foundation

/// Measures what `docs/taste.md` and the limits promise, on made-up data that a seed repeats, against baselines in the same run.
@main
struct Benchmarks {
    static func main() async throws {
        // A benchmark in a folder of its own that is gone at the end.
        let folder = FileManager.default.temporaryDirectory.appending(path: "haunt-benchmarks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let chosen = Set(CommandLine.arguments.dropFirst())
        let all: [(name: String, run: (URL) async throws -> Void)] = [
            // First, while no memory of others can be used again.
            ("flood", FloodBenchmark.run), ("intake", IntakeBenchmark.run), ("import", ImportBenchmark.run),
            ("sync", SyncBenchmark.run), ("sound", SoundBenchmark.run), ("lists", ListBenchmark.run),
            ("listens", ListenBenchmark.run),
        ]
        for (name, run) in all where chosen.isEmpty || chosen.contains(name) {
            print("\n\(name)")
            Measurement.printHeader()
            try await run(folder)
        }
    }
}
