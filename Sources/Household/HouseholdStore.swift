import Synchronization

/// The household's store: the one truth, from which every taste can be rebuilt.
///
/// Each closure is one transaction. It runs on the calling thread, and what it throws undoes all that it wrote.
public protocol HouseholdStore: Sendable {
    /// Runs a transaction that only reads.
    func read<Value>(_ body: (any HouseholdReading) throws -> Value) throws -> Value
    /// Runs a transaction that may write; it is on disk when this returns.
    func write<Value>(_ body: (any HouseholdWriting) throws -> Value) throws -> Value
    /// Bytes that the store takes on disk.
    var bytesOnDisk: Int64 { get }
    /// Number of the newest migration that was run.
    var schemaVersion: Int { get }
}

/// What can be read within a transaction.
public typealias HouseholdReading = CatalogReading & CheckpointReading & CorrectionReading & FeedbackReading
    & ListenReading & ListenerReading & PlaylistReading & ProfileReading & RejectedReading & SpeakerReading
    & TasteReading

/// What can be changed within a transaction.
public typealias HouseholdWriting = CatalogWriting & CheckpointWriting & CorrectionWriting & FeedbackWriting
    & HouseholdReading & ListenWriting & ListenerWriting & PlaylistWriting & ProfileWriting & RejectedWriting
    & SpeakerWriting & TasteWriting

extension RawRepresentable<String> {
    /// The word that JSON and the store have for this case of a closed list.
    public var word: String { rawValue }
}

/// A store that knows whether it works: every transaction of the house goes through it.
///
/// ## Concurrency model
/// The problem is in a mutex. The observer is told outside of it, on the thread of the transaction.
final class MonitoredStore: HouseholdStore {
    private let store: any HouseholdStore
    private let observer: any HouseholdObserver
    private let current = Mutex<String?>(nil)

    init(_ store: any HouseholdStore, reportingTo observer: any HouseholdObserver) {
        self.store = store
        self.observer = observer
    }

    /// What is wrong with the store; nil when the last transaction that said something about it succeeded.
    var problem: String? { current.withLock { $0 } }

    var bytesOnDisk: Int64 { store.bytesOnDisk }
    var schemaVersion: Int { store.schemaVersion }

    func read<Value>(_ body: (any HouseholdReading) throws -> Value) throws -> Value {
        do {
            return try store.read(body)
        } catch {
            takeNote(of: error)
            throw error
        }
    }

    func write<Value>(_ body: (any HouseholdWriting) throws -> Value) throws -> Value {
        do {
            let value = try store.write(body)
            set(nil)
            return value
        } catch {
            takeNote(of: error)
            throw error
        }
    }

    /// An error that blames the input, as an operation throws it within a transaction, says nothing about the store.
    private func takeNote(of error: any Error) {
        guard let error = error as? HouseholdError else { return set("The store cannot be written") }
        if error.code == .unavailable { set(error.message) }
    }

    private func set(_ problem: String?) {
        let isNews = current.withLock { current in
            defer { current = problem }
            return current != problem
        }
        if isNews { observer.householdDid(.storeChanged(problem: problem)) }
    }
}
