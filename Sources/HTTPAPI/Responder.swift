import HTTPTypes
import Household
import Hummingbird
import Logging

/// Answers every request: lets it in, finds its route, has it done, and says how it went.
struct Responder: HTTPResponder {
    typealias Context = BasicRequestContext

    let gatekeeper: Gatekeeper
    let worker: RouteWorker
    private let table = RouteTable()

    func respond(to request: Request, context: Context) async -> Response {
        let began = ContinuousClock.now
        // A logger that keeps no metadata has no id for the request either, which Hummingbird does not expect.
        let id = context.logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? "none"
        var response = await answer(request, context.logger, id).response
        if request.method == .head { response = response.createHeadResponse() }
        response.headers[.requestID] = id
        log(request, response.status, took: .now - began, context.logger)
        return response
    }

    private func answer(_ request: Request, _ logger: Logger, _ id: String) async -> HTTPAnswer {
        var match: RouteTable.Match?
        var answer: HTTPAnswer
        do {
            match = try table.match(request.uri.path)
            answer = try await self.answer(request, at: match)
        } catch {
            let error = error.forOutside(logger, requestID: id)
            answer = match?.isListenBrainz == true ? HTTPAnswer(listenBrainz: error) : HTTPAnswer(error)
            if error.code == .methodNotAllowed { answer.headers[.allow] = match?.allowed }
        }
        worker.requests.count(request.method, match?.path, answer.status)
        return answer
    }

    private func answer(_ request: Request, at match: RouteTable.Match?) async throws -> HTTPAnswer {
        let route = match?.route(request.method)
        try gatekeeper.admit(request, to: route?.access ?? match?.routes.first?.access ?? .bearer)
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
        let call = try await HTTPCall(request, parameters: match.parameters)
        return try await worker.requests.withRoom { try await worker.answer(call, by: route) }
    }

    /// One line a request: what only looks is for the curious.
    private func log(_ request: Request, _ status: HTTPResponse.Status, took: Duration, _ logger: Logger) {
        let isLook = [.get, .head, .options].contains(request.method)
        logger.log(
            level: status.code >= 500 ? .error : isLook ? .debug : .info,
            "\(request.method.rawValue.prefix(20)) \(request.uri.path.prefix(200))",
            metadata: ["status": "\(status.code)", "ms": "\(Int((took / .milliseconds(1)).rounded()))"])
    }
}

extension RouteTable.Match {
    /// Whether this is a path of ListenBrainz, whose clients expect its own way of telling errors.
    fileprivate var isListenBrainz: Bool { routes.contains { $0.access == .profileToken } }
}

extension HTTPField.Name {
    /// The id by which a request stands in the log.
    static let requestID = HTTPField.Name(parsed: "x-request-id") ?? .eTag
}

extension Error {
    /// The error as others may see it: a fault of ours is told to the log alone.
    fileprivate func forOutside(_ logger: Logger, requestID: String) -> HouseholdError {
        if let error = self as? HouseholdError, error.code != .internal { return error }
        logger.error("A request failed: \((self as? HouseholdError)?.message ?? "\(self)")")
        return HouseholdError(.internal, "Something went wrong here; the log says what, under the request \(requestID)")
    }
}
