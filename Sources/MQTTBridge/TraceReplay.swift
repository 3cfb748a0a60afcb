import Foundation
import Household
import Listening
public import MQTTClient
import Wire

/// A recording, played to the same dialects and the same tracker that the daemon uses.
public struct TraceReplay {
    /// A line of the recording that cannot be read.
    public struct BadLine: Error, Equatable {
        /// Its number, from 1.
        public var line: Int
        /// What is wrong with it.
        public var message: String
    }

    private let statusTopics: Set<String>
    private var router: SourceRouter
    private var tracker: HomeTracker
    private var clock = RecordedClock()
    private var lastAt: Moment?
    private var wasReplay = false

    /// Creates a listener to a recording.
    ///
    /// - Parameters:
    ///   - settings: Sources and rules.
    ///   - aliases: Other names of speakers → their names.
    /// - Throws: ``MQTTError`` when a source's topics are none.
    public init(_ settings: BridgeSettings, aliases: [String: String]) throws {
        statusTopics = Set(settings.sources.map(\.statusTopic))
        router = try SourceRouter(settings)
        tracker = HomeTracker(aliases: aliases)
    }

    /// Whether a configured source has its players on a topic.
    public func hears(_ topic: String) -> Bool {
        !statusTopics.contains(topic) && router.filters.contains { $0.matches(topic) }
    }

    /// Takes in a message of the recording.
    ///
    /// - Returns: Plays that ended, in the order they ended.
    public mutating func receive(_ message: MQTTMessage) -> [ReplayedPlay] {
        // A broker's memory is only ever told to somebody who has just come, so whoever recorded this was away.
        if message.isRetained, !wasReplay, let lastAt { tracker.interrupt(source: nil, at: lastAt) }
        wasReplay = message.isRetained
        let now = clock.moment(of: message.receivedAt)
        var plays = advance(to: now)
        lastAt = now
        plays += take(router.receive(message, at: now))
        return plays.map(ReplayedPlay.init)
    }

    /// Ends what still plays, because the recording is over.
    public mutating func finish() -> [ReplayedPlay] {
        guard let lastAt else { return [] }
        var plays: [Play] = []
        while let deadline = router.nextDeadline {
            plays += take(router.advance(to: Moment(date: lastAt.date, uptimeS: deadline)))
        }
        return (plays + tracker.finish(at: lastAt)).map(ReplayedPlay.init)
    }

    /// Lets time pass in the steps in which the daemon's timer would.
    private mutating func advance(to now: Moment) -> [Play] {
        var plays: [Play] = []
        while let deadline = router.nextDeadline, deadline <= now.uptimeS {
            let due = Moment(date: now.date.addingTimeInterval(deadline - now.uptimeS), uptimeS: deadline)
            plays += tracker.advance(to: due) + take(router.advance(to: due))
        }
        return plays + tracker.advance(to: now)
    }

    private mutating func take(_ news: [SourceNews]) -> [Play] {
        news.flatMap { item in
            switch item {
            case .update(let update, let rules): return tracker.receive(update, under: rules)
            case .interrupted(let source, let at):
                tracker.interrupt(source: source, at: at)
                return []
            case .forgotten(let speaker, _): return tracker.forget(speaker)
            }
        }
    }
}

extension MQTTMessage {
    /// Reads a line as `mosquitto_sub -F %j` prints it.
    ///
    /// - Parameters:
    ///   - line: JSON with `tst`, `topic`, `retain` and `payload`.
    ///   - number: Which line it is, from 1.
    /// - Throws: ``TraceReplay/BadLine``.
    public init(traceLine line: some Collection<UInt8>, number: Int) throws(TraceReplay.BadLine) {
        guard let json = try? WireJSON.decode(line) else {
            throw TraceReplay.BadLine(line: number, message: "it is not JSON as 'mosquitto_sub -F %j' prints it")
        }
        guard case .string(let topic) = json["topic"] else {
            throw TraceReplay.BadLine(line: number, message: "it has no topic")
        }
        // mosquitto writes its UTC time as "…Z+0000".
        guard case .string(let stamp) = json["tst"], let at = RFC3339.date(from: stamp.replacing("Z+0000", with: "Z"))
        else { throw TraceReplay.BadLine(line: number, message: "its tst is not a time") }
        var payload = ""
        if case .string(let text) = json["payload"] { payload = text }
        self.init(
            topic: topic, payload: Array(payload.utf8), isRetained: json["retain"] == .number(1), receivedAt: at)
    }
}
