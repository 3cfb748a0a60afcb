import Foundation
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
    /// - Throws: ``Failure`` with code 75 when another process holds the store and does not answer on its socket.
    static func open(_ configuration: HauntConfiguration, writes: Bool) async throws -> HouseholdConnection {
        let path = configuration.store.path
        if !writes, !FileManager.default.fileExists(atPath: path) {
            throw Failure(code: .noInput, message: "There is no store at \(path) yet; 'haunt serve' makes it")
        }
        let deadline = ContinuousClock.now + .seconds(timeoutS)
        repeat {
            if let client = try await ControlClient.connect(toStore: path) { return .daemon(client) }
            if !writes, let store = try? HouseholdDatabase.readOnly(path: path) {
                return .local(try Household(store: store, settings: configuration.household.withoutSeeds), nil)
            }
            if let lock = try StoreLock.acquire(forStoreAt: path, timeoutS: lockTimeoutS) {
                let store = try HouseholdDatabase(path: path)
                return .local(try Household(store: store, settings: configuration.household), lock)
            }
        } while .now < deadline
        throw Failure(
            code: .temporary,
            message: "Another haunt holds \(path) and does not answer on its socket; try again, or stop it first")
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
