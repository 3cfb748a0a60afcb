import Foundation
import Household
import Storage
import Wire

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
                return .local(try Household(store: store, settings: configuration.household.withoutSeeds), nil)
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

    /// Performs an operation.
    ///
    /// - Parameters:
    ///   - operation: Which.
    ///   - fields: Its input.
    /// - Returns: Its answer.
    /// - Throws: ``HouseholdError``, or ``Failure`` when the daemon went away.
    func answer<O: HouseholdOperation>(
        _ operation: O.Type, _ fields: JSONValue
    ) async throws -> O.Answer where O.Answer: Decodable {
        switch self {
        case .daemon(let client): try await client.answer(operation, fields)
        case .local(let household, _):
            try await household.answer(operation, OperationInput(door: .commandLine, json: fields))
        }
    }

    /// Performs an operation that is a batch of rows.
    func perform<O: HouseholdOperation & Encodable>(_ batch: O) async throws -> O.Answer where O.Answer: Decodable {
        switch self {
        case .daemon(let client): try await client.answer(O.self, batch)
        case .local(let household, _): try await household.perform(batch)
        }
    }
}
