import HTTPTypes
import Household
import Hummingbird
import Logging
import Wire

/// Answers every request: authorizes it, finds its route, calls the handler, counts and logs.
struct Responder: HTTPResponder {
    typealias Context = ConnectionContext

    let authorizer: RequestAuthorizer
    let handler: RouteHandler
    private let table = RouteTable()

    func respond(to request: Request, context: Context) async -> Response {
        let began = ContinuousClock.now
        // Hummingbird puts the id of the request into the metadata of the logger, and a no-op logger keeps none.
        let id = context.logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? "none"
        var response = await answer(request, context, id).response
        if request.method == .head { response = response.createHeadResponse() }
        response.headers[.requestID] = id
        log(request, response.status, took: .now - began, context.logger)
        return response
    }

    private func answer(_ request: Request, _ context: Context, _ id: String) async -> HTTPAnswer {
        var match: RouteTable.Match?
        var answer: HTTPAnswer
        do {
            match = try table.match(request.uri.path)
            answer = try await self.answer(request, at: match, on: context)
        } catch {
            let error = HouseholdError(answering: error, requestID: id) {
                context.logger.error("A request failed: \($0)")
            }
            answer = match?.isListenBrainz == true ? HTTPAnswer(listenBrainz: error) : HTTPAnswer(error)
            if error.code == .methodNotAllowed { answer.headers[.allow] = match?.allowed }
        }
        handler.requests.count(request.method, match?.path, answer.status)
        return answer
    }

    private func answer(
        _ request: Request, at match: RouteTable.Match?, on context: Context
    ) async throws -> HTTPAnswer {
        let route = match?.route(request.method)
        let access = route?.access ?? match?.routes.first?.access ?? .bearer
        try authorizer.authorize(request, for: access, from: context.peer)
        guard let match else {
            throw HouseholdError(.notFound, "There is nothing at this path; /openapi.json says what is")
        }
        if request.method == .options {
            var answer = HTTPAnswer(.noContent)
            answer.headers[.allow] = match.allowed
            return answer
        }
        guard let route else {
            throw HouseholdError(
                .methodNotAllowed, "\(request.method.rawValue.prefix(20)) does not work here: \(match.allowed) do")
        }
        // Whoever is not admitted, or finds no room, costs no memory for a body.
        if route.access == .profileToken { try await handler.authorizeProfile(request, for: route) }
        let visitor = authorizer.visitor(of: request)
        let bytes = route.work.readsBody ? 0 : HTTPCall.expectedBytes(of: request)
        return try await handler.requests.withRoom(bytes: bytes) {
            try await handler.answer(
                HTTPCall(
                    request, parameters: match.parameters, visitor: visitor, context: context,
                    isBodyRead: !route.work.readsBody), by: route)
        }
    }

    /// Logs one line for each request: at `debug` if it only reads, at `info` if it may write, at `error` for a 5xx status.
    private func log(_ request: Request, _ status: HTTPResponse.Status, took: Duration, _ logger: Logger) {
        let isRead = [.get, .head, .options].contains(request.method)
        logger.log(
            level: status.code >= 500 ? .error : isRead ? .debug : .info,
            "\(request.method.rawValue.prefix(20)) \(request.uri.path.prefix(200))",
            metadata: ["status": "\(status.code)", "ms": "\(Int(nearest: took / .milliseconds(1)))"])
    }
}

extension RouteTable.Match {
    /// Whether this is a path of ListenBrainz, whose clients expect its form of errors.
    fileprivate var isListenBrainz: Bool { routes.contains { $0.access == .profileToken } }
}

extension HTTPField.Name {
    /// The id of a request in the log.
    static let requestID = HTTPField.Name(parsed: "x-request-id") ?? .eTag
}
