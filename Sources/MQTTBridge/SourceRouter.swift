import Foundation
import Household
import Listening
import MQTTClient

/// What a source has to say, with the rules that hold for it.
enum SourceNews: Sendable {
    case update(PlayerUpdate, ListenRules)
    /// These speakers could not be heard for a while.
    case interrupted(speakers: Set<String>, at: Date)
}

/// Hands each message to the dialects that understand its topic, and knows which rules hold for what they say.
struct SourceRouter: Sendable {
    private struct Source: Sendable {
        var configuration: SourceConfiguration
        var dialect: any Dialect
        var filters: [TopicFilter]
        var speakers: Set<String> = []
        var received = 0

        init(_ configuration: SourceConfiguration, rules: ListenRules) throws {
            self.configuration = configuration
            dialect = configuration.makeDialect(under: rules)
            filters = try dialect.filters.map { try TopicFilter($0) }
        }
    }

    private var sources: [Source]
    private var rules: ListenRules
    private var speakerRules: [String: ListenRules]

    init(_ settings: BridgeSettings) throws {
        sources = try settings.sources.map { try Source($0, rules: settings.rules) }
        rules = settings.rules
        speakerRules = settings.speakerRules
    }

    /// The same sources under other settings: what they have gathered stays where a source stays.
    func reloaded(_ settings: BridgeSettings) throws -> SourceRouter {
        var router = try SourceRouter(settings)
        for (index, source) in router.sources.enumerated() {
            guard let known = sources.first(where: { $0.configuration == source.configuration }) else { continue }
            router.sources[index] = known
        }
        return router
    }

    /// What to subscribe to.
    var filters: [TopicFilter] { sources.flatMap(\.filters) }

    /// Names of the dialects that are spoken.
    var dialects: [String] { Set(sources.map(\.configuration.dialect.name)).sorted() }

    /// Messages taken in, by dialect.
    var received: [String: Int] {
        sources.reduce(into: [:]) { $0[$1.configuration.dialect.name, default: 0] += $1.received }
    }

    /// When ``advance(to:)`` has something to say.
    var nextDeadline: Date? { sources.compactMap(\.dialect.nextDeadline).min() }

    /// Takes in a message.
    mutating func receive(_ message: MQTTMessage) -> [SourceNews] {
        let heard = SourceMessage(
            topic: message.topic, payload: message.payload, isRetained: message.isRetained, at: message.receivedAt)
        return sources.indices.flatMap { index in
            guard sources[index].filters.contains(where: { $0.matches(message.topic) }) else { return [SourceNews]() }
            sources[index].received += 1
            return news(sources[index].dialect.receive(heard), from: index)
        }
    }

    /// Lets time pass.
    mutating func advance(to now: Date) -> [SourceNews] {
        sources.indices.flatMap { news(sources[$0].dialect.advance(to: now), from: $0) }
    }

    private mutating func news(_ events: [SourceEvent], from index: Int) -> [SourceNews] {
        events.map { event in
            switch event {
            case .update(let update):
                sources[index].speakers.insert(update.speakerName)
                let own = speakerRules[update.speakerName] ?? sources[index].configuration.rules
                return .update(update, own ?? rules)
            case .interrupted(let time): return .interrupted(speakers: sources[index].speakers, at: time)
            }
        }
    }
}
