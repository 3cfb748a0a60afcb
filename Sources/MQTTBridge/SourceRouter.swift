import Foundation
import Household
public import Listening
public import MQTTClient

/// What came of a message or of time, with the source or rules that belong to it.
public enum SourceNews: Sendable {
    /// The state of a speaker, and the rules that judge its plays.
    case update(PlayerUpdate, ListenRules)
    /// No message of a source could arrive since this time.
    case interrupted(source: String, at: Moment)
    /// A speaker was forgotten, because there was no room for another one.
    case forgotten(speaker: String, at: Moment)
}

/// Hands each message to the dialects whose topic filters match, and adds the rules of source and speaker to their updates.
public struct SourceRouter: Sendable {
    private struct Source: Sendable {
        var configuration: SourceConfiguration
        var dialect: any Dialect
        var filters: [TopicFilter]
        let id: String
        var received = 0
        /// When the last message came that was not retained.
        var lastHeardAt: Date?

        init(_ configuration: SourceConfiguration, rules: ListenRules) throws {
            self.configuration = configuration
            id = configuration.id
            dialect = configuration.makeDialect(under: rules)
            filters = try dialect.filters.map { try TopicFilter($0) }
        }
    }

    /// The newest update of a new speaker for which there is no room yet.
    private struct Arrival: Sendable {
        var update: PlayerUpdate
        /// The id of its source.
        var source: String
    }

    /// Most new speakers that wait for room.
    private static let longestQueue = 32

    private var sources: [Source]
    private var rules: ListenRules
    private var speakerRules: [String: ListenRules]
    private var census: SpeakerCensus
    /// New speakers that wait for room, the newest last, which is admitted first: in a flood of invented names it is the
    /// likeliest to be real.
    private var arrivals: [Arrival] = []
    /// When there is room for one of ``arrivals``, in seconds of ``Moment/uptimeS``.
    private var roomAt = 0.0
    /// Names of speakers with an owner, besides the configured ones.
    private var mapped: Set<String> = []
    /// Number of updates of speakers for which there was no room.
    private(set) var refused = 0

    /// Creates a dialect for each source of the settings.
    ///
    /// - Throws: ``MQTTError`` when a topic of a source is invalid.
    public init(_ settings: BridgeSettings) throws {
        census = SpeakerCensus(owned: Set(settings.speakerRules.keys))
        sources = try settings.sources.map { try Source($0, rules: settings.rules) }
        rules = settings.rules
        speakerRules = settings.speakerRules
    }

    /// The router of other settings. A source whose configuration is the same keeps its state.
    ///
    /// - Throws: ``MQTTError`` when a topic of a source is invalid.
    func reloaded(_ settings: BridgeSettings) throws -> SourceRouter {
        var router = try SourceRouter(settings)
        for (index, source) in router.sources.enumerated() {
            guard let known = sources.first(where: { $0.configuration == source.configuration }) else { continue }
            router.sources[index] = known
        }
        router.census = census
        router.census.owned = mapped.union(router.speakerRules.keys)
        router.mapped = mapped
        router.arrivals = arrivals
        router.refused = refused
        return router
    }

    /// The topic filters to subscribe to.
    var filters: [TopicFilter] { sources.flatMap(\.filters) }

    /// Names of the dialects of all sources, sorted.
    var dialects: [String] { Set(sources.map(\.configuration.dialect.name)).sorted() }

    /// What was received from each source.
    var received: [SourceStatus] {
        sources.map {
            SourceStatus(
                dialect: $0.configuration.dialect.name, baseTopic: $0.configuration.baseTopic, messages: $0.received,
                lastHeardAt: $0.lastHeardAt)
        }
    }

    /// When ``advance(to:)`` is due, in seconds of ``Moment/uptimeS``; nil is never.
    public var nextDeadline: Double? {
        (sources.compactMap(\.dialect.nextDeadline) + (arrivals.isEmpty ? [] : [roomAt])).min()
    }

    /// Admits speakers that the household knows, at any rate, and reserves room for those with an owner, besides the
    /// configured ones.
    mutating func admit(known: Set<String>, owned: Set<String>) {
        census.known = known
        guard owned != mapped else { return }
        mapped = owned
        census.owned = owned.union(speakerRules.keys)
    }

    /// Processes a message.
    public mutating func receive(_ message: MQTTMessage, at now: Moment) -> [SourceNews] {
        let heard = SourceMessage(
            topic: message.topic, payload: message.payload, isRetained: message.isRetained, at: now)
        var all: [SourceNews] = []
        for index in sources.indices where sources[index].filters.contains(where: { $0.matches(message.topic) }) {
            sources[index].received += 1
            if !message.isRetained { sources[index].lastHeardAt = now.date }
            let events = sources[index].dialect.receive(heard)
            if !events.isEmpty { all += news(events, from: index) }
        }
        return all
    }

    /// Processes what is due by a time.
    public mutating func advance(to now: Moment) -> [SourceNews] {
        sources.indices.flatMap { news(sources[$0].dialect.advance(to: now), from: $0) } + admitArrivals(at: now)
    }

    /// Processes what was gathered when all sources fell silent at a time.
    mutating func close(at time: Moment) -> [SourceNews] { sources.indices.flatMap { closed($0, at: time) } }

    /// Processes what was gathered when a source fell silent, because it came before. New speakers that wait are refused:
    /// nobody knows what they do from then on.
    private mutating func closed(_ index: Int, at time: Moment) -> [SourceNews] {
        let gathered = sources[index].dialect.advance(to: Moment(date: time.date, uptimeS: .infinity))
        let all = news(gathered, from: index)
        let waiting = arrivals.filter { $0.source == sources[index].id }
        arrivals.removeAll { $0.source == sources[index].id }
        for arrival in waiting { refuse(arrival.update.speakerName, from: index) }
        return all
    }

    private mutating func news(_ events: [SourceEvent], from index: Int) -> [SourceNews] {
        events.flatMap { event in
            switch event {
            case .update(let update): return admitted(update, from: index)
            case .interrupted(let time):
                return closed(index, at: time) + [.interrupted(source: sources[index].id, at: time)]
            }
        }
    }

    private mutating func admitted(_ update: PlayerUpdate, from index: Int) -> [SourceNews] {
        var update = update
        update.source = sources[index].id
        return admitted(update, from: index, at: update.at.uptimeS)
    }

    private mutating func admitted(_ update: PlayerUpdate, from index: Int, at now: Double) -> [SourceNews] {
        let name = update.speakerName
        let news = SourceNews.update(update, speakerRules[name] ?? sources[index].configuration.rules ?? rules)
        switch census.admit(name, at: now) {
        case .known: return [news]
        case .new(let other):
            arrivals.removeAll { $0.update.speakerName == name && $0.source == update.source }
            guard let other else { return [news] }
            for source in sources.indices { sources[source].dialect.forget(other) }
            return [.forgotten(speaker: other, at: update.at), news]
        case .possible(let time):
            wait(Arrival(update: update, source: sources[index].id), until: time)
            return []
        case .refused:
            refuse(name, from: index)
            return []
        }
    }

    private mutating func admitArrivals(at now: Moment) -> [SourceNews] {
        var all: [SourceNews] = []
        while roomAt <= now.uptimeS, let arrival = arrivals.popLast() {
            guard let index = sources.firstIndex(where: { $0.id == arrival.source }) else { continue }
            all += admitted(arrival.update, from: index, at: now.uptimeS)
        }
        return all
    }

    private mutating func wait(_ arrival: Arrival, until time: Double) {
        arrivals.removeAll { $0.update.speakerName == arrival.update.speakerName && $0.source == arrival.source }
        arrivals.append(arrival)
        roomAt = time
        guard arrivals.count > Self.longestQueue else { return }
        let last = arrivals.removeFirst()
        if let index = sources.firstIndex(where: { $0.id == last.source }) {
            refuse(last.update.speakerName, from: index)
        }
    }

    private mutating func refuse(_ name: String, from index: Int) {
        refused += 1
        sources[index].dialect.forget(name)
    }
}
