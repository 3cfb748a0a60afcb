import Foundation
import Household

/// The right to write a store, held by one process at a time: the daemon for its life, a command for its duration.
///
/// It is an `flock` on a file beside the store. The kernel gives it back when its process ends, however it ends, so
/// there is never a stale one. The file stays, because removing it would let two processes lock two files of one name.
public final class StoreLock: Sendable {
    /// How long a wait sleeps between two tries, in microseconds; `flock` itself cannot wait for a limited time.
    private static let retryMicroseconds: UInt32 = 20_000

    private let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Takes the lock if nobody has it.
    ///
    /// - Parameter path: Path of the store; the lock is on the file of that name with `.lock`.
    /// - Returns: The lock, given back with its last reference; nil when another process has it.
    /// - Throws: ``HouseholdError`` `unavailable` when the file cannot be made.
    public static func tryAcquire(forStoreAt path: String) throws -> StoreLock? {
        let path = path + ".lock"
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw HouseholdError(.unavailable, "Cannot open \(path): \(systemMessage(errno))")
        }
        let lock = StoreLock(descriptor: descriptor)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EWOULDBLOCK { return nil }
            guard errno == EINTR else {
                throw HouseholdError(.unavailable, "Cannot lock \(path): \(systemMessage(errno))")
            }
        }
        return lock
    }

    /// Takes the lock, and waits for whoever has it.
    ///
    /// Blocks the calling thread.
    ///
    /// - Parameters:
    ///   - path: Path of the store.
    ///   - timeoutS: How long to wait at most, in seconds.
    /// - Returns: The lock; nil when another process kept it all the time.
    /// - Throws: ``HouseholdError`` `unavailable` when the file cannot be made.
    public static func acquire(forStoreAt path: String, timeoutS: Double) throws -> StoreLock? {
        let deadline = ContinuousClock.now + .seconds(timeoutS)
        while true {
            if let lock = try tryAcquire(forStoreAt: path) { return lock }
            guard ContinuousClock.now < deadline else { return nil }
            usleep(retryMicroseconds)
        }
    }
}
