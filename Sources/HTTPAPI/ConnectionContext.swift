import Foundation
import Hummingbird
import NIOCore

/// The context of a request: the logger, and who is at the other end of the connection.
struct ConnectionContext: RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    var remoteAddress: SocketAddress? { channel.remoteAddress }

    /// Closes the connection, whatever still waits to be sent.
    func close() { channel.close(promise: nil) }

    /// Runs something when the connection is closed. One that the client has closed for its part is closed then, because
    /// whoever sends a stream learns of that only by the next message that cannot be sent.
    func whenClientLeaves(_ body: @escaping @Sendable () -> Void) {
        _ = channel.pipeline.addHandler(CloseWithClient(), position: .first)
        // Without it a client that vanished keeps its place until the system gives up, after a quarter of an hour.
        let timeout = ChannelOptions.Types.SocketOption(level: .tcp, name: .init(rawValue: TCP_USER_TIMEOUT))
        _ = channel.setOption(timeout, value: HTTPLimits.unansweredMs)
        channel.closeFuture.whenComplete { _ in body() }
    }

    /// The address of the peer. An IPv4 address that came through an IPv6 socket is written as IPv4.
    var peer: String? {
        guard let address = remoteAddress?.ipAddress else { return nil }
        return address.hasPrefix("::ffff:") ? String(address.dropFirst("::ffff:".count)) : address
    }
}

/// Closes a connection when the client has closed it for its part.
private final class CloseWithClient: ChannelInboundHandler, Sendable {
    typealias InboundIn = NIOAny

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event as? ChannelEvent == .inputClosed else { return context.fireUserInboundEventTriggered(event) }
        context.close(promise: nil)
    }
}
