import Foundation
import Household
import Logging
import MQTTClient
import Synchronization
import Wire

/// Performs the requests that come by MQTT and publishes their answers. All checks are in the operations.
struct BridgeRequests: Sendable {
    /// Requests that may wait for a server outside of the house at a time.
    private static let mostWaiting = 32

    let household: Household
    let publisher: BridgePublisher
    let logger: Logger
    private let inProgress = RequestCount()
    /// Called when the request waits for a server outside of the house.
    private var waits: @Sendable () -> Void = {}

    init(household: Household, publisher: BridgePublisher, logger: Logger) {
        self.household = household
        self.publisher = publisher
        self.logger = logger
    }

    /// Performs a request and publishes its answer.
    ///
    /// It returns when the request was answered, or when it only waits for a server outside of the house. So a request sees
    /// the effects of the messages before it, and no message waits for a search by sound.
    func handle(_ message: MQTTMessage, on topic: InboundTopic) async {
        let (goesOn, signal) = AsyncStream<Never>.makeStream()
        var requests = self
        requests.waits = { signal.finish() }
        let request = Task { [requests] in
            inProgress.add(1)
            await requests.perform(message, on: topic)
            inProgress.add(-1)
            signal.finish()
        }
        for await _ in goesOn {}
        if inProgress.number > Self.mostWaiting { await request.value }
    }

    private func perform(_ message: MQTTMessage, on topic: InboundTopic) async {
        switch topic {
        case .listen: await answer(AddListen.self, to: message, message.input())
        case .operation(let name): await answer(operation: name, to: message)
        case .speaker(let level, let verb):
            // Clearing a retained message sends an empty payload.
            guard message.payload.contains(where: { !$0.isASCIISpace }) else { return }
            await answer(verb, onSpeaker: level, to: message)
        }
    }

    private func answer(operation name: String, to message: MQTTMessage) async {
        do throws(HouseholdError) {
            await answer(try Operations.named(name, on: .mqtt), to: message, message.input())
        } catch {
            publish(BridgeReply<Never>(.failure(error), to: message.json), to: message, operation: name)
        }
    }

    private func answer(
        _ verb: InboundTopic.SpeakerVerb, onSpeaker level: String, to message: MQTTMessage
    ) async {
        let setting = message.setting
        let input = { (name: String) in message.input(name, setting, speakerTopic: level) }
        switch verb {
        case .request: await answer(GeneratePlaylist.self, to: message, message.playlistInput(speakerTopic: level))
        case .feedback: await answer(AddFeedback.self, to: message, message.verdictInput(speakerTopic: level))
        case .setProfile:
            if setting == BridgeTopics.shared {
                await answer(SetSharing.self, to: message, message.namesInput(speakerTopic: level))
                return
            }
            let isNobody = setting == BridgeTopics.nobody
            let nobody = OperationInput(door: .mqtt, json: ["profile": .null], speakerTopic: level)
            await answer(SetSpeakerProfile.self, to: message, isNobody ? nobody : input("profile"))
        case .setGuest:
            let words = ["ON": "true", "OFF": "false"]
            let word = words[setting.uppercased()] ?? setting
            await answer(SetGuestMode.self, to: message, message.input("guest", word, speakerTopic: level))
        case .setTotalTracks: await answer(SetSpeakerSettings.self, to: message, input("total_tracks"))
        case .setMode: await answer(SetSpeakerSettings.self, to: message, input("mode"))
        case .setShared: await answer(SetSharing.self, to: message, message.namesInput(speakerTopic: level))
        case .setListener: await answer(SetListener.self, to: message, message.listenerInput(speakerTopic: level))
        }
    }

    private func answer<O: HouseholdOperation>(
        _ operation: O.Type, to message: MQTTMessage, _ input: OperationInput
    ) async {
        let name = O.signature.name
        var input = input
        input.waits = waits
        let outcome: Result<O.Answer, HouseholdError>
        do {
            outcome = .success(try await household.answer(operation, input))
        } catch {
            outcome = .failure(
                HouseholdError(answering: error) { cause in
                    logger.error("A request failed: \(cause)", metadata: ["request": "\(name)"])
                })
        }
        publish(BridgeReply(outcome, to: message.json), to: message, operation: name)
    }

    private func publish(_ reply: BridgeReply<some Encodable>, to message: MQTTMessage, operation name: String) {
        publisher.publish(
            reply, to: message.responseTopic ?? publisher.topics.response(to: name),
            correlationData: message.correlationData)
    }
}

/// How many requests are in progress.
private final class RequestCount: Sendable {
    private let count = Mutex(0)

    var number: Int { count.withLock { $0 } }

    func add(_ number: Int) { count.withLock { $0 += number } }
}

/// The payload of an answer on `haunt/bridge/response/…` or on the response topic of the request.
struct BridgeReply<Answer: Encodable>: Encodable {
    private let outcome: Result<Answer, HouseholdError>
    private let request: JSONValue?

    private enum Key: String, CodingKey { case status, data, error, transaction }

    /// - Parameters:
    ///   - outcome: The answer or the error.
    ///   - request: The request. Its `transaction` is echoed, and with an error its `event_id`, so that the sender of a
    ///     listen knows which one failed.
    init(_ outcome: Result<Answer, HouseholdError>, to request: JSONValue?) {
        self.outcome = outcome
        self.request = request
    }

    /// The reply in place of one that the broker does not accept.
    var tooLarge: BridgeReply<Never> {
        BridgeReply<Never>(
            .failure(
                HouseholdError(.tooLarge, "The answer is larger than the broker accepts: ask for less, or over HTTP")),
            to: request?["transaction"].map { .object(["transaction": $0]) })
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch outcome {
        case .success(let answer):
            try container.encode("ok", forKey: .status)
            try container.encode(answer, forKey: .data)
        case .failure(let error):
            try container.encode("error", forKey: .status)
            try container.encode(ErrorView(error), forKey: .error)
            let echo = request?["event_id"].map { ["event_id": $0] } ?? [:]
            try container.encode(JSONValue.object(echo), forKey: .data)
        }
        try container.encode(request?["transaction"] ?? .null, forKey: .transaction)
    }
}
