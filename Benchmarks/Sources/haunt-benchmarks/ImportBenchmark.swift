import Foundation
import Household

/// Bringing a catalog and a history in, and what they take in memory.
enum ImportBenchmark {
    static func run(in folder: URL) async throws {
        let music = SyntheticMusic(tracks: 97_000)
        let listens = music.listens(54_000, until: House.end)
        let house = try await House("import", in: folder)
        try await Measurement("import 97,000 tracks", times: 1) { _ in try await house.bring(catalog: music.tracks) }
            .report()
        try await Measurement("import 54,000 listens, taste built", times: 1) { _ in
            try await house.bring(listens: listens)
        }.report()
        let before = residentMegabytes()
        try await Measurement("start: store opened, index and tastes read", times: 1) { _ in
            try await house.household.warmUp()
            _ = try await house.household.answer(Recommend.self, OperationInput(door: .http))
        }.report()
        print(String(format: "index and tastes in memory: about %.0f MB", residentMegabytes() - before))
    }
}
