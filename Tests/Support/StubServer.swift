import NIOCore
import NIOPosix
import Synchronization

/// An HTTP server that answers as a test wants, also badly.
public final class StubServer: Sendable {
    /// What it was asked.
    public struct Request: Sendable {
        /// Path and query.
        public let target: String
        /// The lines before the body.
        public let head: String
        public let body: String

        /// The value of a field of the query; nil when there is none.
        public subscript(name: String) -> String? {
            let query = target.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
            let pair = query.split(separator: "&").first { $0.hasPrefix(name + "=") }
            return pair.map { String($0.dropFirst(name.count + 1)) }
        }
    }

    /// What it answers.
    public enum Reply: Sendable {
        /// Status 200.
        case json(String)
        case status(Int, headers: [String: String] = [:], body: String = "")
        /// These bytes, after which the connection is closed.
        case raw(String)
        /// Nothing.
        case silence
        /// More than anybody reads.
        case endless
    }

    public let port: Int
    private let channel: any Channel
    private let log: RequestLog

    public var url: String { "http://127.0.0.1:\(port)" }
    /// What it was asked so far.
    public var requests: [Request] { log.requests.withLock { $0 } }

    /// Starts it on a free loopback port.
    ///
    /// - Throws: An error of the network.
    public init(_ answer: @escaping @Sendable (Request) -> Reply) async throws {
        let log = RequestLog()
        self.log = log
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(StubHandler(answer: answer, log: log))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    deinit { channel.close(promise: nil) }
}

private final class RequestLog: Sendable {
    let requests = Mutex<[StubServer.Request]>([])
}

private final class StubHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: @Sendable (StubServer.Request) -> StubServer.Reply
    private let log: RequestLog
    private var received = ""

    init(answer: @escaping @Sendable (StubServer.Request) -> StubServer.Reply, log: RequestLog) {
        self.answer = answer
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        // A client that speaks TLS is answered as servers without TLS do.
        if received.isEmpty, bytes.readableBytesView.first == 0x16 {
            return close(after: "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", context)
        }
        received += String(buffer: bytes)
        guard let end = received.firstRange(of: "\r\n\r\n") else { return }
        let (head, body) = (String(received[..<end.lowerBound]), String(received[end.upperBound...]))
        let length = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
        guard body.utf8.count >= Int(length?.split(separator: " ").last ?? "0") ?? 0 else { return }
        received = ""
        let target = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        let request = StubServer.Request(target: target, head: head, body: body)
        log.requests.withLock { $0.append(request) }
        send(answer(request), context)
    }

    private func send(_ reply: StubServer.Reply, _ context: ChannelHandlerContext) {
        switch reply {
        case .json(let text): send(200, [:], text, context)
        case .status(let code, let headers, let body): send(code, headers, body, context)
        case .raw(let text): close(after: text, context)
        case .silence: break
        case .endless:
            let part = ByteBuffer(repeating: UInt8(ascii: " "), count: 1_048_576)
            context.write(
                wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")),
                promise: nil)
            for _ in 0..<64 { context.write(wrapOutboundOut(part), promise: nil) }
            context.flush()
        }
    }

    private func send(_ code: Int, _ headers: [String: String], _ body: String, _ context: ChannelHandlerContext) {
        let fields = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
        close(
            after:
                "HTTP/1.1 \(code) Said\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\(fields)\r\n\(body)",
            context)
    }

    private func close(after text: String, _ context: ChannelHandlerContext) {
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text))).whenComplete { _ in channel.close(promise: nil)
        }
    }
}
