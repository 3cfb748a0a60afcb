import Household
import Hummingbird

/// One way in: a method, a path, and what it does.
struct Route: Sendable {
    /// What is done: an operation of the house, or what only this door has.
    enum Work: Sendable {
        /// An operation of the house, and the status that tells of success.
        case operation(HouseholdOperation, HTTPResponse.Status)
        /// A listen as JSON, kept under `rejected` when it cannot be taken.
        case webhook
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

    init(_ method: HTTPRequest.Method, _ path: String, _ work: Work, access: Access = .bearer) {
        self.method = method
        self.path = path
        self.work = work
        self.access = access
    }

    init(
        _ method: HTTPRequest.Method, _ path: String, _ operation: HouseholdOperation,
        _ status: HTTPResponse.Status = .ok
    ) {
        self.init(method, path, .operation(operation, status))
    }
}

extension Route {
    /// Every route there is; `/openapi.json` describes the same ones.
    static let all: [Route] = [
        Route(.get, "/api/recommendations", .recommendGet),
        Route(.post, "/api/playlists/generate", .playlistGenerate, .created),
        Route(.get, "/api/playlists", .playlistList),
        Route(.get, "/api/playlists/{id}", .playlistShow),
        Route(.post, "/api/history/webhook", .webhook),
        Route(.get, "/api/history", .listenList),
        Route(.post, "/api/history/reassign", .listenReassign),
        Route(.post, "/api/history/remove", .listenRemove),
        Route(.post, "/api/history/undo", .listenUndo),
        Route(.get, "/api/profiles", .profileList),
        Route(.post, "/api/profiles", .profileAdd, .created),
        Route(.get, "/api/profiles/{name}", .profileShow),
        Route(.patch, "/api/profiles/{name}", .profileUpdate),
        Route(.delete, "/api/profiles/{name}", .profileRemove),
        Route(.post, "/api/profiles/{name}/build-taste", .tasteBuild),
        Route(.put, "/api/profiles/{name}/speakers", .profileSpeakers),
        Route(.post, "/api/profiles/{name}/token", .profileToken, .created),
        Route(.get, "/api/speakers", .speakerList),
        Route(.put, "/api/speakers/{speaker}/guest", .speakerGuest),
        Route(.get, "/api/rejected", .rejectedList),
        Route(.post, "/api/rejected/replay", .rejectedReplay),
        Route(.post, "/api/rejected/drop", .rejectedDrop),
        Route(.get, "/api/feedback", .feedbackList),
        Route(.post, "/api/feedback", .feedbackAdd, .created),
        Route(.delete, "/api/feedback/{id}", .feedbackRemove),
        Route(.post, "/1/submit-listens", .submitListens, access: .profileToken),
        Route(.get, "/1/validate-token", .validateToken, access: .profileToken),
        Route(.get, "/healthz", .health, access: .openOnLoopback),
        Route(.get, "/metrics", .metrics, access: .openOnLoopback),
        Route(.get, "/openapi.json", .document, access: .openOnLoopback),
    ]
}
