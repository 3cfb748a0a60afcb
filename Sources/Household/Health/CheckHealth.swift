public import Foundation
public import Wire

/// Answers how the daemon is, and has the answer published. A store that failed is tried again.
public struct CheckHealth: HouseholdOperation {
    public static let signature = OperationSignature("health/check", nil, writes: false)

    public init(_ fields: inout FieldReader) throws(HouseholdError) {}

    public func run(in household: isolated Household) async throws -> HealthView {
        _ = household.checkStore()
        return await household.reportHealth()
    }
}

/// The connection to the broker, as the part that has it reports it. The default values are those of a household without
/// a broker.
public struct BrokerStatus: Equatable, Sendable {
    /// Why there is no connection; nil when there is one.
    public var problem: String?
    /// Connections so far.
    public var connects = 0
    /// Topics whose payload is larger than the broker accepts.
    public var tooLargeTopics: [String] = []
    /// Received messages that wait.
    public var inboundDepth = 0
    /// Messages that wait to be sent.
    public var outboundDepth = 0
    public var received = 0
    /// Received messages that were lost because they were too many or too large.
    public var dropped = 0
    public var droppedOutbound = 0
    public var published = 0
    /// Requests and listens that were ignored because they were retained.
    public var retainedRequests = 0
    /// Updates of speakers for which there was no room.
    public var refusedUpdates = 0
    /// Where messages of players come from.
    public var sources: [SourceStatus] = []

    public init() {}
}

/// What was received from a source of player messages, in JSON.
public struct SourceStatus: Codable, Equatable, Sendable {
    /// How its software talks.
    public var dialect: String
    /// First levels of its topics; empty for a dialect without them.
    public var baseTopic: String
    /// Messages since the start.
    public var messages: Int
    /// When the last came that the broker had not kept; null is not since the start.
    @ExplicitNull public var lastHeardAt: Date?

    /// Creates the status of a source.
    public init(dialect: String, baseTopic: String, messages: Int, lastHeardAt: Date?) {
        self.dialect = dialect
        self.baseTopic = baseTopic
        self.messages = messages
        self.lastHeardAt = lastHeardAt
    }
}

extension BrokerStatus {
    /// Messages of players, by dialect.
    public var playerMessages: [String: Int] {
        sources.reduce(into: [:]) { $0[$1.dialect, default: 0] += $1.messages }
    }
}

extension Household {
    /// Speakers of which nobody said which of several libraries they play from, by name.
    private var speakersWithoutLibrary: [String] {
        roster.speakers.keys.filter { settings.aliases[$0] == nil && settings.lacksLibrary(speaker: $0) }.sorted()
    }

    /// The connection to the broker.
    public nonisolated var broker: BrokerStatus { observer.broker }

    /// The health now.
    public var health: HealthView {
        HealthView(
            uptimeS: Int((ContinuousClock.now - startedAt) / .seconds(1)), broker: broker, counters: counters,
            store: .init(
                ok: storeProblem == nil, problem: storeProblem, bytes: storeBytes, unsavedPlays: counters.unsaved),
            tracks: catalogSize, libraries: libraries.views, speakersWithoutLibrary: speakersWithoutLibrary)
    }

    /// Updates the summaries of tastes, and reports the health to the observer.
    @discardableResult
    public func reportHealth() async -> HealthView {
        await refreshSummaries()
        let health = health
        observer.householdDid(.healthChecked(health))
        return health
    }
}

/// The health of the daemon in JSON.
public struct HealthView: Encodable, Equatable, Sendable {
    struct Broker: Encodable, Equatable {
        var connected: Bool
        @ExplicitNull var problem: String?
        var connects: Int
        var tooLargeTopics: [String]
    }

    struct Store: Encodable, Equatable {
        var ok: Bool
        @ExplicitNull var problem: String?
        var bytes: Int64
        var unsavedPlays: Int
    }

    struct Catalog: Encodable, Equatable {
        @ExplicitNull var tracks: Int?
    }

    struct Queues: Encodable, Equatable {
        var inbound: Int
        var outbound: Int
    }

    struct Counters: Encodable, Equatable {
        var received: Int
        var dropped: Int
        var droppedOutbound: Int
        var published: Int
        var retainedRequests: Int
        var refusedUpdates: Int
        var rejected: Int
        var listens: [String: Int]
        var listensByRule: [String: Int]
        var ignored: [String: Int]
        var duplicates: Int
        var guestPlays: Int
        var playlists: Int
        var lost: Int
    }

    var uptimeS: Int
    var memoryBytes: Int
    var broker: Broker
    var sources: [SourceStatus]
    var store: Store
    var catalog: Catalog
    var queues: Queues
    var counters: Counters
    /// Where the music is, with what is wrong there.
    var libraries: [LibraryView]
    /// Speakers of which nobody said which of several libraries they play from: their lists have no address to play.
    var speakersWithoutLibrary: [String]

    init(
        uptimeS: Int, broker: BrokerStatus, counters: HouseholdCounters, store: Store, tracks: Int?,
        libraries: [LibraryView], speakersWithoutLibrary: [String]
    ) {
        self.libraries = libraries
        self.speakersWithoutLibrary = speakersWithoutLibrary
        self.uptimeS = uptimeS
        memoryBytes = Self.residentBytes
        self.broker = Broker(
            connected: broker.problem == nil, problem: broker.problem, connects: broker.connects,
            tooLargeTopics: broker.tooLargeTopics)
        sources = broker.sources
        self.store = store
        catalog = Catalog(tracks: tracks)
        queues = Queues(inbound: broker.inboundDepth, outbound: broker.outboundDepth)
        self.counters = Counters(
            received: broker.received, dropped: broker.dropped, droppedOutbound: broker.droppedOutbound,
            published: broker.published, retainedRequests: broker.retainedRequests,
            refusedUpdates: broker.refusedUpdates, rejected: counters.rejected, listens: counters.listens,
            listensByRule: counters.listensByRule, ignored: counters.ignored, duplicates: counters.duplicates,
            guestPlays: counters.guestPlays, playlists: counters.playlists, lost: counters.lost)
    }

    /// Resident memory of the process in bytes (`VmRSS`); 0 when `/proc` is not available.
    private static var residentBytes: Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
        else { return 0 }
        return kilobytes * 1024
    }
}
