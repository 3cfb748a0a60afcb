import Foundation
import HauntTestSupport
import Listening
import Taste
import Testing

@testable import Household

@Suite("What is in memory of a profile, alone")
struct ProfileMemoryTests {
    private let store: FailingStore
    private let anna: Profile
    private let memory: ProfileMemory

    init() throws {
        let (store, anna) = try Example.storeWithAnna()
        (self.store, self.anna) = (store, anna)
        memory = try store.read { try ProfileMemory(of: anna, in: $0) }
    }

    /// Stores a listen of Anna, as the household does, and takes it in.
    @discardableResult
    private func record(_ title: String, at seconds: Double, _ outcome: ListenOutcome = .completed) throws -> Recording
    {
        let listen = NewListen(
            eventID: "\(title) \(seconds)", media: HeardMedia(title: title, artist: "Artist"),
            startedAt: Example.noon.addingTimeInterval(seconds), playedS: outcome == .skipped ? 5 : 200,
            outcome: outcome, speakerName: nil, owner: anna.owner, rule: .payload, source: "test")
        let recording = try store.write { store in
            try Recording(listen, countingFor: anna, memory, at: Example.noon, in: store)
        }
        memory.apply(recording)
        return recording
    }

    /// The same as it is stored.
    private func fresh() throws -> ProfileMemory { try store.read { try ProfileMemory(of: anna, in: $0) } }

    @Test("After listens in order, late and skipped it is as a fresh read of the store")
    func asStored() throws {
        try record("One", at: 0)
        try record("Two", at: 400)
        try record("One", at: 200)
        try record("Three", at: 600, .skipped)
        let stored = try fresh()
        #expect(memory.taste == stored.taste)
        #expect(memory.stats == stored.stats)
        #expect(memory.stamp == stored.stamp)
        #expect(memory.stats.eventCount == 3)
        #expect(memory.stats.lastListen == Example.noon.addingTimeInterval(400))
    }

    @Test("A listen whose transaction fails changes nothing in memory, and the same listen can be stored later")
    func rolledBack() throws {
        try record("One", at: 0)
        let before = (memory.taste, memory.stats, memory.stamp)
        store.isBroken = true
        #expect(throws: HouseholdError.self) { try record("Two", at: 400) }
        #expect(memory.taste == before.0)
        #expect(memory.stats == before.1)
        #expect(memory.stamp == before.2)
        store.isBroken = false
        try record("Two", at: 400)
        #expect(memory.stamp.version == before.2.version + 1)
        #expect(try memory.taste == fresh().taste)
    }

    @Test("A summary is outdated until one of the present version is kept, and is news only when it differs")
    func summary() throws {
        let empty = CatalogIndex.Builder().build().summary(of: memory.taste, now: Example.noon)
        #expect(memory.isSummaryOutdated)
        #expect(memory.keep(empty, ofVersion: 0))
        #expect(!memory.isSummaryOutdated)
        let track = try #require(try record("One", at: 0).addedTrack)
        #expect(memory.isSummaryOutdated)
        #expect(!memory.keep(empty, ofVersion: 0))
        #expect(memory.isSummaryOutdated)
        var builder = CatalogIndex.Builder()
        builder.add(TrackDescription(track))
        let summary = builder.build().summary(of: memory.taste, now: Example.noon)
        #expect(memory.keep(summary, ofVersion: memory.stamp.version))
        #expect(!memory.keep(summary, ofVersion: memory.stamp.version))
        #expect(!memory.isSummaryOutdated)
        #expect(memory.summary?.topArtists == ["Artist"])
    }

    @Test("Verdicts are as they were read until they are read again, and stay when that fails")
    func verdicts() throws {
        let track = try record("One", at: 0).listen.trackID
        let feedback = NewFeedback(
            profileID: anna.id, trackID: track, verdict: .like, givenAt: Example.noon, speakerName: nil)
        _ = try store.write { try $0.saveFeedback(feedback) }
        #expect(memory.verdicts.isEmpty)
        store.fault = ForeignError()
        #expect(throws: ForeignError.self) { try memory.refreshVerdicts(ofProfile: anna.id, in: store) }
        #expect(memory.verdicts.isEmpty)
        store.fault = nil
        try memory.refreshVerdicts(ofProfile: anna.id, in: store)
        #expect(memory.verdicts.count == 1)
    }
}
