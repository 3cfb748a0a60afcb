import Foundation
import HTTPTypes
import Household
import Hummingbird

/// Finds the routes of a path.
struct RouteTable: Sendable {
    /// The routes of a requested path.
    struct Match: Sendable {
        /// The path of the routes, with parameters in braces.
        var path: String
        /// One route for each method.
        var routes: [Route]
        /// The values of the parameters, decoded.
        var parameters: [String: String]

        /// The allowed methods, as in the header `Allow`.
        var allowed: String {
            let methods = routes.map(\.method.rawValue)
            return (methods + (methods.contains("GET") ? ["HEAD"] : []) + ["OPTIONS"]).sorted().joined(separator: ", ")
        }

        /// The route of a method. HEAD has the route of GET.
        func route(_ method: HTTPRequest.Method) -> Route? {
            routes.first { $0.method == (method == .head ? .get : method) }
        }
    }

    private struct Entry: Sendable {
        var path: String
        var segments: [Substring]
        var routes: [Route]

        /// Whether the last parameter takes all that is left of a path.
        var takesRest: Bool { routes.contains { $0.takesRest } }
    }

    private let entries: [Entry]

    init(_ routes: [Route] = Route.all) {
        let byPath = Dictionary(grouping: routes, by: \.path).map { path, routes in
            Entry(path: path, segments: Self.segments(path), routes: routes)
        }
        // Paths without parameters come first, so that `generate` is not taken for the id of a playlist.
        entries = byPath.sorted { ($0.path.contains("{") ? 1 : 0, $0.path) < ($1.path.contains("{") ? 1 : 0, $1.path) }
    }

    /// The routes of a path; nil when there are none.
    ///
    /// - Throws: ``HouseholdError`` `bad_request` when the path cannot be decoded.
    func match(_ path: String) throws(HouseholdError) -> Match? {
        for entry in entries {
            let segments = Self.segments(path, atMost: entry.takesRest ? entry.segments.count : .max)
            guard Self.fits(segments, entry.segments) else { continue }
            var parameters: [String: String] = [:]
            for (value, name) in zip(segments, entry.segments) where name.hasPrefix("{") {
                guard let value = value.removingPercentEncoding else {
                    throw HouseholdError(.badRequest, "The path is not percent-encoded UTF-8")
                }
                parameters[String(name.dropFirst().dropLast())] = value
            }
            return Match(path: entry.path, routes: entry.routes, parameters: parameters)
        }
        return nil
    }

    private static func segments(_ path: String, atMost count: Int = .max) -> [Substring] {
        path.dropFirst().split(separator: "/", maxSplits: count - 1, omittingEmptySubsequences: false)
    }

    private static func fits(_ segments: [Substring], _ pattern: [Substring]) -> Bool {
        segments.count == pattern.count
            && zip(segments, pattern).allSatisfy { $1.hasPrefix("{") ? !$0.isEmpty : $0 == $1 }
    }
}

/// A route of the API: a method, a path, and what answers it.
struct Route: Sendable {
    /// What answers the request: an operation of the household, or something that only HTTP has.
    enum Work: Sendable {
        case operation(any HouseholdOperation.Type)
        case health, metrics, document, visitor, setVisitor
        case page, asset, events
        case importFile(ImportRequest.Kind)
        case showImport
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
        /// All of them, whatever page they come from: the answer has no data of the house.
        case anybody
    }

    let method: HTTPRequest.Method
    /// The path, with parameters in braces.
    let path: String
    let work: Work
    let access: Access
    /// Whether the last parameter takes all that is left of a path, slashes included.
    var takesRest: Bool { work.isAsset }

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
            Route(.get, "/", .page, access: .anybody),
            Route(.get, "/assets/{path}", .asset, access: .anybody),
            Route(.post, "/1/submit-listens", .submitListens, access: .profileToken),
            Route(.get, "/1/validate-token", .validateToken, access: .profileToken),
            Route(.get, "/api/events", .events, access: .bearer),
            Route(.post, "/api/import/listens", .importFile(.listens), access: .bearer),
            Route(.post, "/api/import/catalog", .importFile(.catalog), access: .bearer),
            Route(.get, "/api/imports/{id}", .showImport, access: .bearer),
            Route(.get, "/api/visitor", .visitor, access: .bearer),
            Route(.put, "/api/visitor", .setVisitor, access: .bearer),
            Route(.get, "/healthz", .health, access: .openOnLoopback),
            Route(.get, "/metrics", .metrics, access: .openOnLoopback),
            Route(.get, "/openapi.json", .document, access: .openOnLoopback),
        ]
}

extension Route.Work {
    /// Whether it reads the body itself, piece by piece.
    var readsBody: Bool {
        if case .importFile = self { return true }
        return false
    }

    fileprivate var isAsset: Bool {
        if case .asset = self { return true }
        return false
    }
}
