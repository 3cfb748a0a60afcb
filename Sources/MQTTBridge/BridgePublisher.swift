import Foundation
public import Household
import Listening
public import Logging
public import MQTTClient
import Synchronization

/// Tells the broker what happened in the house: retained state, events, commands, answers.
///
/// The household's own thread calls it; everything it does is to queue, so it never holds the house up.
public final class BridgePublisher: HouseholdObserver {
    let topics: BridgeTopics
    let discovery: DiscoveryPublisher
    private let client: MQTTClient
    private let logger: Logger
    private let memory = Mutex(Memory())
    private let storeProblem = Mutex<String?>(nil)
    private let storeChange = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    private struct Memory {
        /// How speakers want to be told what to play, where that is not our own way.
        var commands: [String: CommandDialect] = [:]
        /// A speaker's level in topics, by its name.
        var levels: [String: String] = [:]
        /// What the broker should keep, by topic.
        var kept: [String: [UInt8]] = [:]
    }

    /// Creates a publisher.
    ///
    /// - Parameters:
    ///   - client: The connection.
    ///   - baseTopic: First level or levels of every topic.
    ///   - discovery: How Home Assistant is told of us.
    ///   - logger: Where the lines that matter go.
    public init(client: MQTTClient, baseTopic: String, discovery: DiscoverySettings, logger: Logger) {
        let topics = BridgeTopics(base: baseTopic)
        self.client = client
        self.topics = topics
        self.logger = logger
        self.discovery = DiscoveryPublisher(discovery, topics: topics)
    }

    /// Says what happened, on the topics that stand for it.
    public func householdDid(_ event: HouseholdEvent) {
        switch event {
        case .listenRecorded(let listen), .listenSkipped(let listen): announce(listen)
        case .tasteRebuilt(let build): announce("taste_rebuilt", build)
        case .playlistGenerated(let playlist): announce(playlist)
        case .rejected(let rejected):
            logger.warning("Rejected a listen: \(rejected.error.message)", metadata: ["door": "\(rejected.door)"])
            announce("rejected", rejected)
        case .profileCreated(let profile): announce("profile_created", profile)
        case .profileChanged(let profile):
            keep(profile, on: topics.profile(profile.name))
            discovery.profileChanged(profile.name, displayName: profile.displayName)
        case .profileRemoved(let name):
            clear(topics.profile(name))
            discovery.profileRemoved(name)
            announce("profile_removed", ["name": name])
        case .speakerChanged(let speaker):
            memory.withLock { $0.levels[speaker.speakerName] = speaker.topic }
            keep(speaker, on: topics.speaker(speaker.topic, "state"))
            discovery.speakerChanged(speaker.topic)
        case .speakerRemoved(let level):
            clear(topics.speaker(level, "state"))
            discovery.speakerRemoved(level)
        case .storeChanged(let problem): tell(ofStore: problem)
        }
    }

    /// Logs what nobody foresaw.
    func report(_ error: any Error, in operation: HouseholdOperation) {
        logger.error("A request failed: \(error)", metadata: ["request": "\(operation.rawValue)"])
    }

    /// The store's problem, if it has one.
    var problem: String? { storeProblem.withLock { $0 } }

    /// Yields when the store fails or works again.
    var storeChanges: AsyncStream<Void> { storeChange.stream }

    private func announce(_ listen: ListenView) {
        let isSkip = listen.outcome == .skipped
        let title = [listen.artist, listen.title].compactMap { $0 }.joined(separator: " – ")
        logger.info(
            "\(isSkip ? "Skipped" : "Heard") \(title)",
            metadata: [
                "speaker": "\(listen.speakerName ?? "-")", "profile": "\(listen.profile ?? "-")",
                "rule": "\(listen.rule.rawValue)", "outcome": "\(listen.outcome.rawValue)",
            ])
        announce(isSkip ? "listen_skipped" : "listen_recorded", listen)
        guard let level = listen.speakerName.flatMap(level(of:)) else { return }
        publish(SpeakerListen(eventType: listen.outcome.rawValue, listen: listen), to: topics.speaker(level, "listen"))
    }

    private func announce(_ playlist: PlaylistView) {
        logger.info(
            "Made a playlist of \(playlist.tracks.count) tracks",
            metadata: [
                "speaker": "\(playlist.speakerName ?? "-")", "profile": "\(playlist.profile ?? "-")",
                "rule": "\(playlist.rule.rawValue)", "vibe": "\(playlist.vibe ?? "-")",
            ])
        announce("playlist_generated", playlist)
        command(playlist)
    }

    /// Has a speaker play a list, in the words of its player.
    ///
    /// Commands are never retained.
    private func command(_ playlist: PlaylistView) {
        guard playlist.autoPlay, let name = playlist.speakerName, let level = level(of: name) else { return }
        let dialect = memory.withLock { $0.commands[name] } ?? .haunt
        for message in dialect.messages(for: playlist, on: topics.speaker(level, "command")) {
            publish(message.payload, to: message.topic)
        }
    }

    private func level(of speakerName: String) -> String? { memory.withLock { $0.levels[speakerName] } }

    private func tell(ofStore problem: String?) {
        storeProblem.withLock { $0 = problem }
        if let problem {
            logger.error("The store has a problem: \(problem)")
        } else {
            logger.notice("The store works again")
        }
        storeChange.continuation.yield()
    }

    private func announce(_ type: String, _ data: some Encodable & Sendable) {
        publish(BridgeEvent(type: type, data: data), to: topics.event)
    }

    /// Queues JSON for a topic.
    func publish(
        _ value: some Encodable, to topic: String, correlationData: [UInt8]? = nil
    ) {
        guard let payload = encoded(value, for: topic) else { return }
        publish(payload, to: topic, correlationData: correlationData)
    }

    /// Queues JSON for a topic, to be kept by the broker.
    func keep(_ value: some Encodable, on topic: String) {
        guard let payload = encoded(value, for: topic) else { return }
        // Under the lock, so that what is said again is never older than what was said last.
        memory.withLock { memory in
            memory.kept[topic] = payload
            publish(payload, to: topic, retain: true)
        }
    }

    /// Queues again what the broker keeps.
    private func repeatKept(on topic: String) {
        memory.withLock { memory in
            if let payload = memory.kept[topic] { publish(payload, to: topic, retain: true) }
        }
    }

    private func clear(_ topic: String) {
        memory.withLock { memory in
            memory.kept[topic] = nil
            publish([], to: topic, retain: true)
        }
    }

    private func encoded(_ value: some Encodable, for topic: String) -> [UInt8]? {
        do {
            return [UInt8](try HouseholdJSON.encode(value))
        } catch {
            logger.warning("Cannot write what goes to \(topic): \(error)")
            return nil
        }
    }

    private func publish(
        _ payload: [UInt8], to topic: String, retain: Bool = false, correlationData: [UInt8]? = nil
    ) {
        do {
            try client.publish(
                MQTTPublication(
                    topic: TopicName(topic), payload: payload, retain: retain, correlationData: correlationData))
        } catch {
            logger.warning("Cannot publish to \(topic): \(error)")
        }
    }
}

extension BridgePublisher {
    /// Takes on how speakers want to be told what to play.
    ///
    /// - Parameter commands: By speaker; those that are not named are told in our own way.
    public func command(_ commands: [String: CommandDialect]) { memory.withLock { $0.commands = commands } }

    /// What the broker may keep of us, from this run or an earlier one.
    var keptFilters: [String] { topics.kept + [discovery.filter] }

    /// Takes note of what the broker keeps on one of our topics, and clears it when nothing stands for it any more.
    func found(_ message: MQTTMessage) {
        guard message.topic.hasPrefix(topics.base + "/") else {
            return discovery.found(message.payload, on: message.topic)
        }
        if !message.payload.isEmpty, memory.withLock({ $0.kept[message.topic] == nil }) { clear(message.topic) }
    }

    /// Keeps Home Assistant told, until cancelled.
    func runDiscovery() async {
        await discovery.run(
            send: { publish($0.payload, to: $0.topic, retain: true) },
            refresh: { repeatKept(on: topics.speaker($0, "state")) })
    }
}

/// Something that happened, as `haunt/bridge/event` carries it.
private struct BridgeEvent<Payload: Encodable>: Encodable {
    var type: String
    var data: Payload
}

/// A listen as its speaker's own topic carries it, in the form of Home Assistant's events.
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
