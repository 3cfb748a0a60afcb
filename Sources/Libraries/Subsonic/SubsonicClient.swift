import Household
import Synchronization
import Wire

/// Asks a Subsonic server. Its errors come with HTTP status 200.
final class SubsonicClient: Sendable {
    /// Errors of servers that keep no password that a token could be compared with: 41 by the protocol, 10 of some.
    private static let lacksTokens: Set<Double> = [10, 41]

    let http: LibraryHTTPClient
    let user: String
    let secret: LibrarySettings.Secret?
    private let sendsPassword = Mutex(false)

    var place: LibraryPlace { http.place }

    init(_ settings: LibrarySettings) throws {
        let url = try ServerURL(settings.url, of: settings.name)
        http = LibraryHTTPClient(place: LibraryPlace(library: settings.name, address: url.text), base: url.text)
        user = settings.user ?? ""
        secret = settings.secret
    }

    /// Asks for something. A server without tokens is sent the password, as its protocol wants it.
    ///
    /// - Throws: ``LibraryProblem``, `CancellationError`.
    func ask(_ method: String, _ query: [(name: String, value: String)] = []) async throws -> JSONValue {
        let answer = try await http.get("/rest/\(method).view", credentials + query)
        guard let response = answer["subsonic-response"] else {
            throw place.malformed("its answer is not one of a Subsonic server")
        }
        if response["status"] == "ok" { return response }
        if case .password = secret, Self.lacksTokens.contains(response["error"]?["code"]?.number ?? 0),
            sendsPassword.withLock({ exchange(&$0, with: true) }) == false
        {
            return try await ask(method, query)
        }
        throw problem(response["error"])
    }

    private func problem(_ error: JSONValue?) -> LibraryProblem {
        let words = error?["message"]?.text ?? "it tells no reason"
        let code = error?["code"]?.number ?? 0
        return 40...50 ~= code
            ? place.refused(words) : place.malformed("\(words) (error \(Int(clamping: Int64(code))))")
    }

    /// Who asks.
    private var credentials: [(name: String, value: String)] {
        let common: [(name: String, value: String)] = [("v", "1.16.1"), ("c", "haunt"), ("f", "json")]
        switch secret {
        case .token(let key): return [("apiKey", key)] + common
        case .password(let password) where sendsPassword.withLock({ $0 }):
            let digits = password.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            return [("u", user), ("p", "enc:" + digits.joined())] + common
        case .password(let password):
            let salt = String(UInt64.random(in: .min ... .max), radix: 36)
            return [("u", user), ("t", MD5.hexDigest(password + salt)), ("s", salt)] + common
        case nil: return [("u", user)] + common
        }
    }
}
