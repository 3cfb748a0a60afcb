import Foundation
import GRDB
import HauntTestSupport
import Household
import Storage
import Taste
import Testing

@Suite("Corrections, feedback and tokens in the store")
struct CorrectionTests {
    let store: HouseholdDatabase

    init() throws { store = try .inMemory() }

    private func listens(_ owner: Owner? = nil) throws -> [Listen] {
        try store.read { try $0.listens(ListenSelection(owner: owner), limit: 100, after: nil) }
    }

    @Test("A correction changes the selected listens, and its undo restores every column")
    func columns() throws {
        let (anna, ben) = try store.write { (try $0.addProfile("anna"), try $0.addProfile("ben")) }
        try store.write { store in
            for (number, owner) in [anna.owner, anna.owner, ben.owner, .nobody].enumerated() {
                let media = Sample.media("Song \(number)", uri: "library://track/\(number)")
                try store.record(Sample.listen("e\(number)", media, after: Double(number), owner: owner))
            }
        }
        let before = try listens()
        let selection = ListenSelection(until: Sample.time.addingTimeInterval(3), otherThan: ben.owner)
        #expect(try store.read { try $0.listenCounts(selection) } == [anna.owner: 2])
        for isRemoval in [false, true] {
            let id = try store.write { store in
                let id = try store.beginCorrection(undoID: "u\(isRemoval)", at: Sample.time, of: selection)
                if isRemoval { try store.removeListens(ofCorrection: id) }
                if !isRemoval { try store.reassignListens(ofCorrection: id, to: .nobody, rule: .payload) }
                return id
            }
            #expect(try listens(ben.owner).map(\.event.eventID) == ["e2"])
            #expect(try listens(anna.owner).isEmpty)
            #expect(try listens(.nobody).count == (isRemoval ? 1 : 3))
            try store.write { store in
                #expect(try store.restoreListens(ofCorrection: id) == [anna.owner: 2])
                try store.endCorrection(id, at: Sample.time)
            }
            #expect(try listens() == before)
        }
    }

    @Test("The id of a removed listen is not reused, so that the removal can be undone")
    func ids() throws {
        let correction = try store.write { store in
            for number in 0..<3 { try store.record(Sample.listen("e\(number)", after: Double(number) * 100)) }
            let last = ListenSelection(since: Sample.time.addingTimeInterval(200))
            let id = try store.beginCorrection(undoID: "u", at: Sample.time, of: last)
            try store.removeListens(ofCorrection: id)
            try store.record(Sample.listen("new", after: 900))
            _ = try store.importListen(Sample.listen("newer", after: 990), trackID: 1)
            return id
        }
        let restored = try store.write { try $0.restoreListens(ofCorrection: correction) }
        #expect(restored == [.nobody: 1])
        #expect(try listens().map(\.event.eventID) == ["newer", "new", "e2", "e1", "e0"])
        #expect(try listens().map(\.id) == [5, 4, 3, 2, 1])
    }

    @Test("A purge removes the listens from every table")
    func purge() throws {
        try store.write { store in
            try store.record(Sample.listen("e1"))
            let first = try store.beginCorrection(undoID: "u1", at: Sample.time, of: ListenSelection())
            try store.reassignListens(ofCorrection: first, to: .nobody, rule: .payload)
            let second = try store.beginCorrection(undoID: "u2", at: Sample.time, of: ListenSelection())
            try store.removeListens(ofCorrection: second)
            try store.purgeCorrection(second)
            #expect(try store.correction(undoID: "u2") == nil)
            #expect(try store.correction(undoID: "u1") != nil)
            #expect(try store.restoreListens(ofCorrection: first).isEmpty)
        }
        #expect(try listens().isEmpty)
    }

    @Test("Demo tracks of removed listens and of feedback are kept, because an undo needs them")
    func demoTracks() throws {
        try store.write { store in
            _ = try store.importTracks(
                (0..<3).map { TrackDetails(artist: "Some Band", title: "Song \($0)") }, isDemo: true, hasMore: false)
            try store.record(Sample.listen("e0", Sample.media("Song 0")))
            let id = try store.beginCorrection(undoID: "u", at: Sample.time, of: ListenSelection())
            try store.removeListens(ofCorrection: id)
            let track = try #require(try store.trackID(of: Sample.media("Song 1")))
            _ = try store.saveFeedback(
                NewFeedback(profileID: 1, trackID: track, verdict: .like, givenAt: Sample.time, speakerName: nil))
            try store.removeUnplayedDemoTracks()
            #expect(try store.trackCount() == 2)
            #expect(try store.restoreListens(ofCorrection: id) == [.nobody: 1])
        }
    }

    @Test("Feedback and token of a removed profile return with the undo, and are deleted when it expires")
    func removedProfile() throws {
        let anna = try store.write { store in
            let anna = try store.addProfile("anna")
            let track = try #require(try store.addTracks(1).first).id
            _ = try store.saveFeedback(
                NewFeedback(profileID: anna.id, trackID: track, verdict: .like, givenAt: Sample.time, speakerName: nil))
            try store.saveTokenHash(Data([1, 2]), ofProfile: anna.id, at: Sample.time)
            return anna
        }
        let counts = {
            try store.read { (try $0.feedback(ofProfile: nil, limit: 9, below: nil).count, try $0.tokenHashes().count) }
        }
        let correction = try store.write { store in
            try store.removeProfile(anna)
            return try #require(try store.correction(undoID: "u\(anna.id)"))
        }
        #expect(correction.removedProfile == anna)
        #expect(try counts() == (0, 0))
        try store.write { try $0.restoreProfile(ofCorrection: correction.id) }
        try store.write { try $0.endCorrection(correction.id, at: Sample.time) }
        #expect(try counts() == (1, 1))
        #expect(try store.read { try $0.profiles() }.first == anna)
        try store.write { store in
            let again = try store.beginCorrection(
                undoID: "again", at: Sample.time, of: ListenSelection(owner: anna.owner))
            try store.removeProfile(anna, ofCorrection: again)
            try store.forgetCorrections(before: Sample.time.addingTimeInterval(1))
            #expect(try store.correction(undoID: "again") == nil)
            #expect(try store.feedback(ofProfile: anna.id).isEmpty)
        }
    }

    @Test("The same verdict on the same track is stored once, under its first id")
    func feedbackOnce() throws {
        try store.write { store in
            let track = try #require(try store.addTracks(1).first).id
            let say = { (verdict: Verdict, seconds: Double) in
                try store.saveFeedback(
                    NewFeedback(
                        profileID: 1, trackID: track, verdict: verdict,
                        givenAt: Sample.time.addingTimeInterval(seconds), speakerName: nil))
            }
            let first = try say(.snooze, 0)
            #expect(try say(.like, 1) != first)
            #expect(try say(.snooze, 2) == first)
            #expect(try store.feedback(ofProfile: 1).map(\.given.verdict) == [.like, .snooze])
            #expect(try store.feedback(ofProfile: 1).last?.given.givenAt == Sample.time.addingTimeInterval(2))
        }
    }
}
