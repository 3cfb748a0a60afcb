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
        case .operation(let operation, let status): try await answer(call, by: operation, status)
        case .webhook: try await takeListen(call)
        case .health: try await health()
        case .metrics: await metrics()
        case .document: try OpenAPIDocument.answer()
        case .submitListens: try await submitListens(call)
        case .validateToken: try await validateToken(call)
        }
    }

    private func answer(
        _ call: HTTPCall, by operation: HouseholdOperation, _ status: HTTPResponse.Status
    ) async throws -> HTTPAnswer {
        let answer = try HTTPAnswer(
            status, json: AnyEncodable(try await household.perform(operation, call.input(of: operation), door: "http")))
        return operation.writes ? answer : answer.marked(unless: call.request.headers[.ifNoneMatch])
    }

    private func takeListen(_ call: HTTPCall) async throws -> HTTPAnswer {
        try call.requireJSON()
        let receipt = try await household.takeListen(call.bytes, door: "http")
        return try HTTPAnswer(receipt.stored && !receipt.isDuplicate ? .created : .ok, json: receipt)
    }
}
