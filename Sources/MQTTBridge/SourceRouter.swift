import Foundation
import Household
import Listening
import MQTTClient

/// Hands each message to the dialects that understand its topic, and knows which rules hold for what they say.
struct SourceRouter: Sendable {
    private struct Source: Sendable {
        var dialect: any Dialect
        var filters: [TopicFilter]
        var configuration: SourceConfiguration
        var speakers: Set<String> = []
    }

    private var sources: [Source]
    private let speakerRules: [String: ListenRules]
    /// Messages taken in, by dialect.
    private(set) var received: [String: Int] = [:]

    init(_ configurations: [SourceConfiguration], speakerRules: [String: ListenRules]) throws {
        self.speakerRules = speakerRules
        sources = try configurations.map { configuration in
            let dialect = configuration.makeDialect()
            return Source(
                dialect: dialect, filters: try dialect.filters.map { try TopicFilter($0) }, configuration: configuration)
        }
    }

    /// What to subscribe to.
    var filters: [TopicFilter] { sources.flatMap(\.filters) }

    /// When ``advance(to:)`` has something to say.
    var nextDeadline: Date? { sources.compactMap(\.dialect.nextDeadline).min() }
}
