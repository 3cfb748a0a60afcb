public import Household
import Synchronization

/// A real store that a test can make fail.
public final class FailingStore: HouseholdStore {
    private let store: any HouseholdStore
    private let broken = Mutex(false)
    private let writeCount = Mutex(0)
    private let foreign = Mutex<(any Error)?>(nil)
    private let once = Mutex<(any Error)?>(nil)

    public init(_ store: any HouseholdStore) { self.store = store }

    /// Number of writes so far.
    public var writes: Int { writeCount.withLock { $0 } }

    /// Whether writes fail with `unavailable`, as on a full disk.
    public var isBroken: Bool {
        get { broken.withLock { $0 } }
        set { broken.withLock { $0 = newValue } }
    }

    /// An error with which all reads and writes fail; it stands for a bug.
    public var fault: (any Error)? {
        get { foreign.withLock { $0 } }
        set { foreign.withLock { $0 = newValue } }
    }

    /// Makes only the next write fail.
    public func failOnce(with error: any Error) { once.withLock { $0 = error } }

    /// Reads, also while ``isBroken`` is true.
    public func read<Value>(_ body: (any HouseholdReading) throws -> Value) throws -> Value {
        if let fault { throw fault }
        return try store.read(body)
    }

    /// Writes. A write that fails runs its transaction first, which is rolled back.
    public func write<Value>(_ body: (any HouseholdWriting) throws -> Value) throws -> Value {
        writeCount.withLock { $0 += 1 }
        return try store.write { transaction in
            let value = try body(transaction)
            if let error = once.withLock({ $0.take() }) ?? fault { throw error }
            if isBroken { throw HouseholdError(.unavailable, "The disk is full") }
            return value
        }
    }

    public func scrub() throws { try store.scrub() }

    public var copies: [String] { store.copies }

    public var bytesOnDisk: Int64 { store.bytesOnDisk }

    public var schemaVersion: Int { store.schemaVersion }
}
