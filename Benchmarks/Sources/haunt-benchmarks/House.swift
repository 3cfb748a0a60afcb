import Foundation
import Household
import Listening
import Storage

/// A house on a real file, with one profile besides `default`.
struct House {
    static let person = "anna"
    /// When all made-up histories end.
    static let end = Date(timeIntervalSince1970: 1_790_000_000)
    private static let batch = 1_000

    let store: HouseholdDatabase
    let household: Household
    private let clock = Clock(at: end.addingTimeInterval(86_400))

    init(
        _ name: String, in folder: URL, settings: HouseholdSettings = HouseholdSettings()
    ) async throws {
        store = try HouseholdDatabase(path: folder.appending(path: "\(name).db").path)
        household = try Household(
            store: store, settings: settings, clock: { [clock] in Moment(clock.time) })
        _ = try await household.perform(AddProfile(name: Self.person))
    }

    /// What its clocks say.
    var moment: Moment { Moment(clock.time) }

    /// Lets seconds pass.
    func pass(_ seconds: TimeInterval) { clock.pass(seconds) }

    /// Lets an hour pass.
    func passHour() { pass(3_600) }

    /// Imports as `haunt import catalog` does, batch by batch.
    func bring(catalog tracks: [TrackDetails]) async throws {
        for start in stride(from: 0, to: tracks.count, by: Self.batch) {
            let rows = Array(tracks[start..<min(start + Self.batch, tracks.count)])
            _ = try await household.perform(ImportCatalog(rows: rows))
        }
    }

    /// Imports as `haunt import listens` does, and builds the tastes.
    func bring(
        listens: [ImportedListen], of profile: String? = House.person, on speaker: String? = nil
    ) async throws {
        for start in stride(from: 0, to: listens.count, by: Self.batch) {
            let rows = Array(listens[start..<min(start + Self.batch, listens.count)])
            _ = try await household.perform(ImportListens(profile: profile, speaker: speaker, rows: rows))
        }
        _ = try await household.perform(RefreshTastes())
    }
}
