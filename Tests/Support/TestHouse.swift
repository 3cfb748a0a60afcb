public import Foundation
public import Household
import Listening
import Storage
public import Wire

/// A house for tests: a real store, a clock that tests move, and a record of what happened.
public struct TestHouse: Sendable {
    /// The house.
    public let household: Household
    /// Its memory.
    public let store: any HouseholdStore
    /// Its clock.
    public let clock: ManualClock
    /// What happened in it.
    public let recorder: EventRecorder

    /// Moves in.
    ///
    /// - Parameters:
    ///   - settings: What the configuration would say.
    ///   - store: A store; a new one in memory when nil.
    ///   - clock: A clock.
    /// - Throws: What the store throws.
    public init(
        settings: HouseholdSettings = HouseholdSettings(), store: (any HouseholdStore)? = nil,
        clock: ManualClock = ManualClock()
    ) throws {
        let store = try store ?? HouseholdDatabase.inMemory()
        let recorder = EventRecorder()
        self.store = store
        self.clock = clock
        self.recorder = recorder
        household = try Household(store: store, settings: settings, observer: recorder, clock: { clock.moment })
    }

    /// A house with a speaker for each profile: `anna` in the study, `ben` in the kitchen, and nobody's living room.
    public static func withTwoPeople(
        store: (any HouseholdStore)? = nil, clock: ManualClock = ManualClock()
    ) throws -> TestHouse {
        var settings = HouseholdSettings()
        settings.speakers = [
            "media_player.study": "anna", "media_player.kitchen": "ben", "media_player.living_room": nil,
        ]
        return try TestHouse(settings: settings, store: store, clock: clock)
    }

    /// Hands in a listen as JSON.
    @discardableResult
    public func listen(_ json: String) async throws -> ListenReceipt {
        try await household.ask(AddListen.self, json)
    }

    /// The stored taste of a profile as bytes, for comparing.
    public func tasteBytes(of name: String) throws -> Data {
        try store.read { store in
            guard let profile = try store.profiles().first(where: { $0.name == name }) else { return Data() }
            return try store.taste(ofProfile: profile.id).bytes
        }
    }

    /// All stored listens, the oldest first.
    public func listens() throws -> [Listen] {
        try store.read { store in
            var all: [Listen] = []
            try store.forEachListen(ListenSelection()) { all.append($0) }
            return all
        }
    }
}

extension Household {
    /// Asks for an operation as a front door does.
    ///
    /// - Parameters:
    ///   - operation: Which.
    ///   - json: Its input.
    ///   - topic: The topic level of the speaker on whose own topic it is asked.
    /// - Returns: Its answer.
    /// - Throws: ``HouseholdError``.
    public func ask<O: HouseholdOperation>(
        _ operation: O.Type, _ json: String = "{}", on topic: String? = nil
    ) async throws -> O.Answer {
        let door: FrontDoor = topic == nil ? .http : .mqtt
        return try await answer(operation, OperationInput(door: door, payload: Array(json.utf8), speakerTopic: topic))
    }
}

extension TestHouse {
    /// Asks for an operation by its name, as a front door does, and reads the answer as clients do.
    public func perform(_ name: String, _ json: String, door: FrontDoor = .http) async throws -> JSONValue {
        try await answer(Operations.named(name, on: door), OperationInput(door: door, payload: Array(json.utf8)))
    }

    private func answer<O: HouseholdOperation>(_ operation: O.Type, _ input: OperationInput) async throws -> JSONValue {
        try await WireJSON.decode(WireJSON.encode(household.answer(operation, input)))
    }
}
