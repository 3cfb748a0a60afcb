import Foundation
import Household
import MQTTClient

/// Decodes what is asked on a topic, has the house do it, and answers.
///
/// No rule lives here.
struct BridgeRequests: Sendable {
    private static let healthCheck = "health/check"
    let household: Household
    let publisher: BridgePublisher
    let health: HealthReporter

    /// Does what a message asks.
    func handle(_ message: MQTTMessage, on topic: InboundTopic) async {
        switch topic {
        case .listen:
            await answer(.listenAdd, message) { _ in
                try await household.takeListen(message.payload, door: "mqtt")
            }
        case .operation(let name): await handle(message, operation: name)
        case .speakerRequest(let speaker): await handle(message, listFor: speaker)
        case .speakerFeedback(let speaker): await handle(message, feedbackOn: speaker)
        case .speakerProfile(let speaker):
            guard let text = message.setting else { return }
            await answer(.speakerProfile, message, input: .null) { _ in
                try await household.setProfile(text == BridgeTopics.nobody ? nil : text, ofSpeaker: speaker)
            }
        case .speakerGuest(let speaker):
            guard let text = message.setting?.uppercased() else { return }
            await answer(.speakerGuest, message, input: .null) { _ in
                guard text == "ON" || text == "OFF" else {
                    throw HouseholdError.invalid("guest", "Guest mode is set by ON or OFF")
                }
                return try await household.setGuest(text == "ON", onSpeaker: speaker)
            }
        case .speakerTotalTracks(let speaker):
            guard let text = message.setting else { return }
            await settle(["total_tracks": Double(text).map { .number($0) } ?? .string(text)], of: speaker, message)
        case .speakerMode(let speaker):
            guard let text = message.setting else { return }
            await settle(["mode": .string(text)], of: speaker, message)
        }
    }

    /// Changes what a speaker's lists look like when a request does not say.
    private func settle(_ change: [String: JSONValue], of speaker: String, _ message: MQTTMessage) async {
        let input = JSONValue.object(change.merging(["speaker_name": .string(speaker)]) { $1 })
        await answer(.speakerSettings, message, input: input) { input in
            try await household.perform(.speakerSettings, input, door: "mqtt")
        }
    }

    private func handle(_ message: MQTTMessage, operation name: String) async {
        guard name != Self.healthCheck else { return await checkHealth(message) }
        guard let operation = HouseholdOperation(rawValue: name) else {
            let close = CloseNames.closest(to: name, among: HouseholdOperation.allCases.map(\.rawValue))
            let hint = close.isEmpty ? "" : "; did you mean \(close.joined(separator: ", "))?"
            let error = HouseholdError(.notFound, "There is no request \"\(name.prefix(80))\"\(hint)")
            return reply(
                BridgeReply(outcome: .failure(error)), to: message, default: publisher.topics.response(to: name))
        }
        await answer(operation, message) { input in
            guard operation != .listenAdd else {
                return try await household.takeListen(message.payload, door: "mqtt")
            }
            return try await household.perform(operation, input, door: "mqtt")
        }
    }

    /// The bridge's own health is no business of the household.
    private func checkHealth(_ message: MQTTMessage) async {
        let health = await health.report()
        let transaction = (try? HouseholdJSON.decode(message.payload))?["transaction"]
        reply(
            BridgeReply(outcome: .success(health), transaction: transaction), to: message,
            default: publisher.topics.response(to: Self.healthCheck))
    }

    /// A list for a speaker, asked as JSON, as the vibe in plain text, or as `play`.
    private func handle(_ message: MQTTMessage, listFor speaker: String) async {
        guard message.payload.contains(where: { !$0.isASCIISpace }) else { return }
        let plain = message.plainRequest
        await answer(.playlistGenerate, message, input: plain) { input in
            try await household.generate(
                ListRequest(generating: input, autoPlay: true), forSpeakerOnTopic: speaker)
        }
    }

    /// What somebody says of a track, as JSON, or as the verdict in plain text.
    private func handle(_ message: MQTTMessage, feedbackOn speaker: String) async {
        guard message.payload.contains(where: { !$0.isASCIISpace }) else { return }
        await answer(.feedbackAdd, message, input: message.plainVerdict) { input in
            try await household.addFeedback(FeedbackRequest(input, onSpeakerTopic: speaker))
        }
    }

    private func answer(
        _ operation: HouseholdOperation, _ message: MQTTMessage, input known: JSONValue? = nil,
        _ body: (JSONValue) async throws -> any Encodable & Sendable
    ) async {
        var reply = BridgeReply(outcome: .failure(HouseholdError(.internal, "Not answered")))
        do {
            let input = try known ?? HouseholdJSON.decode(message.payload)
            reply.transaction = input["transaction"]
            reply.eventID = input["event_id"]
            reply.outcome = .success(try await body(input))
        } catch let error as HouseholdError {
            reply.outcome = .failure(error)
        } catch {
            publisher.report(error, in: operation)
            reply.outcome = .failure(HouseholdError(.internal, "Something went wrong here; the log says what"))
        }
        self.reply(reply, to: message, default: publisher.topics.response(to: operation.rawValue))
    }

    private func reply(_ reply: BridgeReply, to message: MQTTMessage, default topic: String) {
        publisher.publish(reply, to: message.responseTopic ?? topic, correlationData: message.correlationData)
    }
}
