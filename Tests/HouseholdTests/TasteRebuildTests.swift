import Foundation
import HauntTestSupport
import Household
import Storage
import Taste
import Testing
import Wire

@Suite("A taste and its listens")
struct TasteRebuildTests {
    @Test(
        "Listen by listen, late and out of order ones too, gives the same bytes as a rebuild",
        arguments: RandomSeeds.first(2, of: 12))
    func incrementalEqualsRebuild(seed: UInt64) async throws {
        let house = try TestHouse.withTwoPeople()
        var random = SeededGenerator(seed: seed)
        let start = house.clock.now
        house.clock.advance(400 * 86_400)
        var time = start
        for number in 0..<150 {
            time += Double(Int.random(in: 1...200_000, using: &random))
            // One in five comes late: from the phone that was away, from another player's log.
            let late = Int.random(in: 0..<5, using: &random) == 0 ? Double.random(in: 0...2_000_000, using: &random) : 0
            let track = Int.random(in: 0..<20, using: &random)
            let heard = Int.random(in: 3...400, using: &random)
            let at = RFC3339.string(from: min(time - late, house.clock.now))
            let who = Int.random(in: 0..<3, using: &random) == 0 ? "ben" : "anna"
            try await house.listen(
                #"""
                {"title":"T\#(track)","artist":"A\#(track % 7)","profile":"\#(who)","event_id":"\#(number)",
                 "started_at":"\#(at)","played_s":\#(heard)}
                """#)
        }
        for name in ["anna", "ben"] {
            let incremental = try house.tasteBytes(of: name)
            _ = try await house.household.perform(BuildTaste(name: name))
            #expect(try house.tasteBytes(of: name) == incremental, "\(name), seed \(seed)")
        }
    }

    @Test("A rebuild says of how many listens it is made, and counts up the version")
    func version() async throws {
        let house = try TestHouse.withTwoPeople()
        try await house.listen(#"{"title":"A","artist":"B","profile":"anna"}"#)
        let build = try await house.household.perform(BuildTaste(name: "anna"))
        #expect(build.eventCount == 1)
        #expect(build.version == 2)
    }

    @Test("An import that was cut off is made up for at the next start")
    func staleTaste() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("house.db")
        let house = try TestHouse.withTwoPeople(store: HouseholdDatabase(path: path))
        let rows = (0..<50).map { number in
            ImportedListen(
                startedAt: house.clock.now.addingTimeInterval(Double(number - 100) * 400), artist: "A",
                title: "T\(number % 5)", heardS: 200)
        }
        _ = try await house.household.perform(ImportListens(profile: "anna", speaker: nil, rows: rows))
        let again = try TestHouse.withTwoPeople(store: house.store)
        try await again.household.warmUp()
        let built = try again.tasteBytes(of: "anna")
        _ = try await again.household.perform(BuildTaste(name: "anna"))
        #expect(try again.tasteBytes(of: "anna") == built)
        #expect(try await again.household.perform(ShowProfile(name: "anna")).stats.eventCount == 50)
    }

    @Test("A stale taste is rebuilt soon after the disk is full no more, whoever is heard next")
    func staleTasteAfterFailure() async throws {
        let disk = FailingStore(try HouseholdDatabase.inMemory())
        let house = try TestHouse.withTwoPeople(store: disk)
        try await house.listen(#"{"title":"A","artist":"B","profile":"anna"}"#)
        try disk.markTasteStale(of: "anna")
        disk.isBroken = true
        await #expect(throws: HouseholdError.self) {
            try await house.listen(#"{"title":"C","artist":"B","profile":"anna"}"#)
        }
        disk.isBroken = false
        try await house.listen(#"{"title":"D","artist":"B","profile":"ben"}"#)
        await house.recorder.wait { $0.hasRebuilt("anna") }
    }

    @Test("A rebuild that fails half way is made up for, and the taste is that of a rebuild")
    func rebuildFails() async throws {
        let disk = FailingStore(try HouseholdDatabase.inMemory())
        let house = try TestHouse.withTwoPeople(store: disk)
        for number in 0..<3 { try await house.listen(#"{"title":"T\#(number)","artist":"B","profile":"anna"}"#) }
        let bytes = try house.tasteBytes(of: "anna")
        try disk.markTasteStale(of: "anna", emptied: true)
        let again = try TestHouse.withTwoPeople(store: disk)
        disk.isBroken = true
        await #expect(throws: HouseholdError.self) { try await again.household.warmUp() }
        disk.isBroken = false
        try await again.listen(#"{"title":"D","artist":"B","profile":"ben"}"#)
        await again.recorder.wait { $0.hasRebuilt("anna") }
        #expect(try again.tasteBytes(of: "anna") == bytes)
    }

    @Test("A taste that changes all the time is rebuilt all the same")
    func changesMeanwhile() async throws {
        let house = try TestHouse.withTwoPeople()
        let listens = Task {
            var number = 0
            while !Task.isCancelled {
                number += 1
                house.clock.advance(60)
                try await house.listen(
                    #"{"title":"T\#(number % 50)","artist":"B","profile":"anna","event_id":"\#(number)"}"#)
            }
        }
        for _ in 0..<20 { _ = try await house.household.perform(BuildTaste(name: "anna")) }
        listens.cancel()
        _ = await listens.result
        let bytes = try house.tasteBytes(of: "anna")
        _ = try await house.household.perform(BuildTaste(name: "anna"))
        #expect(try house.tasteBytes(of: "anna") == bytes)
    }

    @Test("Importing the same rows twice adds nothing")
    func importTwice() async throws {
        let house = try TestHouse.withTwoPeople()
        let rows = (0..<20).map { number in
            ImportedListen(
                startedAt: house.clock.now.addingTimeInterval(Double(-number) * 400), artist: "A",
                title: "T", heardS: 5)
        }
        let batch = ImportListens(profile: "anna", speaker: nil, rows: rows + rows)
        #expect(try await house.household.perform(batch) == ImportView(added: 20, known: 20))
        #expect(try await house.household.perform(batch) == ImportView(added: 0, known: 40))
        #expect(try house.listens().count == 20)
    }
}

extension HouseholdStore {
    /// Marks a stored taste as lacking something, as an import does.
    fileprivate func markTasteStale(of name: String, emptied: Bool = false) throws {
        try write { store in
            let profile = try #require(try store.profiles().first { $0.name == name })
            if emptied { try store.replaceTaste(ProfileTaste(), profile: profile.id) }
            var stamp = try store.tasteStamp(ofProfile: profile.id)
            stamp.isStale = true
            try store.saveTasteStamp(stamp, profile: profile.id)
        }
    }
}

extension EventRecorder {
    /// Whether a taste was rebuilt from all its listens.
    fileprivate func hasRebuilt(_ name: String) -> Bool {
        events.contains { if case .tasteRebuilt(let build) = $0 { build.profile == name } else { false } }
    }
}
