import NIOCore
import NIOHTTP1
import NIOPosix
public import Wire

/// One message of an event stream.
public struct ServerSentEvent: Sendable {
    public var id: String?
    public var type: String
    /// What it says, without the envelope that repeats its type.
    public var data: JSONValue
}

/// A client of `/api/events`, which reads when it is asked for the next message.
public struct EventStreamClient {
    fileprivate var parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator
    fileprivate var unread = ""
    /// The status code.
    public fileprivate(set) var status = 0
    /// Header fields by lower-case name.
    public fileprivate(set) var headers: [String: String] = [:]
    /// Number of heartbeats so far.
    public private(set) var heartbeats = 0

    /// The next message; nil when the server ended the stream.
    public mutating func next() async throws -> ServerSentEvent? {
        while let lines = try await nextLines() { if let event = ServerSentEvent(lines) { return event } }
        return nil
    }

    /// The lines up to the next empty one: a message, a comment or a setting; nil when the server ended the stream.
    public mutating func nextLines() async throws -> [Substring]? {
        while true {
            if let end = unread.firstRange(of: "\n\n") {
                let lines = unread[..<end.lowerBound].split(separator: "\n")
                unread.removeSubrange(..<end.upperBound)
                if lines.contains(where: { $0.hasPrefix(":") }) { heartbeats += 1 }
                return lines
            }
            guard let more = try await body() else { return nil }
            unread += more
        }
    }

    /// The next message of a type.
    public mutating func next(_ type: String) async throws -> ServerSentEvent? {
        while let event = try await next() { if event.type == type { return event } }
        return nil
    }

    /// All that is left, until the server ends the stream.
    public mutating func rest() async throws -> String {
        while let more = try await body() { unread += more }
        return unread
    }

    private mutating func body() async throws -> String? {
        guard case .body(let bytes)? = try await parts.next(isolation: #isolation) else { return nil }
        return String(buffer: bytes)
    }
}

extension HTTPClient {
    /// Opens an event stream and leaves it: an answer with its first message as body, or with the body of an error.
    public func beginning(of target: String, headers: [String: String] = [:]) async throws -> Answer {
        try await stream(target, headers: headers) { events in
            let body = events.status == 200 ? try await events.next()?.type : try await events.rest()
            return Answer(status: events.status, headers: events.headers, body: body ?? "")
        }
    }

    /// Opens an event stream while a test runs.
    ///
    /// - Parameters:
    ///   - target: Path and query.
    ///   - headers: Header fields in addition to the usual ones.
    ///   - test: Reads the messages.
    /// - Returns: What the test returns.
    /// - Throws: What the test throws; an error of the connection.
    public func stream<Value>(
        _ target: String = "/api/events", headers: [String: String] = [:],
        _ test: (inout EventStreamClient) async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                        wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            let fields = HTTPHeaders(usualFields.merging(headers) { $1 }.map { ($0.key, $0.value) })
            try await outbound.write(.head(.init(version: .http1_1, method: .GET, uri: target, headers: fields)))
            try await outbound.write(.end(nil))
            var client = EventStreamClient(parts: inbound.makeAsyncIterator())
            if case .head(let head)? = try await client.parts.next(isolation: #isolation) {
                client.status = Int(head.status.code)
                client.headers = head.headers.reduce(into: [:]) { $0[$1.name.lowercased()] = $1.value }
            }
            return try await test(&client)
        }
    }
}

extension ServerSentEvent {
    fileprivate init?(_ lines: [Substring]) {
        let fields = lines.reduce(into: [String: String]()) { fields, line in
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingPrefix(" ") }
            if parts.count == 2 { fields[String(parts[0])] = String(parts[1]) }
        }
        guard let type = fields["event"], let json = try? WireJSON.decode((fields["data"] ?? "").utf8) else {
            return nil
        }
        id = fields["id"]
        self.type = type
        data = json["data"] ?? .null
    }
}
