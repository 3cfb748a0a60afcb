import Foundation
import HauntTestSupport
import Household
import Storage
import Testing
import Wire

@Suite("Listens in batches")
struct BatchTests {
    private static func inputs(_ count: Int, bad: Int? = nil, stepS: Int = 300) -> [OperationInput] {
        (0..<count).map { number in
            let title = number == bad ? "7" : #""T\#(number % 9)""#
            let start = RFC3339.string(from: Date(timeIntervalSince1970: 1_700_000_000 + Double(number * stepS)))
            let json = #"{"title":\#(title),"artist":"A","profile":"anna","started_at":"\#(start)","played_s":200}"#
            return OperationInput(door: .http, payload: Array(json.utf8))
        }
    }

    @Test("A batch is one change of the taste, and gives the same bytes as a rebuild")
    func oneChange() async throws {
        let house = try TestHouse.withTwoPeople()
        let receipts = try await house.household.addListens(Self.inputs(200, stepS: 20_000))
        #expect(receipts.count == 200)
        #expect(receipts.allSatisfy { $0.stored && !$0.isDuplicate })
        #expect(try await house.household.perform(ShowProfile(name: "anna")).taste.version == 1)
        let bytes = try house.tasteBytes(of: "anna")
        _ = try await house.household.perform(BuildTaste(name: "anna"))
        #expect(try house.tasteBytes(of: "anna") == bytes)
        #expect(try await house.household.addListens(Self.inputs(200, stepS: 20_000)).allSatisfy(\.isDuplicate))
    }

    @Test("Of a batch with one bad listen none is stored, and the error says which one is bad")
    func wholeOrNot() async throws {
        let house = try TestHouse.withTwoPeople()
        let before = try house.tasteBytes(of: "anna")
        let error = await #expect(throws: HouseholdError.self) {
            try await house.household.addListens(Self.inputs(50, bad: 30))
        }
        #expect(error?.field == "[30].title")
        #expect(error?.message.contains("number 31") == true)
        #expect(try house.listens().isEmpty)
        #expect(try house.tasteBytes(of: "anna") == before)
        #expect(try await house.household.ask(ListRejected.self).rejected.count == 1)
    }

    @Test("A batch that the store cannot write changes nothing, in memory neither")
    func failedWrite() async throws {
        let failing = FailingStore(try HouseholdDatabase.inMemory())
        let house = try TestHouse.withTwoPeople(store: failing)
        try await house.household.addListens(Self.inputs(5))
        let bytes = try house.tasteBytes(of: "anna")
        failing.isBroken = true
        await #expect(throws: (any Error).self) { try await house.household.addListens(Self.inputs(40)) }
        failing.isBroken = false
        #expect(try house.listens().count == 5)
        #expect(try await house.household.perform(ShowProfile(name: "anna")).stats.eventCount == 5)
        #expect(try house.tasteBytes(of: "anna") == bytes)
    }
}
