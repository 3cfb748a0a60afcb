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
        return try store.write { store in
            var matches = ListenMatches()
            let recording = try Recording(listen, countingFor: anna, memory, &matches, in: store)
            try memory.apply(recording, of: anna, in: store)
            try memory.endBatch(of: anna, at: Example.noon, in: store)
            return recording
        }
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

    @Test("A small taste is rebuilt at once for a listen from before the week, a large one is marked as stale")
    func late() throws {
        try record("One", at: 0)
        try record("Two", at: -30 * 86_400)
        #expect(!memory.stamp.isStale)
        #expect(
            try memory.taste
                == ProfileTaste.rebuilt(from: store.read { try $0.countedPlays(owner: anna.owner, before: nil) }))
        let tracks = (0...Limits.tracksRebuiltAtOnce).map { TrackID(Int64($0) + 1_000) }
        let many = ProfileTaste(
            counters: Dictionary(uniqueKeysWithValues: tracks.map { ($0, PlayCounters(firstPlayAt: Example.noon)) })
                .merging(memory.taste.counters) { $1 }, kernels: memory.taste.kernels)
        memory.replace(by: many, stamp: memory.stamp)
        try record("Two", at: -31 * 86_400)
        #expect(memory.stamp.isStale)
        let two = try #require(try record("Two", at: 0).listen).trackID
        #expect(memory.taste.counters[TrackID(two)]?.plays == 3)
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
        let track = try #require(try record("One", at: 0).listen).trackID
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
