import Foundation
import NIOCore
import NIOPosix
public import Wire

/// A minimal HTTP client that can also send malformed requests.
public struct HTTPClient: Sendable {
    /// The answer to a request.
    public struct Answer: Sendable {
        /// The status code; 0 when the server closed the connection without one.
        public var status: Int
        /// Header fields by lower-case name. The values of equal names are joined by commas.
        public var headers: [String: String]
        public var body: String

        /// The body as JSON; null when it is not JSON.
        public var json: JSONValue { (try? WireJSON.decode(body.utf8)) ?? .null }
    }

    let port: Int
    private let token: String?

    /// Creates a client of a server on this machine.
    ///
    /// - Parameters:
    ///   - port: The port of the server.
    ///   - token: The bearer token of every request.
    public init(port: Int, token: String? = nil) {
        self.port = port
        self.token = token
    }

    /// Sends a request.
    ///
    /// - Parameters:
    ///   - method: The method, which need not be a valid one.
    ///   - target: Path and query.
    ///   - json: The body.
    ///   - headers: Header fields in addition to the usual ones, or in place of them. An empty value removes a field.
    /// - Returns: The answer.
    /// - Throws: An error of the connection.
    public func send(
        _ method: String, _ target: String, _ json: String? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        var fields = usualFields
        if let json {
            fields["Content-Type"] = "application/json"
            fields["Content-Length"] = "\(json.utf8.count)"
        }
        fields.merge(headers) { $1 }
        let lines = fields.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }
        return try await send(raw: "\(method) \(target) HTTP/1.1\r\n\(lines.joined())\r\n\(json ?? "")")
    }

    /// The header fields of every request.
    var usualFields: [String: String] {
        let authorization = token.map { ["Authorization": "Bearer \($0)"] } ?? [:]
        return ["Host": "localhost:\(port)", "Connection": "close"].merging(authorization) { $1 }
    }

    /// Sends the beginning of a request and closes the connection.
    public func sendAndClose(_ text: String) async throws {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port).get()
        try await channel.writeAndFlush(ByteBuffer(string: text)).get()
        try await channel.close().get()
    }

    /// Sends a text and reads until the server closes the connection.
    ///
    /// - Parameters:
    ///   - text: What is sent.
    ///   - sent: Called when it was sent.
    /// - Returns: The answer.
    /// - Throws: An error of the connection.
    public func send(raw text: String, sent: @Sendable () -> Void = {}) async throws -> Answer {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let bytes = try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            sent()
            var answer = ByteBuffer()
            // A server may close the connection before the request was sent completely.
            do { for try await chunk in inbound { answer.writeImmutableBuffer(chunk) } } catch is IOError {}
            return answer
        }
        return Answer(bytes)
    }
}

extension HTTPClient.Answer {
    fileprivate init(_ bytes: ByteBuffer) {
        let parts = String(buffer: bytes).split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = parts[0].split(separator: "\r\n")
        status = lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
        headers = lines.dropFirst().reduce(into: [:]) { headers, line in
            let field = line.split(separator: ":", maxSplits: 1)
            guard field.count == 2 else { return }
            let value = field[1].trimmingCharacters(in: .whitespaces)
            headers[field[0].lowercased(), default: ""] += (headers[field[0].lowercased()] == nil ? "" : ", ") + value
        }
        body = parts.count > 1 ? String(parts[1]) : ""
    }
}
