import Foundation
import Glibc
import Household
import Storage
import Wire

/// How a command reaches the household: through the daemon that holds the store, or by opening the store itself.
enum HouseholdConnection {
    case local(Household, StoreLock?)
    case daemon(ControlClient)

    /// How long a command waits for another command to release the store, or for a daemon to start, in seconds.
    private static let timeoutS = 10.0
    /// How long one try to lock the store takes before the daemon is looked for again, in seconds.
    private static let lockTimeoutS = 0.25

    /// Connects. A command that writes never opens the store while a daemon holds it.
    ///
    /// - Parameters:
    ///   - configuration: Names the store.
    ///   - writes: Whether the command may change the store.
    /// - Returns: The connection.
    /// - Throws: ``Failure`` with code 66 when the command only reads and there is no store, 77 when this user may not open
    ///   the store, 75 when another process holds it and does not answer on its socket.
    static func open(_ configuration: HauntConfiguration, writes: Bool) async throws -> HouseholdConnection {
        let path = configuration.store.path
        let deadline = ContinuousClock.now + .seconds(timeoutS)
        repeat {
            if let client = try await ControlClient.connect(toStore: path) { return .daemon(client) }
            try checkAccess(toStore: path, writes: writes)
            if !writes, let store = try? HouseholdDatabase.readOnly(path: path) {
                return .local(try household(store, configuration.household.withoutSeeds), nil)
            }
            try StoreFolder.make(forStoreAt: path)
            if let lock = try StoreLock.acquire(forStoreAt: path, timeoutS: lockTimeoutS) {
                let store = try HouseholdDatabase(path: path)
                return .local(try household(store, configuration.household), lock)
            }
        } while .now < deadline
        throw Failure(
            code: .temporary,
            message: "Another haunt holds \(path) and does not answer on its socket; try again, or stop it first")
    }

    private static func household(_ store: HouseholdDatabase, _ settings: HouseholdSettings) throws -> Household {
        try Household(store: store, settings: settings, connectSound: { try LibraryConnection.sound(of: $0) })
    }

    /// Opens the store of a configuration for reading, beside a daemon or without one.
    ///
    /// - Throws: ``Failure`` with code 66 when there is no store, 77 when this user may not open it.
    static func readOnlyStore(_ configuration: HauntConfiguration) throws -> HouseholdDatabase {
        try checkAccess(toStore: configuration.store.path, writes: false)
        return try HouseholdDatabase.readOnly(path: configuration.store.path)
    }

    /// Checks that this user may open the store, and that there is one if the command only reads.
    private static func checkAccess(toStore path: String, writes: Bool) throws {
        guard unsafe access(path, writes ? R_OK | W_OK : R_OK) != 0 else { return }
        if errno == EROFS {
            throw Failure(
                code: .inputOutput, message: "The disk of \(path) is read-only: make it writable, then try again")
        }
        if errno == EACCES {
            throw Failure(
                code: .noPermission,
                message: "This user may not open \(path): use sudo, or ask a daemon as a member of the store's group")
        }
        if errno == ENOENT, !writes {
            throw Failure(
                code: .noInput,
                message: "There is no store at \(path) yet: 'haunt serve' and commands that write make it")
        }
    }

    /// Performs an operation.
    ///
    /// - Parameters:
    ///   - operation: The type of the operation.
    ///   - fields: Its input.
    /// - Returns: Its answer.
    /// - Throws: ``HouseholdError``; ``Failure`` with code 69 when the connection to the daemon breaks.
    func answer<O: HouseholdOperation>(
        _ operation: O.Type, _ fields: JSONValue
    ) async throws -> O.Answer where O.Answer: Decodable {
        switch self {
        case .daemon(let client): try await client.answer(operation, fields)
        case .local(let household, _):
            try await answer(operation, fields, in: household)
        }
    }

    /// Performs an operation here. A daemon rebuilds large tastes in the background, but this process ends.
    private func answer<O: HouseholdOperation>(
        _ operation: O.Type, _ fields: JSONValue, in household: Household
    ) async throws -> O.Answer {
        let answer = try await household.answer(operation, OperationInput(door: .commandLine, json: fields))
        if O.signature.writes { _ = try await household.perform(RefreshTastes()) }
        return answer
    }

    /// Performs an operation that is a batch of rows.
    func perform<O: HouseholdOperation & Encodable>(_ batch: O) async throws -> O.Answer where O.Answer: Decodable {
        switch self {
        case .daemon(let client): try await client.answer(O.self, batch)
        case .local(let household, _): try await household.perform(batch)
        }
    }
}
