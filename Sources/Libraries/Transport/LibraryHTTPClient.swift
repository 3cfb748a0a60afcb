import AsyncHTTPClient
import Foundation
import Household
import NIOCore
import NIOHTTP1
import Wire

/// Asks one HTTP server. It follows no redirect, and sends nothing to another address.
struct LibraryHTTPClient: Sendable {
    let place: LibraryPlace
    /// Scheme, host, port and path of the server, without a slash at the end.
    let base: String
    /// Sent with each request.
    var headers: [(name: String, value: String)] = []

    /// One for the process, so that nobody has to shut it down. Few connections are enough, because pages are read one
    /// after the other.
    private static let shared = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)

    private static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10), read: .seconds(30), write: .seconds(30)),
            connectionPool: .init(idleTimeout: .seconds(10), concurrentHTTP1ConnectionsPerHostSoftLimit: 2))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        return configuration
    }

    /// Asks for a value.
    ///
    /// - Throws: ``LibraryProblem``, `CancellationError`.
    func get(
        _ path: String, _ query: [(name: String, value: String)] = [], patience: Duration = ServerLimits.patience
    ) async throws -> JSONValue {
        try await send(HTTPClientRequest(url: url(path, query)), patience)
    }

    /// Sends a value and asks for another.
    ///
    /// - Throws: ``LibraryProblem``, `CancellationError`.
    func post(_ path: String, _ body: JSONValue, patience: Duration = ServerLimits.patience) async throws -> JSONValue {
        var request = HTTPClientRequest(url: url(path, []))
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: try WireJSON.encode(body)))
        return try await send(request, patience)
    }

    private func send(_ plain: HTTPClientRequest, _ patience: Duration) async throws -> JSONValue {
        var request = plain
        for header in headers { request.headers.replaceOrAdd(name: header.name, value: header.value) }
        do {
            let response = try await Self.shared.execute(request, timeout: TimeAmount(patience))
            try check(response.status)
            let body = try await response.body.collect(upTo: ServerLimits.answerBytes)
            return try WireJSON.decode(body.readableBytesView, maxBytes: ServerLimits.answerBytes)
        } catch is JSONError {
            throw place.malformed("its answer is not JSON")
        } catch {
            throw place.problem(error)
        }
    }

    private func check(_ status: HTTPResponseStatus) throws {
        switch status.code {
        case 200..<300: return
        case 300..<400:
            throw place.malformed("it redirects to another address, which Haunt does not follow (\(status.code))")
        case 401, 403: throw place.refused("it answered \(status.code)")
        case 429, 500...: throw place.away("it answered \(status.code)")
        default: throw place.malformed("it answered \(status.code)")
        }
    }

    private func url(_ path: String, _ query: [(name: String, value: String)]) -> String {
        let pairs = query.map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }
        return base + path + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
    }

    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}

/// The address of a server over HTTP.
struct ServerURL: Sendable {
    let usesTLS: Bool
    let host: String
    let port: Int
    /// Without a slash at the end.
    let path: String
    /// Without user, password, query and fragment, and without a slash at the end.
    let text: String

    /// Reads an address.
    ///
    /// - Throws: ``LibraryProblem`` for what is no address of a server.
    init(_ url: String, of library: String) throws {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty, parts.user == nil,
            parts.password == nil
        else {
            throw LibraryProblem(
                .malformed,
                "The url of library \(library) must be http://host:port or https://host:port, without a user")
        }
        usesTLS = scheme == "https"
        self.host = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        port = parts.port ?? (usesTLS ? 443 : 80)
        path = parts.path.hasSuffix("/") ? String(parts.path.dropLast()) : parts.path
        text = "\(scheme)://\(host)\(parts.port.map { ":\($0)" } ?? "")\(path)"
    }
}
