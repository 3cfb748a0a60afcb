import Listening
import Synchronization

/// The household's store: the one truth, from which every taste can be rebuilt.
///
/// Each closure is one transaction. It runs on the calling thread, and what it throws undoes all that it wrote.
public protocol HouseholdStore: Sendable {
    /// Runs a transaction that only reads.
    func read<Value>(_ body: (any HouseholdReading) throws -> Value) throws -> Value
    /// Runs a transaction that may write; it is on disk when this returns.
    func write<Value>(_ body: (any HouseholdWriting) throws -> Value) throws -> Value
    /// Overwrites what deleted rows left behind on disk.
    func scrub() throws
    /// Names of files beside the store that hold an older copy of it.
    var copies: [String] { get }
    /// Bytes that the store takes on disk.
    var bytesOnDisk: Int64 { get }
    /// Number of the newest migration that was run.
    var schemaVersion: Int { get }
}

// A store without a file has nothing to overwrite and no copies.
extension HouseholdStore {
    /// Does nothing.
    public func scrub() throws {}
    /// None.
    public var copies: [String] { [] }
}

/// What can be read within a transaction.
public typealias HouseholdReading = CatalogReading & CheckpointReading & CorrectionReading & FeedbackReading
    & LibraryReading & ListenReading & ListenerReading & PlaylistReading & ProfileReading & RejectedReading
    & RemovedListenReading
    & SpeakerReading & TasteReading & VisitorReading

/// What can be changed within a transaction.
public typealias HouseholdWriting = CatalogWriting & CheckpointWriting & CorrectionWriting & FeedbackWriting
    & HouseholdReading & LibraryWriting & ListenWriting & ListenerWriting & PlaylistWriting & ProfileWriting
    & RejectedWriting
    & RemovedListenWriting & SpeakerWriting & TasteWriting & VisitorWriting

extension RawRepresentable<String> {
    /// The word that JSON and the store have for this case of a closed list.
    public var word: String { rawValue }
}

/// A store that knows whether it works: every transaction of the house goes through it.
///
/// ## Concurrency model
/// The problem is in a mutex. The observer is called outside of it, on the thread of the transaction.
final class MonitoredStore: HouseholdStore {
    private struct State {
        var problem: String?
        /// When a transaction failed last, in seconds of the clock that is never set.
        var failedAtS = -Double.infinity
    }

    private let store: any HouseholdStore
    private let observer: any HouseholdObserver
    private let clock: @Sendable () -> Moment
    private let state = Mutex(State())

    init(
        _ store: any HouseholdStore, reportingTo observer: any HouseholdObserver,
        clock: @escaping @Sendable () -> Moment
    ) {
        self.store = store
        self.observer = observer
        self.clock = clock
    }

    /// What is wrong with the store; nil when the last transaction that said something about it succeeded.
    var problem: String? { state.withLock { $0.problem } }

    var copies: [String] { store.copies }
    var bytesOnDisk: Int64 { store.bytesOnDisk }
    var schemaVersion: Int { store.schemaVersion }

    func read<Value>(_ body: (any HouseholdReading) throws -> Value) throws -> Value {
        do {
            return try store.read(body)
        } catch {
            noteFailure(error)
            throw error
        }
    }

    func write<Value>(_ body: (any HouseholdWriting) throws -> Value) throws -> Value {
        do {
            let value = try store.write(body)
            set(nil)
            return value
        } catch {
            noteFailure(error)
            throw error
        }
    }

    func scrub() throws {
        do {
            try store.scrub()
        } catch {
            noteFailure(error)
            throw error
        }
    }

    /// Runs a write that takes little room, such as that of a checkpoint.
    ///
    /// On a full disk it may succeed while every larger one fails. So it ends a problem only when no transaction has
    /// failed for ``Limits/storeCalmS``.
    func writeLittle(_ body: (any HouseholdWriting) throws -> Void) throws {
        do {
            try store.write(body)
        } catch {
            noteFailure(error)
            throw error
        }
        let calmS = clock().uptimeS - state.withLock { $0.failedAtS }
        if calmS >= Limits.storeCalmS { set(nil) }
    }

    /// An error that blames the input, as an operation throws it within a transaction, says nothing about the store.
    private func noteFailure(_ error: any Error) {
        guard let error = error as? HouseholdError else { return set("The store cannot be written") }
        if error.code == .unavailable { set(error.message) }
    }

    private func set(_ problem: String?) {
        let isNews = state.withLock { state in
            defer { state.problem = problem }
            if problem != nil { state.failedAtS = clock().uptimeS }
            return state.problem != problem
        }
        if isNews { observer.householdDid(.storeChanged(problem: problem)) }
    }
}

/// The id of a stored row of one kind, so that the id of a track is never taken for that of a profile.
public struct RowID<Row>: Hashable, Comparable, Sendable {
    /// The integer in the store.
    public let rawValue: Int64

    /// Wraps an integer that came from the store or from a request.
    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// Rows are numbered in the order in which they were stored.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension RowID: CustomStringConvertible {
    /// The digits.
    public var description: String { "\(rawValue)" }
}

extension RowID: Codable {
    /// Reads a JSON integer.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    /// Writes a JSON integer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
