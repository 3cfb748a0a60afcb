import Foundation
import Household
import Wire

/// From a listen handed in to its taste committed, however long the history is.
enum ListenBenchmark {
    private static let lengths = [0, 10_000, 54_000, 1_000_000]

    static func run(in folder: URL) async throws {
        let music = SyntheticMusic(tracks: 97_000)
        for length in lengths {
            let house = try await House("listens-\(length)", in: folder)
            try await house.bring(catalog: music.tracks)
            try await house.bring(listens: music.listens(length, until: House.end))
            _ = try await house.household.perform(ShowProfile(name: House.person))
            let rebuild = try await Measurement("full rebuild", times: length > 100_000 ? 1 : 3) { _ in
                _ = try await house.household.perform(BuildTaste(name: House.person))
            }
            rebuild.report()
            _ = try await house.household.perform(ShowProfile(name: House.person))
            let coming = music.listens(1_000, until: House.end.addingTimeInterval(1_000 * 1_200 / 14), seed: 7)
            try await Measurement("a listen into \(length) listens", times: coming.count) { number in
                let listen = coming[number]
                let start = RFC3339.string(from: House.end.addingTimeInterval(Double(number) * 60))
                let json = #"""
                    {"title":"\#(listen.title)","artist":"\#(listen.artist ?? "")","profile":"\#(House.person)",
                     "started_at":"\#(start)","played_s":200,"event_id":"\#(number)"}
                    """#
                let input = OperationInput(door: .http, payload: Array(json.utf8))
                _ = try await house.household.answer(AddListen.self, input)
            }.report(against: rebuild)
        }
    }
}
