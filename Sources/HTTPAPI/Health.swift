import Household
import Hummingbird
import Wire

extension RouteHandler {
    /// Answers `/healthz`: status 200, or 503 when the broker or the store is away.
    func health() async throws -> HTTPAnswer {
        let view = HealthView(
            broker: household.broker.problem, store: await household.checkStore(), version: version)
        return try HTTPAnswer(view.error == nil ? .ok : .serviceUnavailable, json: view)
    }
}

private struct HealthView: Encodable {
    struct Part: Encodable {
        var ok: Bool
        @ExplicitNull var problem: String?

        init(problem: String?) {
            ok = problem == nil
            self.problem = problem
        }
    }

    var status: String
    var version: String
    var away: [String]
    var broker: Part
    var store: Part
    /// The problems in the form that errors have on every other route.
    var error: ErrorView?

    init(broker: String?, store: String?, version: String) {
        let problems = [("broker", broker), ("store", store)].filter { $0.1 != nil }
        away = problems.map(\.0)
        status = away.isEmpty ? "ok" : "unavailable"
        self.version = version
        self.broker = Part(problem: broker)
        self.store = Part(problem: store)
        let words = problems.map { "The \($0) is away: \($1 ?? "")" }.joined(separator: "; ")
        error = away.isEmpty ? nil : ErrorView(HouseholdError(.unavailable, words))
    }
}
