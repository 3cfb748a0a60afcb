public import Household
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle

/// The HTTP front door: `/api`, ListenBrainz's way in, health and metrics.
public struct HTTPService: Service, CustomStringConvertible {
    /// What it is called in the log.
    public var description: String { "HTTPService" }

    private let settings: HTTPSettings
    private let responder: Responder
    private let listening: @Sendable (Int) -> Void
    private let logger: Logger

    /// Prepares the door; nobody can come in before `run()`.
    ///
    /// - Parameters:
    ///   - household: The house.
    ///   - settings: What the configuration says.
    ///   - status: Asks how the rest of the daemon is.
    ///   - logger: Where the lines that matter go.
    ///   - listening: Told the port once the door is open.
    /// - Throws: ``HouseholdError`` `invalid` when others could come in and nobody need show a token.
    public init(
        household: Household, settings: HTTPSettings, status: @escaping @Sendable () async -> DaemonStatus,
        logger: Logger, listening: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws {
        try self.init(
            household: household, settings: settings, status: status, requests: RequestCounters(), logger: logger,
            listening: listening)
    }

    /// Prepares the door with other limits.
    init(
        household: Household, settings: HTTPSettings, status: @escaping @Sendable () async -> DaemonStatus,
        requests: RequestCounters, logger: Logger, listening: @escaping @Sendable (Int) -> Void
    ) throws {
        self.settings = settings
        self.logger = logger
        self.listening = listening
        responder = Responder(
            gatekeeper: try Gatekeeper(settings),
            worker: RouteWorker(
                household: household, status: status, version: settings.version, requests: requests))
    }

    /// Answers until the daemon stops; what is being worked on is answered first.
    ///
    /// - Throws: ``HouseholdError`` `unavailable` when the address cannot be had.
    public func run() async throws {
        var channel = HTTP1Channel.Configuration(idleTimeout: .seconds(HTTPLimits.idleS))
        channel.httpDecoder.maxHeaderListSize = HTTPLimits.headerBytes
        let application = Application(
            responder: responder, server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: "haunt",
                availableConnectionsDelegate: MaximumAvailableConnections(HTTPLimits.connections)),
            onServerRunning: { opened(at: $0.localAddress?.port) }, logger: logger)
        do {
            try await application.run()
        } catch let error as IOError {
            throw HouseholdError(
                .unavailable, "Cannot listen on \(settings.host):\(settings.port): \(error)", field: "http.listen")
        }
    }

    private func opened(at port: Int?) {
        guard let port else { return }
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        logger.notice("Answers on http://\(host):\(port)")
        listening(port)
    }
}
