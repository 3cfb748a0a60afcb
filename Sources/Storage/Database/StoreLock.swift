import Foundation
import Household

/// The lock that a process holds while it may write a store: the daemon while it runs, a command while it works.
///
/// It is an `flock` on a file beside the store. The kernel releases it when its process ends, however it ends, so it is
/// never stale. The file stays, because removing it would let two processes lock two files of one name.
public final class StoreLock: Sendable {
    /// Pause between two tries, in microseconds; `flock` itself has no timeout.
    private static let retryMicroseconds: UInt32 = 20_000

    private let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Takes the lock if no other process holds it. The folder of the store is made if it is missing, with mode 0700.
    ///
    /// - Parameter path: Path of the store. The lock is on the file `<path>.lock`.
    /// - Returns: The lock, released with its last reference; nil when another process holds it.
    /// - Throws: ``HouseholdError`` `unavailable` when the file cannot be created or locked.
    public static func tryAcquire(forStoreAt path: String) throws -> StoreLock? {
        let lock = StoreLock(descriptor: try open(forStoreAt: path))
        let (descriptor, path) = (lock.descriptor, path + ".lock")
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EWOULDBLOCK { return nil }
            guard errno == EINTR else {
                throw HouseholdError(.unavailable, "Cannot lock \(path): \(systemMessage(errno))")
            }
        }
        return lock
    }

    /// Opens the file of the lock, and makes it if need be.
    private static func open(forStoreAt store: String) throws -> Int32 {
        let path = store + ".lock"
        let made = unsafe Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if made >= 0 {
            StoreFolder.adopt(made, besideStoreAt: store, groupMode: 0)
            return made
        }
        // A disk that is full or read-only is the reason then, and not that there is no file.
        guard errno == EEXIST else {
            throw HouseholdError(.unavailable, "Cannot make \(path): \(systemMessage(errno))")
        }
        let descriptor = unsafe Foundation.open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw HouseholdError(.unavailable, "Cannot open \(path): \(systemMessage(errno))")
        }
        return descriptor
    }

    /// Takes the lock, and waits while another process holds it. Blocks the calling thread.
    ///
    /// - Parameters:
    ///   - path: Path of the store.
    ///   - timeoutS: The longest wait, in seconds.
    /// - Returns: The lock; nil after the timeout.
    /// - Throws: ``HouseholdError`` `unavailable` when the file cannot be created or locked.
    public static func acquire(forStoreAt path: String, timeoutS: Double) throws -> StoreLock? {
        let deadline = ContinuousClock.now + .seconds(timeoutS)
        while true {
            if let lock = try tryAcquire(forStoreAt: path) { return lock }
            guard ContinuousClock.now < deadline else { return nil }
            usleep(retryMicroseconds)
        }
    }
}
