public import Household
import Synchronization

/// A store whose disk a test can fill up, and that can fail in ways nobody foresaw.
public final class FailingStore: HouseholdStore {
    private let store: any HouseholdStore
    private let broken = Mutex(false)
    private let foreign = Mutex<(any Error)?>(nil)
    private let once = Mutex<(any Error)?>(nil)

    /// Wraps a real store.
    public init(_ store: any HouseholdStore) { self.store = store }

    /// Whether writing fails.
    public var isBroken: Bool {
        get { broken.withLock { $0 } }
        set { broken.withLock { $0 = newValue } }
    }

    /// What everything fails with that is none of our errors.
    public var fault: (any Error)? {
        get { foreign.withLock { $0 } }
        set { foreign.withLock { $0 = newValue } }
    }

    /// Has the next write fail, and that alone.
    public func failOnce(with error: any Error) { once.withLock { $0 = error } }

    /// Reads, however full the disk is.
    public func read<Value>(_ body: (any HouseholdReading) throws -> Value) throws -> Value {
        if let fault { throw fault }
        return try store.read(body)
    }

    /// Writes, unless the disk is full; then the transaction runs and is undone.
    public func write<Value>(_ body: (any HouseholdWriting) throws -> Value) throws -> Value {
        try store.write { transaction in
            let value = try body(transaction)
            if let error = once.withLock({ $0.take() }) ?? fault { throw error }
            if isBroken { throw HouseholdError(.unavailable, "The disk is full") }
            return value
        }
    }

    /// Bytes of the real store.
    public var bytesOnDisk: Int64 { store.bytesOnDisk }

    /// Schema of the real store.
    public var schemaVersion: Int { store.schemaVersion }
}
