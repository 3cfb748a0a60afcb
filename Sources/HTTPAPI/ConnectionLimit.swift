import NIOCore
import Synchronization

/// Keeps room for new connections: where there are too many, the one to which nothing was written for longest is closed.
///
/// A limit that leaves new connections waiting lets clients that send slowly, or nothing, lock out all others.
///
/// ## Concurrency model
/// The connections of all event loops share one value behind a lock.
final class ConnectionLimit: Sendable {
    private struct Connection {
        var channel: any Channel
        var writtenAt: NIODeadline
    }

    private let most: Int
    private let connections = Mutex<[ObjectIdentifier: Connection]>([:])

    /// - Parameter most: How many connections stay open.
    init(_ most: Int) { self.most = most }

    /// Makes the handler of one connection.
    func makeHandler() -> some RemovableChannelHandler & Sendable { Handler(limit: self) }

    fileprivate func opened(_ channel: any Channel) {
        let surplus = connections.withLock { connections -> (any Channel)? in
            let oldest = connections.count < most ? nil : connections.min { $0.value.writtenAt < $1.value.writtenAt }
            if let oldest { connections[oldest.key] = nil }
            connections[ObjectIdentifier(channel)] = Connection(channel: channel, writtenAt: .now())
            return oldest?.value.channel
        }
        surplus?.close(promise: nil)
    }

    fileprivate func wrote(to channel: any Channel) {
        connections.withLock { $0[ObjectIdentifier(channel)]?.writtenAt = .now() }
    }

    fileprivate func closed(_ channel: any Channel) {
        connections.withLock { $0[ObjectIdentifier(channel)] = nil }
    }

    /// Tells the limit what happens to one connection.
    private final class Handler: ChannelDuplexHandler, RemovableChannelHandler, Sendable {
        typealias InboundIn = NIOAny
        typealias OutboundIn = NIOAny

        private let limit: ConnectionLimit

        init(limit: ConnectionLimit) { self.limit = limit }

        func handlerAdded(context: ChannelHandlerContext) { limit.opened(context.channel) }

        func channelInactive(context: ChannelHandlerContext) {
            limit.closed(context.channel)
            context.fireChannelInactive()
        }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            limit.wrote(to: context.channel)
            context.write(data, promise: promise)
        }
    }
}

/// Closes a connection whose first request does not arrive in time, so that slow clients do not take all connections.
///
/// ## Concurrency model
/// It is used on the event loop of its channel alone.
final class FirstRequestDeadline: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias InboundOut = NIOAny

    private var deadline: Scheduled<Void>?

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: .seconds(HTTPLimits.headS)) {
            channel.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        deadline?.cancel()
        context.fireChannelRead(data)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }
}
