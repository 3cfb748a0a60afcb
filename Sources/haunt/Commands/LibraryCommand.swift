import ArgumentParser
import Foundation
import Household
import Wire

/// The command `haunt library …`.
struct LibraryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "library",
        abstract: "Shows where the household's music is, and brings the catalog up to date.",
        subcommands: [List.self, Sync.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the libraries: what each has, when it was read, and what is wrong.")
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(ListLibraries.self) { list in
                list.libraries.isEmpty
                    ? "No library is configured; docs/libraries.md says how." : LibraryTable(list.libraries).text
            }
        }
    }

    struct Sync: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Brings the catalog up to date with a library, or with all of them.",
            discussion: "Exits with 1 when a library could not be read whole, or asks for confirmation.")
        @Argument(help: "The library. Default: all.") var name: String?
        @Flag(help: "Lets tracks lose their addresses, also when they are more than half of the library.")
        var confirm = false
        @OptionGroup var options: StoreOptions

        /// How often a library is read at most that changes while it is read.
        fileprivate static let mostReadings = 3

        func run() async throws {
            let libraries = try await options.using { configuration in
                let household = try await HouseholdConnection.open(configuration, writes: true)
                let names = try await names(household)
                var libraries: [LibraryView] = []
                for name in names { libraries.append(try await sync(name, household, configuration)) }
                return libraries
            }
            try options.show(LibraryList(libraries)) { LibraryTable($0.libraries).text }
            if libraries.contains(where: { $0.state != .synced }) { throw ExitCode.failure }
        }

        private func names(_ household: HouseholdConnection) async throws -> [String] {
            if let name { return [name] }
            let names = try await household.answer(ListLibraries.self, .object([:])).libraries.map(\.name)
            guard !names.isEmpty else {
                throw Failure(code: .usage, message: "No library is configured; docs/libraries.md says how")
            }
            return names
        }

        /// Reads one library, by the daemon if there is one, and shows how far it is.
        private func sync(
            _ name: String, _ household: HouseholdConnection, _ configuration: HauntConfiguration
        ) async throws -> LibraryView {
            let fields = JSONValue.object(["name": .string(name), "confirm": .bool(confirm)])
            var view = try await household.answer(SyncLibrary.self, fields)
            let isShown = Terminal.isShown && !options.isJSON
            let reading = household.reading(name, configuration)
            while view.state == .syncing {
                if isShown { Terminal.write("\r\u{1B}[K\(name): \(view.progressText)") }
                try await Task.sleep(for: .seconds(0.3))
                guard let next = try await self.view(name, household) else { break }
                view = next
            }
            if let reading {
                await reading.value
                view = try await self.view(name, household) ?? view
            }
            if isShown { Terminal.clearLine() }
            return view
        }

        private func view(_ name: String, _ household: HouseholdConnection) async throws -> LibraryView? {
            try await household.answer(ListLibraries.self, .object([:])).libraries.first { $0.name == name }
        }
    }
}

extension HouseholdConnection {
    /// Reads a library in this process; nil where a daemon does.
    fileprivate func reading(_ name: String, _ configuration: HauntConfiguration) -> Task<Void, Never>? {
        guard case .local(let household, _) = self,
            let library = configuration.household.libraries.first(where: { $0.name == name })
        else { return nil }
        let keeper = LibraryKeeper(household: household) { try LibraryConnection.connector(of: $0) }
        return Task { _ = await keeper.sync(library, readings: LibraryCommand.Sync.mostReadings) }
    }
}

extension LibraryView {
    fileprivate var progressText: String {
        guard let progress else { return "waiting" }
        return "\(progress.read)\(progress.total.map { " of \($0)" } ?? "") tracks read"
    }
}

/// Libraries as a table.
private struct LibraryTable {
    let text: String

    init(_ libraries: [LibraryView]) {
        let rows = libraries.map { library in
            [
                library.name, library.kind.rawValue, library.state.rawValue.replacing("_", with: " "),
                library.state == .syncing ? library.progressText : "\(library.tracks)",
                library.lastSync.map { RFC3339.string(from: $0) } ?? "never", library.problem ?? "",
            ]
        }
        text = Table(["library", "kind", "state", "tracks", "last sync", "problem"], rows).text
    }
}
