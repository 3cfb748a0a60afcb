import ArgumentParser
import Household
import Storage
import Wire

/// The command `haunt backup`.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copies the store into one file, whole and consistent, also while the daemon uses it.")

    @Argument(help: "The new file; it must not be there yet.", completion: .file()) var file: String
    @OptionGroup var options: StoreOptions

    func run() async throws {
        let path = try options.configuration().store.path
        try HouseholdDatabase.readOnly(path: path).backup(to: file)
        let answer = try WireJSON.encode(["file": file])
        print(options.isJSON ? String(decoding: answer, as: UTF8.self) : "Copied \(path) to \(file).")
    }
}
