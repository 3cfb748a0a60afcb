import Foundation
import GRDB
import HauntTestSupport
import Household
import Listening
import Synchronization
import Taste
import Testing

@testable import Storage

// Frequent queries must find their rows by an index and in order, so that their cost does not grow with the history.
@Suite("Plans of the hot queries")
struct QueryPlanTests {
    /// A query and its name in the output of the test.
    struct Question: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var ask: @Sendable (StoreTransaction) throws -> Void

        init(_ name: String, _ ask: @escaping @Sendable (StoreTransaction) throws -> Void) {
            testDescription = name
            self.ask = ask
        }
    }

    static let questions = [
        Question("a listen by its event") { _ = try $0.listen(eventID: "e1") },
        Question("the same listen") { store in
            _ = try store.identities(of: 1, beganIn: Sample.time...Sample.time, nearest: Sample.time)
        },
        Question("a removed listen") { store in
            let mark = RemovedListen.Mark(
                eventHash: 1, spanHash: 2, startMs: 3, speakerHash: nil, ownerHash: nil, isToTheMinute: false)
            _ = try store.removedListens(like: mark)
        },
        Question("all of a track's plays") { _ = try $0.countedPlays(owner: .profile(1), trackID: 1) },
        Question("all of a profile's plays") { _ = try $0.countedPlays(owner: .profile(1), before: nil) },
        Question("all of nobody's plays") { _ = try $0.countedPlays(owner: .nobody, before: Sample.time) },
        Question("a profile's counts") { _ = try $0.listenStats(owner: .profile(1)) },
        Question("a track by its names and its uri") { _ = try $0.trackID(of: Sample.media(uri: "library://1")) },
        Question("a new listen") { try $0.record(Sample.listen("e1", Sample.media(uri: "library://1"))) },
        Question("the newest listens") { _ = try $0.listens(ListenSelection(), limit: 10, after: nil) },
        Question("the next page") {
            _ = try $0.listens(ListenSelection(), limit: 10, after: ListenCursor(startedAt: Sample.time, id: 5))
        },
        Question("a profile's newest listens") {
            _ = try $0.listens(ListenSelection(owner: .profile(1)), limit: 10, after: nil)
        },
        Question("tracks a profile heard lately") {
            _ = try $0.lastStarts(heardIn: ListenSelection(since: Sample.time, owner: .profile(1)))
        },
        Question("tracks a speaker played lately") {
            _ = try $0.lastStarts(heardIn: ListenSelection(speakerName: "a", since: Sample.time))
        },
        Question("tracks listed lately") { _ = try $0.listings(limit: 10) },
        Question("a speaker's last playlist") { _ = try $0.lastPlaylist(onSpeaker: "a") },
        Question("a playlist") { _ = try $0.playlist("p1") },
        Question("tracks by id") { _ = try $0.tracks([1, 2, 3]) },
        Question("a track's counters") { try $0.saveTasteTracks([Sample.tasteTrack(1)], profile: 1) },
        Question("a taste") { _ = try $0.taste(ofProfile: 1) },
        Question("what a profile said") { _ = try $0.feedback(ofProfile: 1) },
        Question("feedback") { _ = try $0.feedback(1) },
        Question("a correction") { _ = try $0.correction(undoID: "u1") },
        Question("corrections too old to undo") { try $0.forgetCorrections(before: Sample.time) },
        Question("undoing a correction") {
            _ = try $0.correction(afterSameListensAs: 1)
            _ = try $0.owners(ofCorrection: 1)
            _ = try $0.restoreListens(ofCorrection: 1)
        },
        Question("demo tracks") { try $0.removeUnplayedDemoTracks() },
    ]

    @Test("No hot query scans a table or sorts", arguments: questions)
    func plan(question: Question) throws {
        let statements = Statements()
        let queue = try #require(try HouseholdDatabase.inMemory().connections as? DatabaseQueue)
        try queue.write { database in
            try StoreTransaction(database: database).record(Sample.listen("e0"))
            database.trace { statements.append($0.expandedDescription) }
            try question.ask(StoreTransaction(database: database))
            database.trace(options: [])
            for sql in statements.all {
                let steps = try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
                let slow = steps.filter { $0.contains("TEMP B-TREE FOR ORDER") || Self.isWholeTable($0) }
                #expect(slow.isEmpty, "\(sql)")
            }
        }
        #expect(!statements.all.isEmpty)
    }

    /// Whether a step scans a table. Reading an index in order under a limit does not count.
    private static func isWholeTable(_ step: String) -> Bool {
        step.hasPrefix("SCAN") && !step.contains("USING") && !step.contains("json_each")
    }

    private final class Statements: Sendable {
        private let statements = Mutex<[String]>([])

        var all: [String] { statements.withLock { $0 } }

        func append(_ sql: String) { statements.withLock { $0.append(sql) } }
    }
}
