public import Foundation
public import Household
public import Listening
import Storage
import Synchronization
public import Taste
public import Wire

/// A household for tests, with a real store, a clock that tests move, and a record of its events.
public struct TestHouse: Sendable {
    public let household: Household
    public let store: any HouseholdStore
    public let clock: ManualClock
    /// The events that the household reported.
    public let recorder: EventRecorder

    /// Opens a household.
    ///
    /// - Parameters:
    ///   - settings: The configuration.
    ///   - store: The store; nil creates one in memory.
    ///   - clock: The clock.
    ///   - observer: Told of every event, besides the recorder.
    ///   - connectSound: Makes the search by sound of a library.
    /// - Throws: What the store throws.
    public init(
        settings: HouseholdSettings = HouseholdSettings(), store: (any HouseholdStore)? = nil,
        clock: ManualClock = ManualClock(), observer: any HouseholdObserver = NullObserver(),
        connectSound: SoundConnecting? = nil
    ) throws {
        let store = try store ?? HouseholdDatabase.inMemory()
        let recorder = EventRecorder()
        self.store = store
        self.clock = clock
        self.recorder = recorder
        household = try Household(
            store: store, settings: settings, observer: HouseholdObservers(recorder, observer),
            connectSound: connectSound, clock: { clock.moment })
    }

    /// A household in which the study's speaker is mapped to `anna`, the kitchen's to `ben`, the living room's to nobody.
    public static func withTwoPeople(
        store: (any HouseholdStore)? = nil, clock: ManualClock = ManualClock(),
        observer: any HouseholdObserver = NullObserver(), libraries: [LibrarySettings] = []
    ) throws -> TestHouse {
        var settings = HouseholdSettings()
        settings.speakers = [
            "media_player.study": "anna", "media_player.kitchen": "ben", "media_player.living_room": nil,
        ]
        settings.libraries = libraries
        return try TestHouse(settings: settings, store: store, clock: clock, observer: observer)
    }

    /// Adds a profile to a store that no household uses, also one with a name that was allowed once.
    public static func addProfile(_ name: String, toStoreAt path: String) throws {
        let store = try HouseholdDatabase(path: path)
        try store.write { _ = try $0.insertProfile(name: name, displayName: name, createdAt: Date()) }
        try store.close()
    }

    /// Adds a listen as JSON.
    @discardableResult
    public func listen(_ json: String) async throws -> ListenReceipt {
        try await household.ask(AddListen.self, json)
    }

    /// Plays a track of 200 s on the study's speaker for 190 s, stops, and lets 30 s pass.
    public func play(_ artist: String?, _ title: String?) async {
        let (study, rules) = ("media_player.study", ListenRules(flapS: 0))
        let media = Media(title: title, artist: artist, durationS: 200)
        let start = PlayerUpdate(speakerName: study, state: .playing, media: media, at: Moment(clock.now))
        await household.observe([(start, rules)])
        clock.advance(190)
        await household.observe([(PlayerUpdate(speakerName: study, state: .off, at: Moment(clock.now)), rules)])
        clock.advance(30)
        await household.advance()
    }

    /// The stored taste of a profile as bytes. Equal tastes have equal bytes.
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
    /// Performs an operation as a front door does.
    ///
    /// - Parameters:
    ///   - operation: The type of the operation.
    ///   - json: Its input.
    ///   - topic: The topic level of the speaker on whose topic it was requested; nil for HTTP.
    /// - Returns: Its answer.
    /// - Throws: ``HouseholdError``.
    public func ask<O: HouseholdOperation>(
        _ operation: O.Type, _ json: String = "{}", on topic: String? = nil
    ) async throws -> O.Answer {
        try await answer(operation, Self.input(json, on: topic))
    }

    /// The same for an answer that is written once; its value.
    public func ask<O: HouseholdOperation, Value>(
        _ operation: O.Type, _ json: String = "{}", on topic: String? = nil
    ) async throws -> Value where O.Answer == WrittenOnce<Value> {
        try await answer(operation, Self.input(json, on: topic)).value
    }

    private static func input(_ json: String, on topic: String?) -> OperationInput {
        OperationInput(door: topic == nil ? .http : .mqtt, payload: Array(json.utf8), speakerTopic: topic)
    }
}

extension TestHouse {
    /// Performs an operation by its name, as a front door does, and decodes the answer as clients do.
    public func perform(_ name: String, _ json: String, door: FrontDoor = .http) async throws -> JSONValue {
        try await answer(Operations.named(name, on: door), OperationInput(door: door, payload: Array(json.utf8)))
    }

    private func answer<O: HouseholdOperation>(_ operation: O.Type, _ input: OperationInput) async throws -> JSONValue {
        try await WireJSON.decode(WireJSON.encode(household.answer(operation, input)))
    }
}

/// A clock that stands still until a test moves it.
public final class ManualClock: Sendable {
    private let time: Mutex<Moment>

    /// Starts at a time, by default on Sunday, 2026-11-22, at noon.
    public init(_ start: Date = Date(timeIntervalSince1970: 1_795_348_800)) { time = Mutex(Moment(start)) }

    /// The wall clock.
    public var now: Date { moment.date }

    /// The wall clock and the monotonic clock.
    public var moment: Moment { time.withLock { $0 } }

    /// Moves both clocks by some seconds.
    public func advance(_ seconds: TimeInterval) {
        time.withLock { time in
            time = Moment(date: time.date.addingTimeInterval(seconds), uptimeS: time.uptimeS + seconds)
        }
    }
}

extension ProfileTaste {
    /// The whole taste as bytes. Equal tastes have equal bytes.
    public var bytes: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            var bytes = try encoder.encode(kernels)
            for (id, counters) in counters.sorted(by: { $0.key < $1.key }) {
                let bits = (counters.values + [counters.first, counters.last].map(\.timeIntervalSince1970)).map(
                    \.bitPattern)
                bytes.append(Data("\(id):\(bits)\n".utf8))
            }
            return bytes
        }
    }
}

extension RowID: ExpressibleByIntegerLiteral {
    /// Lets tests write `1` for the first row.
    public init(integerLiteral value: Int64) { self.init(value) }
}
