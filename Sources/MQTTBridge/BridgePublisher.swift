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
    private let client: MQTTClient
    private let logger: Logger
    /// A speaker's level in topics, by its name.
    private let levels = Mutex<[String: String]>([:])
    private let storeProblem = Mutex<String?>(nil)
    private let storeChange = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// Creates a publisher.
    ///
    /// - Parameters:
    ///   - client: The connection.
    ///   - baseTopic: First level or levels of every topic.
    ///   - logger: Where the lines that matter go.
    public init(client: MQTTClient, baseTopic: String, logger: Logger) {
        self.client = client
        self.topics = BridgeTopics(base: baseTopic)
        self.logger = logger
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
        case .profileChanged(let profile): publish(profile, to: topics.profile(profile.name), retain: true)
        case .profileRemoved(let name):
            clear(topics.profile(name))
            announce("profile_removed", ["name": name])
        case .speakerChanged(let speaker):
            levels.withLock { $0[speaker.speakerName] = speaker.topic }
            publish(speaker, to: topics.speaker(speaker.topic, "state"), retain: true)
        case .storeChanged(let problem): tell(ofStore: problem)
        }
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

    /// Has a speaker play a list.
    ///
    /// Commands are never retained.
    private func command(_ playlist: PlaylistView) {
        guard playlist.autoPlay, let name = playlist.speakerName, let level = levels.withLock({ $0[name] }) else {
            return
        }
        publish(playlist, to: topics.speaker(level, "command"))
    }

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
        _ value: some Encodable, to topic: String, retain: Bool = false, correlationData: [UInt8]? = nil
    ) {
        do {
            let payload = [UInt8](try HouseholdJSON.encode(value))
            try client.publish(
                MQTTPublication(
                    topic: TopicName(topic), payload: payload, retain: retain, correlationData: correlationData))
        } catch {
            logger.warning("Cannot publish to \(topic): \(error)")
        }
    }

    private func clear(_ topic: String) {
        do {
            try client.publish(MQTTPublication(topic: TopicName(topic), payload: [], retain: true))
        } catch {
            logger.warning("Cannot clear \(topic): \(error)")
        }
    }
}

/// Something that happened, as `haunt/bridge/event` carries it.
private struct BridgeEvent<Payload: Encodable>: Encodable {
    var type: String
    var data: Payload
}
