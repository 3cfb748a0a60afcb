import Foundation
import HauntTestSupport
import Household
import Storage
import Taste
import Testing
import Wire

@Suite("Correcting history")
struct CorrectionTests {
    private let study = "media_player.study"

    /// Some hours of music: nobody's in the living room, Anna's in the study, Ben's in the kitchen.
    private func houseWithHistory(store: (any HouseholdStore)? = nil) async throws -> TestHouse {
        let house = try TestHouse.withTwoPeople(store: store)
        for number in 0..<24 {
            house.clock.advance(600)
            let speaker = ["study", "kitchen", "living_room"][number % 3]
            try await house.listen(
                #"""
                {"title":"T\#(number % 7)","artist":"A\#(number % 4)","speaker_name":"media_player.\#(speaker)",
                 "played_s":200,"event_id":"e\#(number)"}
                """#)
        }
        return house
    }

    private func correct(_ operation: String, _ fields: String, in house: TestHouse) async throws
        -> JSONValue
    {
        try await house.perform(operation, fields)
    }

    @Test("Backfill: what a speaker played for nobody becomes a new profile's, and exactly two tastes are built anew")
    func backfill() async throws {
        let house = try await houseWithHistory()
        _ = try await house.household.perform(AddProfile(name: "the_new_one"))
        let (anna, ben) = (try house.tasteBytes(of: "anna"), try house.tasteBytes(of: "ben"))
        let nobodys = try house.tasteBytes(of: "default")
        let versions = try await house.versions()
        let answer = try await correct(
            "listen/reassign",
            #"{"speaker_name":"media_player.living_room","profile":"default","to_profile":"the_new_one"}"#, in: house)
        #expect(answer["event_count"]?.number == 8)
        #expect(answer["by_profile"] == .object(["default": .number(8)]))
        #expect(answer["undo_id"]?.text?.isEmpty == false)
        #expect(try house.tasteBytes(of: "anna") == anna)
        #expect(try house.tasteBytes(of: "ben") == ben)
        #expect(try house.tasteBytes(of: "the_new_one") == nobodys)
        #expect(try house.tasteBytes(of: "default") == ProfileTaste().bytes)
        let after = try await house.versions()
        #expect(after.filter { $0.value != versions[$0.key] }.keys.sorted() == ["default", "the_new_one"])
        #expect(try await house.household.perform(ShowProfile(name: "the_new_one")).stats.eventCount == 8)
        let hers = try house.listens().filter { $0.profileName == "the_new_one" }
        #expect(hers.allSatisfy { $0.event.rule == .corrected })
    }

    @Test("Listens are selected by their ids and by the rule that gave them away")
    func idsAndRule() async throws {
        let house = try await houseWithHistory()
        let ids = try house.listens().filter { $0.profileName == "anna" }.prefix(3).map(\.id)
        let list = ids.map(\.description).joined(separator: ",")
        let listed = try await correct("listen/list", #"{"ids":[\#(list)]}"#, in: house)["history"]?.items
        #expect(listed?.count == 3)
        let answer = try await correct("listen/reassign", #"{"ids":[\#(list)],"to_profile":"ben"}"#, in: house)
        #expect(answer["by_profile"] == .object(["anna": .number(3)]))
        #expect(try house.listens().filter { $0.profileName == "anna" }.count == 5)
        let mapped = try await correct("listen/list", #"{"rule":"mapping"}"#, in: house)["history"]?.items ?? []
        #expect(mapped.count == 13 && mapped.allSatisfy { $0["rule"]?.text == "mapping" })
        let nothing = try await correct("listen/remove", #"{"ids":[],"dry_run":true}"#, in: house)
        #expect(nothing["event_count"]?.number == 0)
    }

    @Test("A dry run says the same and changes nothing", arguments: ["listen/reassign", "listen/remove"])
    func dryRun(name: String) async throws {
        let house = try await houseWithHistory()
        let to = name == "listen/reassign" ? #","to_profile":"ben""# : ""
        let before = try await HouseSnapshot(house)
        let told = house.recorder.events.count
        let dry = try await correct(name, #"{"artist":"a1"\#(to),"dry_run":true}"#, in: house)
        #expect(dry["undo_id"] == .null)
        #expect(try await HouseSnapshot(house) == before)
        #expect(try await house.versions() == before.versions)
        #expect(house.recorder.events.count == told)
        let real = try await correct(name, #"{"artist":"a1"\#(to)}"#, in: house)
        #expect(real["by_profile"] == dry["by_profile"])
        #expect(real["event_count"] == dry["event_count"])
        #expect(try await HouseSnapshot(house) != before)
    }

    @Test("Time selects from the first moment to before the last")
    func time() async throws {
        let house = try await houseWithHistory()
        let starts = try house.listens().map(\.event.startedAt)
        let (since, until) = (RFC3339.string(from: starts[3]), RFC3339.string(from: starts[6]))
        let answer = try await correct("listen/remove", #"{"since":"\#(since)","until":"\#(until)"}"#, in: house)
        #expect(answer["event_count"]?.number == 3)
        #expect(answer["by_profile"] == .object(["anna": .number(1), "ben": .number(1), "default": .number(1)]))
        let gone = Set(try house.listens().map(\.event.eventID))
        #expect(!gone.contains("e3") && !gone.contains("e4") && !gone.contains("e5"))
        #expect(gone.count == 21)
    }

    @Test(
        "Whatever was corrected, undoing it backwards restores listens and tastes to the byte",
        arguments: RandomSeeds.first(2, of: 8))
    func undo(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let directory = try TemporaryDirectory()
        let house = try TestHouse.withTwoPeople(store: HouseholdDatabase(path: directory.path("house.db")))
        try await house.fill(with: &random)
        var snapshots = [try await HouseSnapshot(house)]
        var undoIDs: [String] = []
        for _ in 0..<6 {
            let (operation, fields) = RandomCorrection.next(&random, in: snapshots.last?.profiles ?? [])
            let answer = try await correct(operation, fields, in: house)
            guard let undoID = answer["undo_id"]?.text else { continue }
            undoIDs.append(undoID)
            snapshots.append(try await HouseSnapshot(house))
            for (name, taste) in snapshots.last?.tastes ?? [:] {
                #expect(try house.rebuiltTaste(of: name) == taste, "\(name) after \(fields), seed \(seed)")
            }
        }
        try #require(!undoIDs.isEmpty)
        for undoID in undoIDs.reversed() {
            snapshots.removeLast()
            _ = try await correct("listen/undo", #"{"undo_id":"\#(undoID)"}"#, in: house)
            #expect(try await HouseSnapshot(house) == snapshots.last, "seed \(seed)")
        }
        // The file says what memory says.
        let again = try TestHouse.withTwoPeople(store: house.store, clock: house.clock)
        #expect(try await HouseSnapshot(again) == snapshots.last)
    }

    @Test("A correction is undone once, within thirty days, and never by another name")
    func undoOnce() async throws {
        let house = try await houseWithHistory()
        let first = try await correct("listen/remove", #"{"speaker_name":"\#(study)"}"#, in: house)
        let undo = #"{"undo_id":"\#(first["undo_id"]?.text ?? "")"}"#
        let answer = try await correct("listen/undo", undo, in: house)
        #expect(answer["event_count"]?.number == 8)
        #expect(answer["by_profile"] == .object(["anna": .number(8)]))
        #expect(answer["undo_id"] == .null)
        await expect(.conflict, field: "undo_id") { try await house.perform("listen/undo", undo) }
        await expect(.notFound, field: "undo_id") { try await house.perform("listen/undo", #"{"undo_id":"nonsense"}"#) }
        await expect(.invalid, field: "undo_id") { try await house.perform("listen/undo", "{}") }
        let second = try await correct("listen/remove", #"{"speaker_name":"\#(study)"}"#, in: house)
        house.clock.advance(Limits.undoS + 1)
        await expect(.notFound, field: "undo_id") {
            try await house.perform("listen/undo", #"{"undo_id":"\#(second["undo_id"]?.text ?? "")"}"#)
        }
    }

    @Test("Corrections of the same listens are undone in reverse order; the error names the one that comes first")
    func order() async throws {
        let house = try await houseWithHistory()
        let first = try await correct("listen/reassign", #"{"profile":"anna","to_profile":"ben"}"#, in: house)
        let second = try await correct("listen/remove", #"{"speaker_name":"\#(study)"}"#, in: house)
        let (firstID, secondID) = (first["undo_id"]?.text ?? "", second["undo_id"]?.text ?? "")
        let error = await expect(.conflict, field: "undo_id") {
            try await house.perform("listen/undo", #"{"undo_id":"\#(firstID)"}"#)
        }
        #expect(error?.message.contains(secondID) == true)
        for id in [secondID, firstID] { _ = try await house.perform("listen/undo", #"{"undo_id":"\#(id)"}"#) }
        #expect(try await house.household.perform(ShowProfile(name: "anna")).stats.eventCount == 8)
    }

    @Test("What is purged is gone: no undo of its own, and none of an earlier correction brings it back")
    func purge() async throws {
        let house = try await houseWithHistory()
        let moved = try await correct("listen/reassign", #"{"profile":"anna","to_profile":"ben"}"#, in: house)
        let answer = try await correct("listen/remove", #"{"speaker_name":"\#(study)","purge":true}"#, in: house)
        #expect(answer["event_count"]?.number == 8)
        #expect(answer["undo_id"] == .null)
        let undone = try await house.perform("listen/undo", #"{"undo_id":"\#(moved["undo_id"]?.text ?? "")"}"#)
        #expect(undone["event_count"]?.number == 0)
        #expect(try house.listens().count == 16)
        #expect(try house.tasteBytes(of: "anna") == ProfileTaste().bytes)
    }

    @Test("A purge forgets what was removed before, too")
    func purgeAfterRemoval() async throws {
        let house = try await houseWithHistory()
        let removed = try await correct("listen/remove", #"{"speaker_name":"\#(study)"}"#, in: house)
        let versions = try await house.versions()
        let purged = try await correct("listen/remove", #"{"speaker_name":"\#(study)","purge":true}"#, in: house)
        #expect(purged["event_count"]?.number == 0)
        #expect(try await house.versions() == versions)
        let undone = try await house.perform("listen/undo", #"{"undo_id":"\#(removed["undo_id"]?.text ?? "")"}"#)
        #expect(undone["event_count"]?.number == 0)
        #expect(try house.listens().count == 16)
    }

    @Test("Listens removed, imported again and then restored are there once")
    func importedAgain() async throws {
        let house = try await houseWithHistory()
        let before = try house.listens().map(\.event.eventID)
        let removed = try await correct("listen/remove", #"{"profile":"anna"}"#, in: house)
        try await house.listen(
            #"{"title":"T0","artist":"A0","speaker_name":"\#(study)","played_s":200,"event_id":"e0"}"#)
        let undone = try await house.perform("listen/undo", #"{"undo_id":"\#(removed["undo_id"]?.text ?? "")"}"#)
        #expect(undone["event_count"]?.number == 8)
        #expect(try house.listens().map(\.event.eventID).sorted() == before.sorted())
        #expect(try house.rebuiltTaste(of: "anna") == house.tasteBytes(of: "anna"))
    }

    @Test("When the disk is full nothing is corrected and nothing is undone, and later both work")
    func diskFull() async throws {
        let disk = FailingStore(try HouseholdDatabase.inMemory())
        let house = try await houseWithHistory(store: disk)
        let reassign = #"{"profile":"anna","to_profile":"ben"}"#
        let before = try await HouseSnapshot(house)
        disk.isBroken = true
        await expect(.unavailable) { try await house.perform("listen/reassign", reassign) }
        await expect(.unavailable) { try await house.perform("listen/remove", #"{"profile":"anna"}"#) }
        await expect(.unavailable) { try await house.perform("profile/remove", #"{"name":"anna"}"#) }
        #expect(try await HouseSnapshot(house) == before)
        disk.isBroken = false
        let answer = try await house.perform("listen/reassign", reassign)
        let after = try await HouseSnapshot(house)
        let undo = #"{"undo_id":"\#(answer["undo_id"]?.text ?? "")"}"#
        disk.isBroken = true
        await expect(.unavailable) { try await house.perform("listen/undo", undo) }
        #expect(try await HouseSnapshot(house) == after)
        disk.isBroken = false
        _ = try await house.perform("listen/undo", undo)
        #expect(try await HouseSnapshot(house) == before)
    }

    @Test(
        "A selection must select, by fields that exist",
        arguments: [
            (#"{"to_profile":"ben"}"#, HouseholdError.Code.invalid, String?.none),
            (#"{"profile":"anna"}"#, .invalid, "to_profile"),
            (#"{"profile":"anna","to_profile":"zoe"}"#, .notFound, "to_profile"),
            (#"{"profile":"zoe","to_profile":"ben"}"#, .notFound, "profile"),
            (#"{"profile":"anna","to_profile":"ben","title":"T"}"#, .invalid, "title"),
            (#"{"since":"yesterday","to_profile":"ben"}"#, .invalid, "since"),
            (#"{"profile":"anna","to_profile":"ben","dry_run":"yes"}"#, .invalid, "dry_run"),
            (#"{"profile":"anna","to_profile":"ben","purge":true}"#, .invalid, "purge"),
            ("[]", .badRequest, nil),
        ])
    func invalid(fields: String, code: HouseholdError.Code, field: String?) async throws {
        let house = try await houseWithHistory()
        let before = try await HouseSnapshot(house)
        await expect(code, field: field) { try await house.perform("listen/reassign", fields) }
        #expect(try await HouseSnapshot(house) == before)
    }

    @Test("What is already as it should be is no correction")
    func nothingToDo() async throws {
        let house = try await houseWithHistory()
        let versions = try await house.versions()
        let answer = try await correct("listen/reassign", #"{"profile":"anna","to_profile":"anna"}"#, in: house)
        #expect(answer["event_count"]?.number == 0)
        #expect(answer["undo_id"] == .null)
        #expect(try await house.versions() == versions)
    }
}
