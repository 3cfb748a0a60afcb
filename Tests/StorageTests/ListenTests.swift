import Foundation
import HauntTestSupport
import Household
import Storage
import Taste
import Testing

@Suite("Listens in the store")
struct ListenTests {
    let store: HouseholdDatabase

    init() throws { store = try .inMemory() }

    private func eventIDs(_ selection: ListenSelection) throws -> [String] {
        try store.read { store in
            var ids: [String] = []
            try store.forEachListen(selection) { ids.append($0.event.eventID) }
            let newestFirst = try store.listens(selection, limit: 100, after: nil).map(\.event.eventID)
            #expect(ids == newestFirst.reversed())
            return ids
        }
    }

    @Test("A listen keeps its names as received, whatever the names of its track")
    func roundTrip() throws {
        let heard = HeardMedia(
            title: "first song - remastered 2009", artist: "SOME BAND", album: "Box", uri: "http://radio/1",
            durationS: 212.25)
        let (listen, trackID) = try store.write { store in
            let anna = try store.addProfile("anna")
            let trackID = try store.findOrAddTrack(heard: Sample.media()).id
            let listen = Sample.listen("e1", heard, owner: anna.owner)
            #expect(try store.findOrAddTrack(heard: heard).id == trackID)
            _ = try store.insertListen(listen, trackID: trackID)
            return (listen, trackID)
        }
        let stored = try #require(try store.read { try $0.listen(eventID: "e1") })
        #expect(stored == Listen(id: stored.id, trackID: trackID, event: listen, profileName: "anna"))
        #expect(try store.read { try $0.listen(eventID: "e2") } == nil)
    }

    @Test("Unknown values are read as nil", arguments: ListenOutcome.allCases)
    func sparse(outcome: ListenOutcome) throws {
        let listen = Sample.listen("e1", Sample.media(artist: nil), playedS: nil, outcome: outcome, on: nil)
        try store.write { try $0.record(listen) }
        let stored = try #require(try store.read { try $0.listen(eventID: "e1") })
        #expect(stored.event == listen)
        #expect(stored.profileName == nil)
    }

    @Test("A listen with a known event id is not stored again")
    func idempotence() throws {
        let listen = Sample.listen("e1")
        try store.write { store in
            let id = try store.findOrAddTrack(heard: listen.media).id
            #expect(try store.importListen(listen, trackID: id) == 1)
            #expect(try store.importListen(Sample.listen("e1", after: 500), trackID: id) == nil)
        }
        #expect(try eventIDs(ListenSelection()) == ["e1"])
        #expect(try store.read { try $0.listen(eventID: "e1") }?.event == listen)
        let error = #expect(throws: HouseholdError.self) { try store.write { try $0.record(listen) } }
        #expect(error?.code == .internal)
    }

    @Test("Listens of a track are found by a span of time, in order of start")
    func near() throws {
        try store.write { store in
            for (number, seconds) in [0.0, 6, 300].enumerated() {
                try store.record(Sample.listen("study\(number)", after: seconds))
            }
            try store.record(Sample.listen("nowhere", after: 4, on: nil))
        }
        let find = { (span: ClosedRange<Double>) in
            try store.read { store in
                let id = try store.trackID(of: Sample.media()) ?? 0
                let times =
                    Sample.time.addingTimeInterval(
                        span.lowerBound)...Sample.time.addingTimeInterval(
                        span.upperBound)
                return try store.identities(of: id, beganIn: times, nearest: times.lowerBound).map(\.identity.eventID)
            }
        }
        #expect(try find(-10...10) == ["study0", "nowhere", "study1"])
        #expect(try find(0...4) == ["study0", "nowhere"])
        #expect(try find(4.001...300) == ["study1", "study2"])
        #expect(try find(-10 ... -0.001).isEmpty)
        let all = Date.distantPast ... .distantFuture
        #expect(try store.read { try $0.identities(of: 99, beganIn: all, nearest: Sample.time) }.isEmpty)
    }

    @Test("Of many listens of a track the nearest ones are read, so that a file that repeats one costs no square")
    func nearest() throws {
        let most = Limits.sameListens
        try store.write { store in
            for number in 0..<4 * most { try store.record(Sample.listen("e\(number)", after: Double(number))) }
        }
        let times = try store.read { store in
            try store.identities(
                of: try #require(try store.trackID(of: Sample.media())), beganIn: .distantPast ... .distantFuture,
                nearest: Sample.time.addingTimeInterval(Double(2 * most))
            ).map { $0.identity.startedAt.timeIntervalSince(Sample.time) }
        }
        #expect(times == (most + 1...3 * most).map(Double.init))
    }

    @Test("A selection requires all its conditions")
    func selection() throws {
        let anna = try store.write { store in
            let anna = try store.addProfile("anna")
            try store.record(Sample.listen("e0", after: 0))
            try store.record(Sample.listen("e1", after: 10, on: "media_player.kitchen", owner: anna.owner))
            try store.record(Sample.listen("e2", Sample.media("Other", artist: "Else"), after: 20, owner: anna.owner))
            try store.record(Sample.listen("e3", after: 20))
            return anna
        }
        #expect(try eventIDs(ListenSelection()) == ["e0", "e1", "e2", "e3"])
        #expect(try eventIDs(ListenSelection(owner: .nobody)) == ["e0", "e3"])
        #expect(try eventIDs(ListenSelection(owner: anna.owner)) == ["e1", "e2"])
        #expect(try eventIDs(ListenSelection(speakerName: "media_player.study", owner: anna.owner)) == ["e2"])
        #expect(try eventIDs(ListenSelection(artist: "the SOME band")) == ["e0", "e1", "e3"])
        let ten = Sample.time.addingTimeInterval(10)
        #expect(try eventIDs(ListenSelection(since: ten)) == ["e1", "e2", "e3"])
        #expect(try eventIDs(ListenSelection(until: ten)) == ["e0"])
        #expect(try eventIDs(ListenSelection(since: ten, until: ten.addingTimeInterval(10))) == ["e1"])
    }

    @Test("A page continues after the last one, also between listens with the same start")
    func pages() throws {
        try store.write { store in
            for number in 0..<10 { try store.record(Sample.listen("e\(number)", after: Double(number / 4))) }
        }
        var seen: [String] = []
        var cursor: ListenCursor?
        repeat {
            let page = try store.read { try $0.listens(ListenSelection(), limit: 3, after: cursor) }
            seen += page.map(\.event.eventID)
            cursor = page.last.map { ListenCursor(startedAt: $0.event.startedAt, id: $0.id) }
        } while cursor != nil
        #expect(seen == (0..<10).reversed().map { "e\($0)" })
    }

    @Test("The plays of a taste are those of its profile, in order of start and row id")
    func countedPlays() throws {
        let (anna, id) = try store.write { store in
            let anna = try store.addProfile("anna")
            try store.record(Sample.listen("late", after: 50, owner: anna.owner))
            try store.record(Sample.listen("early", after: 10, playedS: nil, owner: anna.owner))
            try store.record(
                Sample.listen("same", Sample.media("Two"), after: 10, playedS: 5, outcome: .skipped, owner: anna.owner))
            try store.record(Sample.listen("nobody's", after: 20))
            return (anna, try store.trackID(of: Sample.media()) ?? 0)
        }
        let at = { Sample.time.addingTimeInterval($0).wholeMilliseconds }
        let track = TrackID(id.rawValue)
        let early = CountedPlay(trackID: track, startedAt: at(10), heardS: nil, isCompleted: true)
        let same = CountedPlay(trackID: TrackID(id.rawValue + 1), startedAt: at(10), heardS: 5)
        let late = CountedPlay(trackID: track, startedAt: at(50), heardS: 200, isCompleted: true)
        try store.read { store in
            #expect(try store.countedPlays(owner: anna.owner, before: nil) == [early, same, late])
            #expect(try store.countedPlays(owner: anna.owner, before: at(50)) == [early, same])
            #expect(try store.countedPlays(owner: anna.owner, trackID: id) == [early, late])
            #expect(try store.countedPlays(owner: .nobody, before: nil).map(\.startedAt) == [at(20)])
            let stats = try store.listenStats(owner: anna.owner)
            #expect(stats == ListenStats(countByTrack: [id: 2], lastListen: at(50)))
            #expect(try store.listenStats(owner: .profile(99)) == ListenStats())
        }
    }

    @Test("Tracks heard since a time are selected by profile or by speaker")
    func heardSince() throws {
        let anna = try store.write { store in
            let anna = try store.addProfile("anna")
            try store.record(Sample.listen("e0", Sample.media("Old"), after: 0))
            try store.record(Sample.listen("e1", Sample.media("Anna's"), after: 10, owner: anna.owner))
            try store.record(Sample.listen("e2", Sample.media("Nobody's"), after: 10, on: nil))
            return anna
        }
        let titles = { (owner: Owner?, speaker: String?) in
            try store.read { store in
                let since = Sample.time.addingTimeInterval(10)
                let starts = try store.lastStarts(
                    heardIn: ListenSelection(speakerName: speaker, since: since, owner: owner))
                #expect(starts.values.allSatisfy { $0 == since })
                return try store.tracks(Array(starts.keys)).map(\.details.title).sorted()
            }
        }
        #expect(try titles(nil, nil) == ["Anna's", "Nobody's"])
        #expect(try titles(.nobody, nil) == ["Nobody's"])
        #expect(try titles(anna.owner, nil) == ["Anna's"])
        #expect(try titles(nil, "media_player.study") == ["Anna's"])
    }
}
