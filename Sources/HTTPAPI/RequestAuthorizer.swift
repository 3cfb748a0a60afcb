import Foundation
import HTTPTypes
import Household
import Hummingbird

/// Decides which requests are admitted: by token, by coming from this machine, or by coming from the Supervisor.
struct RequestAuthorizer: Sendable {
    private let settings: HTTPSettings

    /// - Throws: ``HouseholdError`` `invalid` when other machines can reach the address and no token is set.
    init(_ settings: HTTPSettings) throws(HouseholdError) {
        guard settings.isLoopback || settings.token != nil || settings.peer != nil else {
            throw .invalid(
                "http.token_file", "\(settings.host) can be reached from other machines, so http.token_file must be set"
            )
        }
        self.settings = settings
    }

    /// Checks a request.
    ///
    /// Routes for ListenBrainz check the profile's token themselves.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - access: What its route asks for.
    ///   - peer: The address at the other end of the connection.
    /// - Throws: ``HouseholdError`` `unauthorized` without the right token or from a peer that is not admitted,
    ///   `bad_request` for a cross-site request.
    func authorize(_ request: Request, for access: Route.Access, from peer: String?) throws(HouseholdError) {
        if let trusted = settings.peer {
            return try authorizeIngress(request, for: access, from: peer, trusting: trusted)
        }
        switch access {
        case .profileToken, .anybody: return
        case .openOnLoopback where settings.isLoopback, .bearer where settings.token == nil:
            try refuseCrossSite(request)
        case .bearer, .openOnLoopback:
            guard let token = settings.token, let shown = request.token(of: "bearer"), token.isSame(as: shown) else {
                throw HouseholdError(.unauthorized, "This needs the header Authorization: Bearer and the token")
            }
        }
    }

    /// Who sends a request that was admitted.
    func visitor(of request: Request) -> Visitor {
        settings.peer == nil ? Visitor() : Visitor(behindIngress: request.headers)
    }

    /// Admits the Supervisor alone. `Host` and `Origin` are those of Home Assistant's page, so they say nothing here;
    /// `Sec-Fetch-Site` says whether a page of another site makes the browser send the request. Such a page may lead to ours,
    /// which has no data.
    private func authorizeIngress(
        _ request: Request, for access: Route.Access, from peer: String?, trusting trusted: String
    ) throws(HouseholdError) {
        guard peer == trusted else {
            throw HouseholdError(.unauthorized, "Only Home Assistant's Supervisor may ask here")
        }
        guard access == .anybody || request.headers[.secFetchSite] != "cross-site" else {
            throw HouseholdError(.badRequest, "A page of another site cannot ask here")
        }
    }

    /// Refuses requests that a page of another site makes a browser send.
    ///
    /// The check of `Host` stops DNS rebinding, in which a site lets its own name resolve to this machine. The check of
    /// `Origin`, which browsers send with every request that is not a GET, stops forms and scripts of other sites.
    private func refuseCrossSite(_ request: Request) throws(HouseholdError) {
        if let host = request.head.authority.map(Self.name), host != settings.host.lowercased(), !Self.isLocal(host) {
            throw HouseholdError(.badRequest, "This server is not called \"\(host.prefix(80))\"; ask for localhost")
        }
        guard ![.get, .head, .options].contains(request.method), let origin = request.headers[.origin] else { return }
        guard let page = URLComponents(string: origin)?.host, Self.isLocal(Self.name(page)) else {
            throw HouseholdError(.badRequest, "A page of another site cannot change anything here")
        }
    }

    /// The host in a `Host` header, without its port.
    private static func name(_ authority: String) -> String {
        let host = authority.lowercased()
        if host.hasPrefix("[") { return String(host.dropFirst().prefix { $0 != "]" }) }
        return String(host.prefix { $0 != ":" })
    }

    private static func isLocal(_ host: String) -> Bool {
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false)
        return host == "localhost" || host.hasSuffix(".localhost") || host == "::1"
            || bytes.count == 4 && bytes[0] == "127" && bytes.allSatisfy { UInt8($0) != nil }
    }
}

extension Request {
    /// The token in the header `Authorization`, if it has this scheme. The scheme is compared in lower case.
    func token(of scheme: String) -> String? {
        let parts = (headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == scheme else { return nil }
        return parts[1].trimmingCharacters(in: .whitespaces)
    }
}

extension HTTPField.Name {
    /// How the page that sends a request is related to this server.
    static let secFetchSite = HTTPField.Name(parsed: "sec-fetch-site") ?? .origin
}

/// The user of Home Assistant who sends a request through ingress. All values are null for other requests.
///
/// The Supervisor removes these headers from what a browser sends and sets its own.
struct Visitor: Encodable, Sendable {
    var id: String?
    var name: String?
    var displayName: String?
    /// The profile that somebody said the user is.
    var profile: String?

    /// Nobody that is known.
    init() {}

    /// The user that the Supervisor names.
    init(behindIngress headers: HTTPFields) {
        id = Self.value("x-remote-user-id", in: headers)
        name = Self.value("x-remote-user-name", in: headers)
        displayName = Self.value("x-remote-user-display-name", in: headers)
    }

    private enum CodingKeys: String, CodingKey { case id, name, displayName, profile }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(id, forKey: .id)
        try fields.encode(name, forKey: .name)
        try fields.encode(displayName, forKey: .displayName)
        try fields.encode(profile, forKey: .profile)
    }

    private static func value(_ name: String, in headers: HTTPFields) -> String? {
        guard let name = HTTPField.Name(name), let value = headers[name], !value.isEmpty else { return nil }
        return value
    }
}
