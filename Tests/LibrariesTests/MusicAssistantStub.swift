import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import Wire

/// A websocket server that answers in the shape of Music Assistant.
final class MusicAssistantStub: Sendable {
    let port: Int
    private let channel: any Channel

    var url: String { "http://127.0.0.1:\(port)" }

    /// Starts it on a free loopback port.
    ///
    /// - Parameters:
    ///   - hello: What it says first.
    ///   - answer: The messages it sends when it is asked something.
    /// - Throws: An error of the network.
    init(
        hello: String = #"{"server_id":"x","server_version":"2.3","schema_version":26}"#,
        _ answer: @escaping @Sendable (_ command: String, _ id: String, JSONValue) -> [String]
    ) async throws {
        let upgrader = NIOWebSocketServerUpgrader(
            shouldUpgrade: { channel, head in
                channel.eventLoop.makeSucceededFuture(head.uri == "/ws" ? HTTPHeaders() : nil)
            },
            upgradePipelineHandler: { channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(hello: hello, answer: answer))
                }
            })
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                        withServerUpgrade: (upgraders: [upgrader], completionHandler: { _ in }))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    deinit { channel.close(promise: nil) }

    /// A result in one message.
    static func result(_ id: String, _ json: String) -> [String] {
        [#"{"message_id":"\#(id)","result":\#(json),"partial":false}"#]
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = WebSocketFrame
        typealias OutboundOut = WebSocketFrame

        let hello: String
        let answer: @Sendable (String, String, JSONValue) -> [String]

        init(hello: String, answer: @escaping @Sendable (String, String, JSONValue) -> [String]) {
            self.hello = hello
            self.answer = answer
        }

        func handlerAdded(context: ChannelHandlerContext) { send(hello, context) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let frame = unwrapInboundIn(data)
            guard frame.opcode == .text, let request = try? WireJSON.decode(frame.unmaskedData.readableBytesView),
                case .string(let id)? = request["message_id"], case .string(let command)? = request["command"]
            else { return }
            for message in answer(command, id, request["args"] ?? .null) { send(message, context) }
        }

        private func send(_ text: String, _ context: ChannelHandlerContext) {
            let frame = WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text))
            context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
        }
    }
}
