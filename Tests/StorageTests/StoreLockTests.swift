import HauntTestSupport
import Household
import Storage
import Testing

@Suite("The lock on a store")
struct StoreLockTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var path: String { directory.path("house.db") }

    @Test("One holds it at a time, and gives it back with the last reference")
    func exclusive() throws {
        var lock = try StoreLock.tryAcquire(forStoreAt: path)
        #expect(lock != nil)
        #expect(try StoreLock.tryAcquire(forStoreAt: path) == nil)
        #expect(try StoreLock.acquire(forStoreAt: path, timeoutS: 0) == nil)
        lock = nil
        #expect(try StoreLock.tryAcquire(forStoreAt: path) != nil)
    }

    @Test("Who waits gets it once it is given back")
    func waits() async throws {
        var lock = try StoreLock.tryAcquire(forStoreAt: path)
        #expect(lock != nil)
        let waiting = Task.detached { [path] in try StoreLock.acquire(forStoreAt: path, timeoutS: 30) != nil }
        lock = nil
        #expect(try await waiting.value)
    }

    @Test("A directory that is not there is said to be the problem")
    func noDirectory() throws {
        let error = #expect(throws: HouseholdError.self) {
            try StoreLock.tryAcquire(forStoreAt: directory.path("no/such/house.db"))
        }
        #expect(error?.code == .unavailable)
    }
}
