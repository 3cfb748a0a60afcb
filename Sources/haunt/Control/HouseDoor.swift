import Foundation
import Household
import Storage

/// A way to the house for a command: the daemon if it has the store, else the store itself.
enum HouseDoor {
    case local(Household, StoreLock?)
    case daemon(ControlClient)

    /// How long a command waits for another command to finish with the store, or for a daemon to start, in seconds.
    private static let patienceS = 10.0
    /// How long it waits for the store before it looks for a daemon again, in seconds.
    private static let lockTurnS = 0.25

    /// Finds the way.
    ///
    /// A command that writes never does so behind a daemon's back.
    ///
    /// - Parameters:
    ///   - configuration: Where the store is.
    ///   - writes: Whether the command may change it.
    /// - Returns: The way to the house.
    /// - Throws: ``Failure`` when somebody holds the store who cannot be talked to.
    static func open(_ configuration: HauntConfiguration, writes: Bool) async throws -> HouseDoor {
        let path = configuration.store.path
        let deadline = ContinuousClock.now + .seconds(patienceS)
        repeat {
            if let client = try await ControlClient.connect(toStore: path) { return .daemon(client) }
            if !writes, let store = try? HouseholdDatabase.readOnly(path: path) {
                return .local(try Household(store: store, settings: configuration.household.withoutFurniture), nil)
            }
            if let lock = try StoreLock.acquire(forStoreAt: path, timeoutS: lockTurnS) {
                let store = try HouseholdDatabase(path: path)
                return .local(try Household(store: store, settings: configuration.household), lock)
            }
        } while .now < deadline
        throw Failure(
            code: .temporary,
            message: "Another haunt holds \(path) and does not answer on its socket; try again, or stop it first")
    }

    /// Does an operation.
    ///
    /// - Returns: Its answer as JSON.
    func perform(_ operation: HouseholdOperation, _ input: JSONValue) async throws -> Data {
        switch self {
        case .daemon(let client): try await client.perform(operation, input)
        case .local(let household, _):
            try HouseholdJSON.encode(AnyEncodable(try await household.perform(operation, input, door: "cli")))
        }
    }
}

extension HouseDoor {
    /// Stores a batch of listens out of a file.
    func importListens(_ batch: ListenImport) async throws -> ImportView {
        if case .local(let household, _) = self { return try await household.importListens(batch) }
        return try await send(.listenImport, batch)
    }

    /// Stores a batch of tracks out of a file.
    func importCatalog(_ batch: CatalogImport) async throws -> ImportView {
        if case .local(let household, _) = self { return try await household.importCatalog(batch) }
        return try await send(.catalogImport, batch)
    }

    /// Builds the tastes that an import has changed.
    func buildStaleTastes() async throws {
        if case .local(let household, _) = self { return try await household.buildStaleTastes() }
        _ = try await perform(.tasteRefresh, .object([:]))
    }

    private func send(_ operation: HouseholdOperation, _ batch: some Encodable) async throws -> ImportView {
        let input = try HouseholdJSON.decode(JSONValue.self, from: HouseholdJSON.encode(batch))
        return try HouseholdJSON.decode(ImportView.self, from: try await perform(operation, input))
    }
}
