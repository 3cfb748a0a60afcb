import ArgumentParser
import Foundation
import Household
import Storage

/// The command `haunt export`.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the data of profiles as files that people can read and other programs can import.",
        discussion: """
            For each profile: its listens as CSV and in the format of ListenBrainz, both of which 'haunt import listens' reads, \
            its feedback as CSV, and a folder of its playlists as JSPF.
            """)

    @Option(help: "The profile; by default all profiles, each in its own files.") var profile: String?
    @Argument(help: "The folder. It is created if it is missing.", completion: .directory) var folder: String
    @OptionGroup var options: StoreOptions

    func run() async throws {
        let counts = try await options.using { try write(from: HouseholdConnection.readOnlyStore($0)) }
        try options.show(counts) { counts in
            let lines = counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text)" }
            return (lines + ["written to \(folder)"]).joined(separator: "\n")
        }
    }

    private func write(from store: HouseholdDatabase) throws -> [String: ProfileExport.Counts] {
        // One transaction, so that all files show the same moment.
        try store.read { store in
            let all = try store.profiles()
            let profiles = all.filter { profile == nil || $0.name == profile }
            if let profile, profiles.isEmpty {
                throw HouseholdError.unknown("There is no profile", profile, among: all.map(\.name))
            }
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            return try profiles.reduce(into: [:]) { counts, profile in
                counts[profile.name] = try ProfileExport(profile: profile, folder: folder).write(from: store)
            }
        }
    }
}

/// The command `haunt backup`.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copies the store to one consistent file, also while the daemon uses it.")

    @Argument(help: "The new file. It must not exist.", completion: .file()) var file: String
    @OptionGroup var options: StoreOptions

    func run() async throws {
        try await options.using { configuration in
            let path = configuration.store.path
            try HouseholdConnection.readOnlyStore(configuration).backup(to: file)
            try options.show(["file": file]) { _ in "Copied \(path) to \(file)." }
        }
    }
}
