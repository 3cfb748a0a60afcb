import Foundation
import NIOCore
import NIOPosix
public import Wire

/// Sends HTTP requests byte by byte, also such as no good client would, and reads the answers whole.
public struct HTTPClient: Sendable {
    /// What came back.
    public struct Answer: Sendable {
        /// The status code; 0 when the server hung up without one.
        public var status: Int
        /// Header fields by lower-case name; the values of equal names stand one after the other.
        public var headers: [String: String]
        /// The body as it came.
        public var body: String

        /// The body as JSON; null when it is none.
        public var json: JSONValue { (try? WireJSON.decode(body.utf8)) ?? .null }
    }

    private let port: Int
    private let token: String?

    /// Prepares to talk to a server of this machine.
    ///
    /// - Parameters:
    ///   - port: Its port.
    ///   - token: The bearer token that every request shows.
    public init(port: Int, token: String? = nil) {
        self.port = port
        self.token = token
    }

    /// Asks for something.
    ///
    /// - Parameters:
    ///   - method: Any word.
    ///   - target: Path and query.
    ///   - json: A body of JSON.
    ///   - headers: Header fields in place of or beside the usual ones.
    /// - Returns: The answer.
    /// - Throws: What the connection throws.
    public func send(
        _ method: String, _ target: String, _ json: String? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        var fields = ["Host": "localhost:\(port)", "Connection": "close"]
        if let json {
            fields["Content-Type"] = "application/json"
            fields["Content-Length"] = "\(json.utf8.count)"
        }
        if let token { fields["Authorization"] = "Bearer \(token)" }
        fields.merge(headers) { $1 }
        let lines = fields.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }
        return try await send(raw: "\(method) \(target) HTTP/1.1\r\n\(lines.joined())\r\n\(json ?? "")")
    }

    /// Sends any text and reads until the server hangs up.
    public func send(raw text: String) async throws -> Answer {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let bytes = try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            var answer = ByteBuffer()
            // A server that has read enough may hang up while there is more to send.
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
