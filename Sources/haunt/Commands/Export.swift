import ArgumentParser
import Foundation
import Household
import Listening
import Storage

/// The command `haunt export`.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes listens as files that people can read and other programs, Haunt included, can import.")

    @Option(help: "Whose listens; everybody's when left out, each in files of their own.") var profile: String?
    @Argument(help: "A folder; it is made if need be.", completion: .directory) var folder: String
    @OptionGroup var options: StoreOptions

    func run() async throws {
        let store = try HouseholdDatabase.readOnly(path: try options.configuration().store.path)
        let profiles = try store.read { try $0.profiles() }.filter { profile == nil || $0.name == profile }
        if let profile, profiles.isEmpty {
            throw HouseholdError.unknownProfile(profile, among: try store.read { try $0.profiles().map(\.name) })
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var counts: [String: Int] = [:]
        for profile in profiles { counts[profile.name] = try write(profile, from: store) }
        let lines = counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value) listens" }
        print(
            options.isJSON
                ? String(decoding: try HouseholdJSON.encode(counts), as: UTF8.self)
                : (lines + ["written to \(folder)"]).joined(separator: "\n"))
    }

    /// Writes one profile's listens, the oldest first.
    private func write(_ profile: Profile, from store: HouseholdDatabase) throws -> Int {
        var csv = try OutputFile(path: "\(folder)/\(profile.name).csv")
        var jsonl = try OutputFile(path: "\(folder)/\(profile.name).listenbrainz.jsonl")
        try csv.write(ListenFileWriter.csvHeader)
        var count = 0
        try store.read { store in
            try store.forEachListen(ListenSelection(owner: .some(profile.ownerID))) { listen in
                let row = ImportedListen(listen)
                try csv.write(ListenFileWriter.csv(row))
                try jsonl.write(ListenFileWriter.listenBrainz(row))
                count += 1
            }
        }
        try csv.close()
        try jsonl.close()
        return count
    }
}

extension ImportedListen {
    /// A stored listen as a file has it.
    fileprivate init(_ listen: Listen) {
        let event = listen.event
        self.init(
            line: 0, startedAt: event.startedAt, artist: event.media.artist, title: event.media.title ?? "",
            album: event.media.album, heardS: event.playedS, durationS: event.media.durationS,
            wasSkipped: event.outcome == .skipped, speakerName: event.speakerName, uri: event.media.uri,
            source: event.source, eventID: event.eventID)
    }
}
