import Foundation
import Household
import MQTTClient
import Synchronization
import Wire

/// Publishes the health topic: at each connection, once a minute, and when the store fails or works again.
struct HealthReporter: Sendable {
    private static let intervalS = 60
    private let household: Household
    private let client: MQTTClient
    private let publisher: BridgePublisher
    private let startedAt = ContinuousClock.now
    private let retainedRequests = SharedCount()
    private let refused = SharedCount()

    init(household: Household, client: MQTTClient, publisher: BridgePublisher) {
        self.household = household
        self.client = client
        self.publisher = publisher
    }

    /// Counts a request or listen that was ignored because it was retained.
    func countRetainedRequest() { retainedRequests.increment() }

    /// Notes how many updates of speakers were refused because there was no room.
    func setRefused(_ count: Int) { refused.set(count) }

    /// Publishes until the task is cancelled.
    func run(storeChanges: AsyncStream<Void>) async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await _ in storeChanges { await report() }
            }
            while (try? await Task.sleep(for: .seconds(Self.intervalS))) != nil { await report() }
            group.cancelAll()
        }
    }

    /// Publishes the current health.
    @discardableResult
    func report() async -> BridgeHealth {
        await household.refreshSummaries()
        let counters = client.counters
        let house = await household.counted
        let health = BridgeHealth(
            uptimeS: Int((ContinuousClock.now - startedAt) / .seconds(1)), memoryBytes: ProcessMemory.residentBytes,
            broker: .init(
                connected: client.isConnected, connects: counters.connects, tooLargeTopics: client.tooLargeTopics),
            store: .init(
                ok: household.storeProblem == nil, problem: household.storeProblem, bytes: household.storeBytes,
                unsavedPlays: house.unsaved),
            catalog: .init(tracks: household.catalogSize),
            queues: .init(inbound: counters.inboundDepth, outbound: counters.outboundDepth),
            counters: .init(
                received: counters.received, dropped: counters.droppedInbound + counters.oversized,
                droppedOutbound: counters.droppedOutbound, published: counters.published,
                retainedRequests: retainedRequests.value, refusedUpdates: refused.value, rejected: house.rejected,
                listens: house.listens,
                listensByRule: house.listensByRule, ignored: house.ignored, duplicates: house.duplicates,
                guestPlays: house.guestPlays, playlists: house.playlists, lost: house.lost))
        publisher.publishRetained(health, to: publisher.topics.health)
        return health
    }
}

/// The payload of the topic `haunt/bridge/health`.
struct BridgeHealth: Encodable, Sendable {
    struct Broker: Encodable {
        var connected: Bool
        var connects: Int
        /// Topics whose payload is larger than the broker accepts.
        var tooLargeTopics: [String]
    }

    struct Store: Encodable {
        var ok: Bool
        @ExplicitNull var problem: String?
        var bytes: Int64
        var unsavedPlays: Int
    }

    struct Catalog: Encodable {
        @ExplicitNull var tracks: Int?
    }

    struct Queues: Encodable {
        var inbound: Int
        var outbound: Int
    }

    struct Counters: Encodable {
        var received: Int
        var dropped: Int
        var droppedOutbound: Int
        var published: Int
        var retainedRequests: Int
        /// Updates of speakers for which there was no room.
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
    var store: Store
    var catalog: Catalog
    var queues: Queues
    var counters: Counters
}

/// A counter that is shared by copies of a struct.
private final class SharedCount: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func increment() { count.withLock { $0 += 1 } }
    func set(_ value: Int) { count.withLock { $0 = value } }
}

enum ProcessMemory {
    /// Resident memory in bytes (`VmRSS`); 0 when `/proc` is not available.
    static var residentBytes: Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
        else { return 0 }
        return kilobytes * 1024
    }
}
