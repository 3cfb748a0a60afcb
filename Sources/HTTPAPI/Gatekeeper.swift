import Foundation
import HTTPTypes
import Household
import Hummingbird

/// Lets in who may come in.
struct Gatekeeper: Sendable {
    private let settings: HTTPSettings

    /// Takes its post.
    ///
    /// - Throws: ``HouseholdError`` `invalid` when others could reach it and nobody need show a token.
    init(_ settings: HTTPSettings) throws(HouseholdError) {
        guard settings.isLoopback || settings.token != nil else {
            throw .invalid(
                "http.token_file", "\(settings.host) can be reached from other machines, so http.token_file must be set"
            )
        }
        self.settings = settings
    }

    /// Looks at who asks.
    ///
    /// - Throws: ``HouseholdError`` `unauthorized`, or `bad_request` for what a strange page makes a browser do.
    func admit(_ request: Request, to access: Route.Access) throws(HouseholdError) {
        switch access {
        case .profileToken: return
        case .openOnLoopback where settings.isLoopback, .bearer where settings.token == nil:
            try refuseStrangePages(request)
        case .bearer, .openOnLoopback:
            guard let token = settings.token, let shown = request.token(of: "bearer"), token.isSame(as: shown) else {
                throw HouseholdError(.unauthorized, "This needs the header Authorization: Bearer and the token")
            }
        }
    }

    /// Keeps pages of other sites out, where being on this machine is all that is asked.
    ///
    /// A name that some site has bound to this machine's address is not how this machine calls itself, and a page that
    /// wants to change something says where it comes from.
    private func refuseStrangePages(_ request: Request) throws(HouseholdError) {
        if let host = request.head.authority.map(Self.name), host != settings.host.lowercased(), !Self.isLocal(host) {
            throw HouseholdError(.badRequest, "This server is not called \"\(host.prefix(80))\"; ask for localhost")
        }
        guard ![.get, .head, .options].contains(request.method), let origin = request.headers[.origin] else { return }
        guard let page = URLComponents(string: origin)?.host, Self.isLocal(Self.name(page)) else {
            throw HouseholdError(.badRequest, "A page of another site cannot change anything here")
        }
    }

    /// The name in a `Host` header, without its port.
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
    /// The token that the request shows under a scheme of `Authorization`.
    func token(of scheme: String) -> String? {
        let parts = (headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == scheme else { return nil }
        return parts[1].trimmingCharacters(in: .whitespaces)
    }
}
