import HTTPTypes
import Household
import Hummingbird

/// Does what a route is for: decodes, has the house do it, and encodes.
struct RouteWorker: Sendable {
    let household: Household
    let status: @Sendable () async -> DaemonStatus
    let version: String
    let requests: RequestCounters

    func answer(_ call: HTTPCall, by route: Route) async throws -> HTTPAnswer {
        switch route.work {
        case .operation(let operation): try await answer(call, by: operation)
        case .health: try await health()
        case .metrics: await metrics()
        case .document: try OpenAPIDocument.answer()
        case .submitListens: try await submitListens(call)
        case .validateToken: try await validateToken(call)
        }
    }

    private func answer<O: HouseholdOperation>(_ call: HTTPCall, by operation: O.Type) async throws -> HTTPAnswer {
        let answer = try await household.answer(operation, call.input())
        let response = try HTTPAnswer(O.hasCreated(answer) ? .created : .ok, json: answer)
        return O.signature.writes ? response : response.marked(unless: call.request.headers[.ifNoneMatch])
    }
}
