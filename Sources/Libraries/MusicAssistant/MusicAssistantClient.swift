import Foundation
import Household
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOWebSocket
import Synchronization
import Wire

/// Talks with a Music Assistant server over its websocket. Each conversation has a connection of its own.
struct MusicAssistantClient: Sendable {
    typealias Socket = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>
    /// From this schema on the server asks for a token.
    private static let firstWithTokens = 28
    /// How long opening a websocket may take, in seconds.
    private static let patienceS: Int64 = 10
    private static let group = MultiThreadedEventLoopGroup.singleton

    let place: LibraryPlace
    let url: ServerURL
    let token: String?

    init(_ settings: LibrarySettings) throws {
        url = try ServerURL(settings.url, of: settings.name)
        place = LibraryPlace(library: settings.name, address: url.text)
        token = if case .token(let text) = settings.secret { text } else { nil }
    }

    /// Asks for something.
    ///
    /// - Returns: The result, put together where it came in parts.
    /// - Throws: ``LibraryProblem``, `CancellationError`.
    func ask(_ command: String, _ arguments: JSONValue = [:]) async throws -> JSONValue {
        try await within(ServerLimits.patience) { conversation in
            try await conversation.ask(command, arguments)
        }
    }

    /// Waits for an event, as long as it takes.
    func waitForEvent(_ isWanted: @escaping @Sendable (String) -> Bool) async throws {
        try await within(nil) { conversation in
            while true {
                let message = try await conversation.next()
                if let event = message["event"]?.text, isWanted(event) { return }
            }
        }
    }

    private func within<Value: Sendable>(
        _ patience: Duration?, _ body: @escaping @Sendable (inout MusicAssistantConversation) async throws -> Value
    ) async throws -> Value {
        try await place.within(patience) {
            guard let socket = try await connect() else {
                throw place.malformed("it is no Music Assistant")
            }
            return try await socket.executeThenClose { inbound, outbound in
                var conversation = MusicAssistantConversation(
                    place: place, inbound: inbound.makeAsyncIterator(), outbound: outbound)
                let schema = try await conversation.next()["schema_version"]?.whole ?? 0
                if schema >= Self.firstWithTokens {
                    guard let token else { throw place.refused("it asks for a token, and token_file is not set") }
                    _ = try await conversation.ask("auth", ["token": .string(token)])
                }
                return try await body(&conversation)
            }
        }
    }

    /// Opens the websocket; nil when the server has none.
    private func connect() async throws -> Socket? {
        let tls = url.usesTLS ? try NIOSSLContext(configuration: .makeClientConfiguration()) : nil
        // A future does not notice that its task is cancelled, and a server may never answer.
        let opening = OpeningChannels()
        let deadline = Self.group.any().scheduleTask(in: .seconds(Self.patienceS)) { opening.close() }
        defer { deadline.cancel() }
        do {
            return try await withTaskCancellationHandler {
                try await ClientBootstrap(group: Self.group)
                    .connectTimeout(.seconds(Self.patienceS)).channelOption(.socketOption(.so_keepalive), value: 1)
                    .connect(host: url.host, port: url.port) { [url] channel in
                        opening.add(channel)
                        return channel.eventLoop.makeCompletedFuture { try Self.configure(channel, url, tls) }
                    }
                    .get()
            } onCancel: {
                opening.close()
            }
        } catch  where opening.isClosed && !Task.isCancelled {
            throw place.away("it took longer than \(Self.patienceS) s")
        }
    }

    private static func configure(
        _ channel: any Channel, _ url: ServerURL, _ tls: NIOSSLContext?
    ) throws -> EventLoopFuture<Socket?> {
        if let tls {
            let isName = (try? SocketAddress(ipAddress: url.host, port: 0)) == nil
            let handler = try NIOSSLClientHandler(context: tls, serverHostname: isName ? url.host : nil)
            try channel.pipeline.syncOperations.addHandler(handler)
        }
        let head = HTTPRequestHead(
            version: .http1_1, method: .GET, uri: url.path + "/ws",
            headers: ["Host": "\(url.host):\(url.port)", "Content-Length": "0"])
        var configuration = NIOUpgradableHTTPClientPipelineConfiguration(upgradeConfiguration: upgrade(head))
        // The server greets at once, so its first message may come together with its answer.
        configuration.leftOverBytesStrategy = .forwardBytes
        return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(configuration: configuration)
    }

    private static func upgrade(_ head: HTTPRequestHead) -> NIOTypedHTTPClientUpgradeConfiguration<Socket?> {
        let upgrader = NIOTypedWebSocketClientUpgrader<Socket?>(maxFrameSize: ServerLimits.answerBytes) { channel, _ in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(
                    NIOWebSocketFrameAggregator(
                        minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 10_000,
                        maxAccumulatedFrameSize: ServerLimits.answerBytes))
                return try Socket(wrappingChannelSynchronously: channel)
            }
        }
        return NIOTypedHTTPClientUpgradeConfiguration(upgradeRequestHead: head, upgraders: [upgrader]) { channel in
            channel.close().map { nil }
        }
    }
}

/// The channels of a connection that is being opened, one for each address that is tried.
private final class OpeningChannels: Sendable {
    private let state = Mutex((channels: [any Channel](), isClosed: false))

    func add(_ channel: any Channel) {
        let isClosed = state.withLock { state in
            state.channels.append(channel)
            return state.isClosed
        }
        if isClosed { channel.close(promise: nil) }
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Closes those that there are, and those that will come.
    func close() {
        let channels = state.withLock { state in
            state.isClosed = true
            return state.channels
        }
        for channel in channels { channel.close(promise: nil) }
    }
}

/// What is said over one websocket.
struct MusicAssistantConversation {
    let place: LibraryPlace
    var inbound: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator
    let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    private var number = 0

    init(
        place: LibraryPlace, inbound: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    ) {
        self.place = place
        self.inbound = inbound
        self.outbound = outbound
    }

    /// Asks for something. Events that come in between are dropped.
    mutating func ask(_ command: String, _ arguments: JSONValue) async throws -> JSONValue {
        number += 1
        let id = "\(number)"
        let request: JSONValue = ["message_id": .string(id), "command": .string(command), "args": arguments]
        try await send(.text, ByteBuffer(bytes: WireJSON.encode(request)))
        var parts: [JSONValue] = []
        while true {
            let message = try await next()
            guard message["message_id"]?.identifier == id else { continue }
            if let code = message["error_code"] { throw problem(code, message["details"]?.text) }
            guard message["partial"]?.bool == true || !parts.isEmpty else {
                return message["result"] ?? .null
            }
            parts += message["result"]?.items ?? []
            guard parts.count <= 100_000 else { throw place.malformed("the answer is too large") }
            if message["partial"]?.bool != true { return .array(parts) }
        }
    }

    /// The next message.
    mutating func next() async throws -> JSONValue {
        while let frame = try await inbound.next(isolation: #isolation) {
            switch frame.opcode {
            case .text, .binary:
                let bytes = frame.unmaskedData.readableBytesView
                guard let value = try? WireJSON.decode(bytes, maxBytes: ServerLimits.answerBytes) else {
                    throw place.malformed("its answer is not JSON")
                }
                return value
            case .ping: try await send(.pong, frame.unmaskedData)
            case .connectionClose: throw place.away("it closed the connection")
            default: continue
            }
        }
        try Task.checkCancellation()
        throw place.away("it closed the connection")
    }

    private func send(_ opcode: WebSocketOpcode, _ data: ByteBuffer) async throws {
        try await outbound.write(WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data))
    }

    /// Codes of Music Assistant from 20 on are about authentication.
    private func problem(_ code: JSONValue, _ details: String?) -> LibraryProblem {
        let words = String((details ?? "it tells no reason").prefix(200))
        return (20...23).contains(code.whole ?? 0) ? place.refused(words) : place.malformed(words)
    }
}
