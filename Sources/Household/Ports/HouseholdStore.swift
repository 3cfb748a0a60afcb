/// The household's memory: the one truth, from which every taste can be built again.
///
/// Each closure is one transaction. It runs on the calling thread, and what it throws undoes all that it wrote.
public protocol HouseholdStore: Sendable {
    /// Runs a transaction that only reads.
    func read<Value>(_ body: (any HouseholdReading) throws -> Value) throws -> Value
    /// Runs a transaction that may write; it is on disk when this returns.
    func write<Value>(_ body: (any HouseholdWriting) throws -> Value) throws -> Value
    /// Bytes the store takes on disk.
    var bytesOnDisk: Int64 { get }
    /// Number of the newest migration that was run.
    var schemaVersion: Int { get }
}

/// What can be asked of the store within a transaction.
public typealias HouseholdReading = CatalogReading & CorrectionReading & FeedbackReading & ListenReading
    & PlaylistReading & ProfileReading & RejectedReading & SpeakerReading & TasteReading & TokenReading

/// What can be changed in the store within a transaction.
public typealias HouseholdWriting = CatalogWriting & CorrectionWriting & FeedbackWriting & HouseholdReading
    & ListenWriting & PlaylistWriting & ProfileWriting & RejectedWriting & SpeakerWriting & TasteWriting
    & TokenWriting
