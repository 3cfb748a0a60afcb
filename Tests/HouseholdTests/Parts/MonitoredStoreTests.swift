import HauntTestSupport
import Testing

@testable import Household

@Suite("The monitored store alone")
struct MonitoredStoreTests {
    private let failing: FailingStore
    private let recorder = EventRecorder()
    private let clock = ManualClock()
    private let store: MonitoredStore

    init() throws {
        failing = try Example.store()
        store = MonitoredStore(failing, reportingTo: recorder) { [clock] in clock.moment }
    }

    private func write() throws { try store.write { _ in } }

    private func fail(_ message: String) throws {
        failing.failOnce(with: HouseholdError(.unavailable, message))
        #expect(throws: HouseholdError(.unavailable, message)) { try write() }
    }

    @Test("A problem is reported once however often it comes, and once that it is over")
    func reportedOnce() throws {
        try write()
        #expect(recorder.events.isEmpty)
        for _ in 0..<3 { try fail("The disk is full") }
        #expect(store.problem == "The disk is full")
        for _ in 0..<3 { try write() }
        #expect(store.problem == nil)
        #expect(recorder.storeProblems == ["The disk is full", nil])
    }

    @Test("Another problem in place of the first is reported, too")
    func otherProblem() throws {
        try fail("The disk is full")
        try fail("The disk is gone")
        try fail("The disk is full")
        #expect(recorder.storeProblems == ["The disk is full", "The disk is gone", "The disk is full"])
    }

    @Test("A read tells of a problem, but one that works does not end it: a full disk can be read")
    func reads() throws {
        #expect(throws: HouseholdError.self) {
            try store.read { _ in throw HouseholdError(.unavailable, "The disk is gone") }
        }
        #expect(store.problem == "The disk is gone")
        #expect(try store.read { try $0.trackCount() } == 0)
        #expect(store.problem == "The disk is gone")
        try write()
        #expect(store.problem == nil)
    }

    @Test("A small write, for which a full disk may have room, ends a problem only when none failed for a while")
    func littleWrites() throws {
        try fail("The disk is full")
        for _ in 0..<3 {
            clock.advance(Limits.storeCalmS / 2)
            try store.writeLittle { _ in }
            #expect(store.problem == "The disk is full")
            try fail("The disk is full")
        }
        clock.advance(Limits.storeCalmS)
        try store.writeLittle { _ in }
        #expect(store.problem == nil)
        try fail("The disk is full")
        try write()
        #expect(recorder.storeProblems == ["The disk is full", nil, "The disk is full", nil])
    }

    @Test(
        "An error that blames the input says nothing of the store, whether that works or not", arguments: [true, false])
    func blamesInput(isBroken: Bool) throws {
        if isBroken { try fail("The disk is full") }
        let error = HouseholdError.invalid("name", "No name")
        #expect(throws: error) { try store.write { _ in throw error } }
        #expect(throws: error) { try store.read { _ in throw error } }
        #expect(store.problem == (isBroken ? "The disk is full" : nil))
        #expect(recorder.events.count == (isBroken ? 1 : 0))
    }

    @Test("An error of another kind is passed on as it is, and reported in words for people")
    func foreign() throws {
        failing.fault = ForeignError()
        #expect(throws: ForeignError.self) { try write() }
        #expect(throws: ForeignError.self) { try store.read { _ in } }
        failing.fault = nil
        try write()
        #expect(recorder.storeProblems == ["The store cannot be written", nil])
        #expect(store.schemaVersion == failing.schemaVersion)
        #expect(store.bytesOnDisk == failing.bytesOnDisk)
    }
}
