import HTTPTypes
import Household

/// One way in: a method, a path, and what it does.
struct Route: Sendable {
    /// What is done: an operation of the house, or what only this front door has.
    enum Work: Sendable {
        case operation(any HouseholdOperation.Type)
        case health, metrics, document
        case submitListens, validateToken
    }

    /// Who is let in.
    enum Access: Sendable {
        /// Whoever shows the bearer token, if there is one.
        case bearer
        /// Everybody, where only this machine can ask.
        case openOnLoopback
        /// Whoever shows a profile's own token, as ListenBrainz's clients do.
        case profileToken
    }

    let method: HTTPRequest.Method
    /// Its path, with names in braces for what varies.
    let path: String
    let work: Work
    let access: Access

    private init(_ method: HTTPRequest.Method, _ path: String, _ work: Work, access: Access) {
        self.method = method
        self.path = path
        self.work = work
        self.access = access
    }

    /// The route of an operation; nil when it has none.
    private init?(_ operation: any HouseholdOperation.Type) {
        guard let route = operation.signature.route, let method = HTTPRequest.Method(rawValue: route.method) else {
            return nil
        }
        self.init(method, route.path, .operation(operation), access: .bearer)
    }

    /// Every route; `/openapi.json` describes the same ones.
    static let all: [Route] =
        Operations.all.compactMap { Route($0) } + [
            Route(.post, "/1/submit-listens", .submitListens, access: .profileToken),
            Route(.get, "/1/validate-token", .validateToken, access: .profileToken),
            Route(.get, "/healthz", .health, access: .openOnLoopback),
            Route(.get, "/metrics", .metrics, access: .openOnLoopback),
            Route(.get, "/openapi.json", .document, access: .openOnLoopback),
        ]
}
