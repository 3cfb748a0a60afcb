import HTTPTypes
import Household

/// A route of the API: a method, a path, and what answers it.
struct Route: Sendable {
    /// What answers the request: an operation of the household, or something that only HTTP has.
    enum Work: Sendable {
        case operation(any HouseholdOperation.Type)
        case health, metrics, document, visitor
        case submitListens, validateToken
    }

    /// Which requests are admitted.
    enum Access: Sendable {
        /// Those with the bearer token, if one is configured.
        case bearer
        /// All of them, if only this machine can reach the server; else those with the bearer token.
        case openOnLoopback
        /// Those with the token of a profile, as clients of ListenBrainz send it.
        case profileToken
    }

    let method: HTTPRequest.Method
    /// The path, with parameters in braces.
    let path: String
    let work: Work
    let access: Access

    private init(_ method: HTTPRequest.Method, _ path: String, _ work: Work, access: Access) {
        self.method = method
        self.path = path
        self.work = work
        self.access = access
    }

    /// The route of an operation; nil when it is not open to HTTP.
    private init?(_ operation: any HouseholdOperation.Type) {
        guard let route = operation.signature.route, let method = HTTPRequest.Method(rawValue: route.method) else {
            return nil
        }
        self.init(method, route.path, .operation(operation), access: .bearer)
    }

    /// All routes. `/openapi.json` describes the same ones.
    static let all: [Route] =
        Operations.all.compactMap { Route($0) } + [
            Route(.post, "/1/submit-listens", .submitListens, access: .profileToken),
            Route(.get, "/1/validate-token", .validateToken, access: .profileToken),
            Route(.get, "/api/visitor", .visitor, access: .bearer),
            Route(.get, "/healthz", .health, access: .openOnLoopback),
            Route(.get, "/metrics", .metrics, access: .openOnLoopback),
            Route(.get, "/openapi.json", .document, access: .openOnLoopback),
        ]
}
