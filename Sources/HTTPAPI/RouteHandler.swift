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
    let imports: ImportJobs

    func answer(_ call: HTTPCall, by route: Route) async throws -> HTTPAnswer {
        switch route.work {
        case .operation(let operation): try await answer(call, by: operation)
        case .health: try await health()
        case .metrics: await metrics()
        case .document: try Self.openAPIDocument()
        case .visitor: try await visitor(call)
        case .setVisitor: try await setVisitor(call)
        case .page: try page(call)
        case .asset: try asset(call)
        case .events: try await events(call)
        case .importFile(let kind): try await importFile(call, kind)
        case .showImport: try showImport(call)
        case .submitListens: try await submitListens(call)
        case .validateToken: try await validateToken(call)
        }
    }

    private func answer<O: HouseholdOperation>(_ call: HTTPCall, by operation: O.Type) async throws -> HTTPAnswer {
        let answer = try await household.answer(operation, call.input())
        let response = try HTTPAnswer(O.success(answer).status, json: answer)
        return O.signature.writes ? response : response.withEntityTag(ifNoneMatch: call.request.headers[.ifNoneMatch])
    }

    /// Answers who asks. A query means nothing here, but it must be readable as everywhere.
    private func visitor(_ call: HTTPCall) async throws -> HTTPAnswer {
        _ = try call.input()
        var visitor = call.visitor
        if let id = visitor.id { visitor.profile = try await household.profile(ofVisitor: id) }
        return try HTTPAnswer(.ok, json: visitor)
    }

    /// Remembers which profile the user is who asks through ingress.
    ///
    /// - Throws: ``HouseholdError`` `conflict` for anybody else.
    private func setVisitor(_ call: HTTPCall) async throws -> HTTPAnswer {
        guard let id = call.visitor.id else {
            throw HouseholdError(.conflict, "Only somebody who comes through Home Assistant can be remembered")
        }
        var input = try call.input()
        input.texts.append((name: "user_id", text: id))
        var visitor = call.visitor
        visitor.profile = try await household.answer(SetVisitorProfile.self, input)
        return try HTTPAnswer(.ok, json: visitor)
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

extension OperationSignature.Route.Success {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .done: .ok
        case .created: .created
        case .accepted: .accepted
        }
    }
}
