import ArgumentParser
import Foundation
import Household
import Storage

/// The command `haunt restore`.
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Puts a backup in place of the store, which is kept beside it. The daemon must be stopped.")

    private struct Answer: Encodable {
        var store: String
        var kept: String?
    }

    @Argument(help: "The backup.", completion: .file()) var file: String
    @OptionGroup var options: StoreOptions

    /// Restores the backup.
    ///
    /// - Throws: ``Failure`` with code 75 while another process uses the store.
    func run() async throws {
        try await options.using { configuration in
            let path = configuration.store.path
            guard FileManager.default.isReadableFile(atPath: file) else {
                throw Failure(code: .noInput, message: "Cannot read \(file): does it exist, and may you read it?")
            }
            try StoreFolder.make(forStoreAt: path)
            guard let lock = try StoreLock.tryAcquire(forStoreAt: path) else {
                throw Failure(code: .temporary, message: "Another haunt is using \(path); stop it first")
            }
            defer { withExtendedLifetime(lock) {} }
            let kept = try StoreRestore.run(file, to: path, at: Date())
            try options.show(Answer(store: path, kept: kept)) { answer in
                "\(path) is \(file) now." + (answer.kept.map { " The store that was there is \($0)." } ?? "")
            }
        }
    }
}
