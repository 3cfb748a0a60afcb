import Foundation
public import Household
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle

/// The HTTP server: `/api`, the routes for ListenBrainz, health and metrics.
public struct HTTPService: Service, CustomStringConvertible {
    public var description: String { "HTTPService" }

    private let settings: HTTPSettings
    private let responder: Responder
    private let feed: EventFeed
    private let connections: ConnectionLimit
    private let listening: @Sendable (Int) -> Void
    private let logger: Logger

    /// Creates a server, which listens from ``run()`` on.
    ///
    /// - Parameters:
    ///   - household: Performs the operations.
    ///   - feed: The events of the household.
    ///   - imports: Imports files.
    ///   - settings: The configuration.
    ///   - requests: Counts the requests, and limits those in progress.
    ///   - connections: Largest number of connections.
    ///   - logger: The logger.
    ///   - listening: Called with the port when the server accepts connections.
    /// - Throws: ``HouseholdError`` `invalid` when other machines can reach the address and no token is set.
    init(
        household: Household, feed: EventFeed, imports: ImportJobs, settings: HTTPSettings, requests: RequestCounters,
        connections: Int = HTTPLimits.connections, logger: Logger, listening: @escaping @Sendable (Int) -> Void
    ) throws {
        self.connections = ConnectionLimit(connections)
        self.settings = settings
        self.feed = feed
        self.logger = logger
        self.listening = listening
        responder = Responder(
            authorizer: try RequestAuthorizer(settings),
            handler: RouteHandler(
                household: household, version: settings.version, requests: requests, feed: feed,
                imports: imports))
    }

    /// Creates servers on several addresses that count their requests together.
    ///
    /// - Parameters:
    ///   - household: Performs the operations.
    ///   - feed: The events of the household.
    ///   - imports: Imports files.
    ///   - settings: The configuration of each.
    ///   - logger: The logger.
    ///   - listening: Called with the port when a server accepts connections.
    /// - Returns: The servers, in the order of the settings.
    /// - Throws: ``HouseholdError`` `invalid` when other machines can reach an address and no token is set.
    public static func servers(
        household: Household, feed: EventFeed, imports: ImportJobs, settings: [HTTPSettings], logger: Logger,
        listening: @escaping @Sendable (Int) -> Void
    ) throws -> [HTTPService] {
        let requests = RequestCounters()
        return try settings.map {
            try HTTPService(
                household: household, feed: feed, imports: imports, settings: $0, requests: requests, logger: logger,
                listening: listening
            )
        }
    }

    /// Answers requests until the daemon stops. Requests in progress are answered before this returns.
    ///
    /// - Throws: ``HouseholdError`` `unavailable` when the server cannot listen on its address.
    public func run() async throws {
        var channel = HTTP1Channel.Configuration(idleTimeout: .seconds(HTTPLimits.idleS))
        channel.additionalChannelHandlers = { [FirstRequestDeadline(), connections.makeHandler()] }
        channel.httpDecoder.maxHeaderListSize = HTTPLimits.headerBytes
        let application = Application(
            responder: responder, server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: "haunt"),
            onServerRunning: { opened(at: $0.localAddress?.port) }, logger: logger)
        do {
            // The clients of the event stream never end by themselves.
            try await withGracefulShutdownHandler {
                try await application.run()
            } onGracefulShutdown: {
                feed.close()
            }
        } catch let error as IOError {
            throw HouseholdError(
                .unavailable, "Cannot listen on \(settings.address): \(Self.reason(error.errnoCode))",
                field: settings.peer == nil ? "http.listen" : "http.ingress.listen")
        }
    }

    /// Why a server socket cannot be opened, and what to do.
    private static func reason(_ code: CInt) -> String {
        switch code {
        case EADDRINUSE: "another program uses that port; end it or choose another port"
        case EADDRNOTAVAIL: "this machine does not have that address"
        case EACCES: "ports below 1024 are for root; choose one above"
        default: unsafe String(cString: strerror(code))
        }
    }

    private func opened(at port: Int?) {
        guard let port else { return }
        var opened = settings
        opened.port = port
        logger.notice("Answers on http://\(opened.address)\(settings.peer.map { " for \($0) only" } ?? "")")
        listening(port)
    }
}
