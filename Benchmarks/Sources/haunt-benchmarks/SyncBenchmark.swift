import Foundation
import Household
import Wire

/// Reading libraries of several sizes: the first time, again with nothing changed but the revision, and with every address
/// permuted, as after a rebuilt library.
enum SyncBenchmark {
    static func run(in folder: URL) async throws {
        for size in [10_000, 100_000, 500_000] {
            let tracks = SyntheticMusic(tracks: size).tracks
            let library = LibrarySettings(name: "made-up", kind: .mpd)
            var settings = HouseholdSettings()
            settings.libraries = [library]
            settings.speakers = ["study": nil]
            let house = try await House("sync-\(size)", in: folder, settings: settings)
            let before = residentMegabytes()
            for (name, revision, shift) in [("first", "1", 0), ("again", "2", 0), ("permuted", "3", 7)] {
                let connector = MadeUpLibrary(tracks: tracks, revision: revision, shift: shift)
                let keeper = LibraryKeeper(household: house.household) { _ in connector }
                await Measurement("library of \(size) tracks: \(name)", times: 1) { _ in
                    let view = await keeper.sync(library)
                    precondition(view?.state == .synced, view?.problem ?? "")
                }.report()
            }
            print(String(format: "more memory after reading: %.0f MB", residentMegabytes() - before))
            for (name, speaker) in [("no speaker", nil), ("a speaker's library", "study")] {
                try await Measurement("25-track playlist: \(name)", times: 100) { _ in
                    house.passHour()
                    var fields: [String: JSONValue] = ["vibe": "jazz", "guest": .bool(true)]
                    fields["speaker_entity"] = speaker.map(JSONValue.string)
                    let input = OperationInput(door: .http, json: .object(fields))
                    _ = try await house.household.answer(GeneratePlaylist.self, input)
                }.report()
            }
            print(String(format: "more memory with the index: %.0f MB", residentMegabytes() - before))
        }
    }
}

/// A library in memory.
private struct MadeUpLibrary: LibraryConnector {
    private static let pageSize = 500

    let tracks: [TrackDetails]
    let revision: String
    /// How far each address is moved.
    let shift: Int

    func revision() async throws -> String? { revision }

    func page(at position: String?) async throws -> LibraryPage {
        let start = position.flatMap { Int($0) } ?? 0
        let end = min(start + Self.pageSize, tracks.count)
        let page = (start..<end).map { number in
            LibraryTrack(uri: "music/\((number + shift) % tracks.count).flac", details: tracks[number])
        }
        return LibraryPage(tracks: page, next: end < tracks.count ? "\(end)" : nil, total: tracks.count)
    }

    func waitForChange() async throws { try await Task.sleep(for: .seconds(86_400)) }
}
