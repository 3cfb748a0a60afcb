import HTTPTypes
import Household
import Hummingbird
import Wire

/// Answers the request of a route: decodes it, performs the operation, and encodes its answer.
struct RouteHandler: Sendable {
    let household: Household
    let version: String
    let requests: RequestCounters
    let feed: EventFeed

    func answer(_ call: HTTPCall, by route: Route) async throws -> HTTPAnswer {
        switch route.work {
        case .operation(let operation): try await answer(call, by: operation)
        case .health: try await health()
        case .metrics: await metrics()
        case .document: try Self.openAPIDocument()
        case .visitor: try visitor(call)
        case .page: try page(call)
        case .asset: try asset(call)
        case .events: try await events(call)
        case .submitListens: try await submitListens(call)
        case .validateToken: try await validateToken(call)
        }
    }

    private func answer<O: HouseholdOperation>(_ call: HTTPCall, by operation: O.Type) async throws -> HTTPAnswer {
        let answer = try await household.answer(operation, call.input())
        let response = try HTTPAnswer(O.hasCreated(answer) ? .created : .ok, json: answer)
        return O.signature.writes ? response : response.withEntityTag(ifNoneMatch: call.request.headers[.ifNoneMatch])
    }

    /// Answers who asks. A query means nothing here, but it must be readable as everywhere.
    private func visitor(_ call: HTTPCall) throws -> HTTPAnswer {
        _ = try call.input()
        return try HTTPAnswer(.ok, json: call.visitor)
    }

    private func page(_ call: HTTPCall) throws -> HTTPAnswer {
        _ = try call.query()
        return try WebPage.installed.document(ifNoneMatch: call.request.headers[.ifNoneMatch])
    }

    private func asset(_ call: HTTPCall) throws -> HTTPAnswer {
        _ = try call.query()
        let path = call.parameters["path"] ?? ""
        return try WebPage.installed.asset(path, ifNoneMatch: call.request.headers[.ifNoneMatch])
    }

    /// Answers `/openapi.json`.
    ///
    /// - Throws: ``HouseholdError`` `unavailable` when the program was installed without the document.
    private static func openAPIDocument() throws -> HTTPAnswer {
        guard let document = openAPI.data() else {
            throw HouseholdError(.unavailable, "The document was not installed: \(openAPI)")
        }
        return HTTPAnswer(.ok, document, type: "application/json")
    }

    /// The description of this API, which is installed beside the program.
    static let openAPI = ResourceFile("openapi.json", of: "HTTPAPI")
}
