public import Household
import Listening
public import Logging
public import MQTTClient
import Synchronization
import Wire

/// Publishes the events of the household: retained states, events and commands.
///
/// ## Concurrency model
/// The household calls it on its own queue. It only queues messages, so it never blocks the household.
public final class BridgePublisher: HouseholdObserver {
    let topics: BridgeTopics
    let discovery: DiscoveryPublisher
    private let outbox: Outbox
    private let logger: Logger
    let speakers = SpeakerDirectory()
    private let counts = Mutex(Counts())
    /// Profiles with a reserved name that the log has named.
    private let warnedNames = Mutex(Set<String>())
    private let storeChange = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// What the bridge counts, besides the client.
    private struct Counts {
        var retainedRequests = 0
        var refusedUpdates = 0
        var sources: [SourceStatus] = []
    }

    /// - Parameters:
    ///   - client: The connection to the broker.
    ///   - baseTopic: First level or levels of every topic.
    ///   - discovery: How Haunt announces itself to Home Assistant.
    ///   - logger: The logger.
    public init(client: MQTTClient, baseTopic: String, discovery: DiscoverySettings, logger: Logger) {
        topics = BridgeTopics(base: baseTopic)
        outbox = Outbox(client: client, logger: logger)
        self.logger = logger
        self.discovery = DiscoveryPublisher(discovery, topics: topics)
    }

    /// Publishes an event on its topics.
    public func householdDid(_ event: HouseholdEvent) {
        if let announcement = event.announcement, announcement.reach == .everywhere {
            outbox.publish(announcement, to: topics.event)
        }
        switch event {
        case .listensAttributed, .listenerAsked, .everybodyAway, .playIgnored, .tasteRebuilt, .profileCreated, .purged:
            break
        case .listenRecorded(let listen), .listenSkipped(let listen): publish(listen)
        case .playlistGenerated(let playlist): publish(playlist.value)
        case .rejected(let rejected):
            logger.warning("Rejected a listen: \(rejected.error.message)", metadata: ["door": "\(rejected.door)"])
        case .profileChanged(let profile):
            outbox.publishRetained(profile, to: topics.profile(profile.name))
            discovery.profileChanged(profile.name, displayName: profile.displayName)
            warnAboutName(of: profile.name)
        case .profileRemoved(let name):
            outbox.clearRetained(on: topics.profile(name))
            discovery.profileRemoved(name)
        case .speakerChanged(let speaker):
            speakers.note(speaker)
            outbox.publishRetained(speaker, to: topics.speaker(speaker.topic, "state"))
            discovery.speakerChanged(speaker.topic, sharedBy: speaker.shared ?? [])
        case .listenerChanged(let listener, let level):
            outbox.publishRetained(listener, to: topics.speaker(level, "listener"))
        case .listenerRemoved(let level): outbox.clearRetained(on: topics.speaker(level, "listener"))
        case .speakerRemoved(let level):
            outbox.clearRetained(on: topics.speaker(level, "state"))
            outbox.clearRetained(on: topics.speaker(level, "listener"))
            discovery.speakerRemoved(level)
            speakers.remove(level: level)
        case .libraryChanged(let library): warn(of: library)
        case .librarySynced(let sync):
            logger.notice(
                "The catalog has what the library \(sync.name) has: \(sync.tracks) tracks",
                metadata: ["added": "\(sync.added)", "moved": "\(sync.moved)", "removed": "\(sync.removed)"])
        case .storeChanged(let problem): logStore(problem)
        case .healthChecked(let health): outbox.publishRetained(health, to: topics.health)
        }
    }

    /// The connection to the broker.
    public var broker: BrokerStatus {
        var status = outbox.status
        counts.withLock { counts in
            status.retainedRequests = counts.retainedRequests
            status.refusedUpdates = counts.refusedUpdates
            status.sources = counts.sources
        }
        return status
    }

    /// Counts a request or listen that was ignored because it was retained.
    func countRetainedRequest() { counts.withLock { $0.retainedRequests += 1 } }

    /// Notes how many messages of players were received so far from each source, and how many updates were refused.
    func count(sources: [SourceStatus], refusedUpdates: Int) {
        counts.withLock { counts in
            counts.sources = sources
            counts.refusedUpdates = refusedUpdates
        }
    }

    /// Yields when the store fails or works again.
    var storeChanges: AsyncStream<Void> { storeChange.stream }

    /// Queues the answer to a request. Where the broker does not accept a packet of its size, an error says so.
    func publish(_ reply: BridgeReply<some Encodable>, to topic: String, correlationData: [UInt8]?) {
        outbox.reply(reply, or: reply.tooLarge, to: topic, correlationData: correlationData)
    }

    /// Publishes JSON, retained.
    func publishRetained(_ value: some Encodable, to topic: String) { outbox.publishRetained(value, to: topic) }

    /// Logs once that an earlier version gave a profile a name that is reserved now.
    private func warnAboutName(of profile: String) {
        guard ProfileName.reserved.contains(profile), warnedNames.withLock({ $0.insert(profile).inserted }) else {
            return
        }
        logger.warning(
            """
            The profile “\(profile)” has a name that means something else where a profile is named. It stays; to rename it, \
            add a profile with another name and reassign its listens.
            """)
    }

    private func logStore(_ problem: String?) {
        if let problem {
            logger.error("The store has a problem: \(problem)")
        } else {
            logger.notice("The store works again")
        }
        storeChange.continuation.yield()
    }

    private func warn(of library: LibraryView) {
        if library.state == .failed || library.state == .needsConfirmation, let problem = library.problem {
            logger.warning("The library \(library.name) has a problem: \(problem)")
        }
    }

    /// Publishes a listen on the topic of its speaker.
    private func publish(_ listen: ListenView) {
        let isSkip = listen.outcome == .skipped
        let title = [listen.artist, listen.title].compactMap { $0 }.joined(separator: " – ")
        logger.info(
            "\(isSkip ? "Skipped" : "Heard") \(title)",
            metadata: [
                "speaker": "\(listen.speakerName ?? "-")", "profile": "\(listen.profile ?? "-")",
                "rule": "\(listen.rule.rawValue)", "outcome": "\(listen.outcome.rawValue)",
            ])
        guard let level = listen.speakerName.flatMap(speakers.level(of:)) else { return }
        outbox.publish(
            SpeakerListen(eventType: listen.outcome.rawValue, listen: listen), to: topics.speaker(level, "listen"))
    }

    /// Sends a playlist to the speaker that should play it.
    private func publish(_ playlist: PlaylistView) {
        // What a guest wished for is not logged.
        let vibe = playlist.rule == .guest ? nil : playlist.vibe
        logger.info(
            "Made a playlist of \(playlist.tracks.count) tracks",
            metadata: [
                "speaker": "\(playlist.speakerName ?? "-")", "profile": "\(playlist.profile ?? "-")",
                "rule": "\(playlist.rule.rawValue)", "vibe": "\(vibe ?? "-")",
            ])
        sendCommand(playlist)
    }
}

// Commands, retained messages and discovery.
extension BridgePublisher {
    /// Sends a playlist to its speaker, if it should play. Commands are not retained, so that none is played again after a
    /// reconnect.
    private func sendCommand(_ playlist: PlaylistView) {
        guard playlist.autoPlay, let name = playlist.speakerName, let level = speakers.level(of: name) else { return }
        let topic = topics.speaker(level, "command")
        let messages = speakers.commandDialect(of: name).messages(for: playlist, on: topic)
        outbox.send(messages, to: name, expiringAfterS: UInt32(Limits.commandExpiryS))
    }

    /// Topic filters of all that this run or an earlier one may have left retained.
    var retainedFilters: [String] { topics.retained + [discovery.filter] }

    /// Clears a retained message of a profile, a speaker or a device that does not exist any more.
    func reconcile(retained message: MQTTMessage) {
        guard message.topic.hasPrefix(topics.base + "/") else {
            return discovery.reconcile(retained: message.payload, on: message.topic)
        }
        if !message.payload.isEmpty, !outbox.isRetained(message.topic) { outbox.clearRetained(on: message.topic) }
    }

    /// Sends announcements to Home Assistant, until ``DiscoveryPublisher/cancel()``.
    func runDiscovery() async {
        await discovery.run(
            send: { outbox.publish($0.payload, to: $0.topic, retain: true) },
            refresh: { outbox.republishRetained(on: topics.speaker($0, "state")) })
    }
}

/// The payload of a speaker's topic `listen`: the listen with the key `event_type` of Home Assistant's event entities.
private struct SpeakerListen: Encodable {
    private enum Key: String, CodingKey { case eventType }

    var eventType: String
    var listen: ListenView

    func encode(to encoder: any Encoder) throws {
        try listen.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(eventType, forKey: .eventType)
    }
}
