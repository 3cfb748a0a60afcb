import Foundation
import HauntTestSupport
import Household
import Testing

@Suite("Rejected listens")
struct RejectedTests {
    @Test("A listen for a profile that does not exist yet is kept, and taken once it does")
    func replay() async throws {
        let house = try TestHouse.withTwoPeople()
        await #expect(throws: HouseholdError.self) {
            try await house.listen(#"{"title":"A","artist":"B","profile":"clara","event_id":"e1"}"#)
        }
        let first = try await house.household.perform(ReplayRejected())
        #expect(first.replayed == 0)
        #expect(first.failed.count == 1)
        _ = try await house.household.perform(AddProfile(name: "clara", displayName: "Clara"))
        #expect(try await house.household.perform(ReplayRejected()).replayed == 1)
        #expect(try house.listens().map(\.profileName) == ["clara"])
        #expect(try await house.household.ask(ListRejected.self).rejected.isEmpty)
    }

    @Test("The error for an unknown profile names profiles that look alike")
    func closeNames() async throws {
        let house = try TestHouse.withTwoPeople()
        do {
            try await house.listen(#"{"title":"A","profile":"ana"}"#)
            Issue.record("Taken")
        } catch let error as HouseholdError {
            #expect(error.code == .notFound)
            #expect(error.message.contains("anna"))
        }
    }

    @Test("auto_create makes the profile that a listen names")
    func autoCreate() async throws {
        var settings = HouseholdSettings()
        settings.autoCreateProfiles = true
        let house = try TestHouse(settings: settings)
        #expect(try await house.listen(#"{"title":"A","artist":"B","profile":"clara"}"#).listen?.profile == "clara")
        await #expect(throws: HouseholdError.self) { try await house.listen(#"{"title":"A","profile":"No Name!"}"#) }
    }

    @Test("No more are kept than the limit, and the oldest go first")
    func bounded() async throws {
        let house = try TestHouse()
        for number in 0..<(Limits.rejectedRows + 5) { _ = try? await house.listen(#"{"artist":"\#(number)"}"#) }
        #expect(try house.store.read { try $0.rejectedIDs(among: nil).count } == Limits.rejectedRows)
        let newest = try await house.household.ask(ListRejected.self).rejected.first
        #expect(newest?.payload.contains("\(Limits.rejectedRows + 4)") == true)
    }

    @Test("Dropping takes the named ones, or all")
    func drop() async throws {
        let house = try TestHouse()
        for _ in 0..<3 { _ = try? await house.listen("nonsense") }
        let ids = try await house.household.ask(ListRejected.self).rejected.compactMap(\.id)
        #expect(try await house.household.perform(DropRejected(ids: [ids[1]])).dropped == 1)
        #expect(try await house.household.perform(DropRejected(ids: nil)).dropped == 2)
    }
}
