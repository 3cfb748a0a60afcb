import HauntTestSupport
import Household
import Testing
import Wire

@Suite("Health, and errors as clients see them")
struct HealthTests {
    @Test("A check is answered with the health, and the same health is reported to be published")
    func check() async throws {
        let house = try TestHouse.withTwoPeople()
        house.recorder.broker.problem = "nobody answers"
        house.recorder.broker.received = 7
        try await house.listen(#"{"title":"T","artist":"A"}"#)
        let health = try await house.perform("health/check", "{}", door: .mqtt)
        #expect(health["broker"]?["connected"] == false)
        #expect(health["broker"]?["problem"] == "nobody answers")
        #expect(health["counters"]?["received"]?.number == 7)
        #expect(health["counters"]?["listens"] == ["completed": 1])
        #expect(health["catalog"]?["tracks"]?.number == 1)
        #expect((health["memory_bytes"]?.number ?? 0) > 1_000_000)
        let reported = house.recorder.events.compactMap { if case .healthChecked(let view) = $0 { view } else { nil } }
        #expect(reported.count == 1)
        #expect(try WireJSON.decode(JSONValue.self, from: WireJSON.encode(reported.first)) == health)
    }

    @Test("A check has no fields, and an unknown one is refused by its name")
    func unknownField() async throws {
        let house = try TestHouse.withTwoPeople()
        await expect(.invalid, field: "verbose") {
            try await house.perform("health/check", #"{"verbose":true}"#, door: .mqtt)
        }
    }

    @Test("A check tries a store that failed again, and says what is wrong with it until it works")
    func storeProblem() async throws {
        let store = FailingStore(try TestHouse.withTwoPeople().store)
        let house = try TestHouse.withTwoPeople(store: store)
        store.isBroken = true
        await expect(.unavailable) { try await house.listen(#"{"title":"T","artist":"A"}"#) }
        let broken = try await house.perform("health/check", "{}", door: .mqtt)
        #expect(broken["store"]?["ok"] == false)
        #expect(broken["store"]?["problem"]?.text != nil)
        store.isBroken = false
        house.clock.advance(Limits.storeCalmS)
        #expect(try await house.perform("health/check", "{}", door: .mqtt)["store"]?["ok"] == true)
    }

    @Test("A client sees an error of its own as it is, and of a bug only that there was one")
    func internalErrors() {
        var log: [String] = []
        let own = HouseholdError(.invalid, "name is missing", field: "name")
        #expect(HouseholdError(answering: own) { log.append($0) } == own)
        #expect(log.isEmpty)
        for bug: any Error in [HouseholdError(.internal, "secret"), CancellationError()] {
            let answer = HouseholdError(answering: bug) { log.append($0) }
            #expect(answer.code == .internal)
            #expect(!answer.message.contains("secret"))
            #expect(answer.field == nil)
        }
        #expect(log == ["secret", "CancellationError()"])
    }
}
