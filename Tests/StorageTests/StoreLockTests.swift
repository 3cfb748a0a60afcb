import HauntTestSupport
import Household
import Storage
import Testing

@Suite("The lock on a store")
struct StoreLockTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var path: String { directory.path("house.db") }

    @Test("One process holds the lock at a time, and releases it with the last reference")
    func exclusive() throws {
        var lock = try StoreLock.tryAcquire(forStoreAt: path)
        #expect(lock != nil)
        #expect(try StoreLock.tryAcquire(forStoreAt: path) == nil)
        #expect(try StoreLock.acquire(forStoreAt: path, timeoutS: 0) == nil)
        lock = nil
        #expect(try StoreLock.tryAcquire(forStoreAt: path) != nil)
    }

    @Test("A process that waits for the lock gets it when it is released")
    func waits() async throws {
        var lock = try StoreLock.tryAcquire(forStoreAt: path)
        #expect(lock != nil)
        let waiting = Task.detached { [path] in try StoreLock.acquire(forStoreAt: path, timeoutS: 30) != nil }
        lock = nil
        #expect(try await waiting.value)
    }

    @Test("A missing directory is reported")
    func noDirectory() throws {
        let error = #expect(throws: HouseholdError.self) {
            try StoreLock.tryAcquire(forStoreAt: directory.path("no/such/house.db"))
        }
        #expect(error?.code == .unavailable)
    }
}
