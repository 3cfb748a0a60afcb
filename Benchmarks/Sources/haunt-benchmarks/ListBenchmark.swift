import Foundation
import Household
import Taste
import Wire

/// Lists out of 97,000 tracks for somebody with 54,000 listens.
enum ListBenchmark {
    private static let wishes = [
        "jazz", "chill dinner party", "techno but no house", "rainy sunday morning", "80s rock for a road trip",
        "música para cenar", "ruhige Musik zum Lesen", "folk like Artist 12",
    ]

    static func run(in folder: URL) async throws {
        let music = SyntheticMusic(tracks: 97_000)
        let house = try await House("lists", in: folder)
        try await house.bring(catalog: music.tracks)
        try await house.bring(listens: music.listens(54_000, until: House.end))
        _ = try await house.household.answer(Recommend.self, OperationInput(door: .http))
        let scan = await plainScan(artists: 22_000)
        scan.report()
        for (name, hasTaste, hasVibe) in [
            ("taste", true, false), ("vibe of a guest", false, true), ("taste and vibe", true, true),
        ] {
            try await Measurement("25-track playlist: \(name)", times: 300) { number in
                house.passHour()
                var fields: [String: JSONValue] = ["guest": .bool(!hasTaste)]
                if hasTaste { fields["profile"] = .string(House.person) }
                if hasVibe { fields["vibe"] = .string(wishes[number % wishes.count]) }
                let input = OperationInput(door: .http, json: .object(fields))
                _ = try await house.household.answer(GeneratePlaylist.self, input)
            }.report(against: scan)
        }
        for mode in RankingMode.allCases {
            try await Measurement("25 recommendations: \(mode.rawValue)", times: 100) { _ in
                let fields: [String: JSONValue] = [
                    "profile": .string(House.person), "mode": .string(mode.rawValue),
                ]
                let input = OperationInput(door: .http, json: .object(fields))
                _ = try await house.household.answer(Recommend.self, input)
            }.report(against: scan)
        }
    }

    /// The least that any ranking by nearness must do, written plainly: thirteen products of every artist's 64 numbers,
    /// for twelve interests and the whole taste.
    private static func plainScan(artists: Int) async -> Measurement {
        var random = SeededGenerator(seed: 3)
        let places = (0..<artists).map { _ in (0..<64).map { _ in Float.random(in: -1...1, using: &random) } }
        let queries = (0..<13).map { _ in (0..<64).map { _ in Float.random(in: -1...1, using: &random) } }
        var best: Float = 0
        let scan = await Measurement("plain scan of \(artists) × 64, 13 queries", times: 20) { _ in
            for place in places {
                for query in queries {
                    var sum: Float = 0
                    for lane in 0..<64 { sum += place[lane] * query[lane] }
                    best = max(best, sum)
                }
            }
        }
        precondition(best > 0, "Nothing was computed")
        return scan
    }
}
