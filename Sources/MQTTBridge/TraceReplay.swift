public import Foundation
import Household
public import Listening
public import MQTTClient
public import Wire

/// Runs a recording through the dialects and the tracker of the daemon.
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

    /// Prepares dialects and tracker for one recording.
    ///
    /// - Parameters:
    ///   - settings: Sources and rules.
    ///   - aliases: Other names of speakers → their names.
    /// - Throws: ``MQTTError`` when a topic of a source is invalid.
    public init(_ settings: BridgeSettings, aliases: [String: String]) throws {
        statusTopics = Set(settings.sources.map(\.statusTopic))
        router = try SourceRouter(settings)
        tracker = HomeTracker(aliases: aliases)
    }

    /// Whether a topic matches a configured source, apart from the birth and will messages of Home Assistant.
    public func hears(_ topic: String) -> Bool {
        !statusTopics.contains(topic) && router.filters.contains { $0.matches(topic) }
    }

    /// Processes a message of the recording.
    ///
    /// - Returns: Plays that ended, in the order they ended.
    public mutating func receive(_ message: MQTTMessage) -> [ReplayedPlay] {
        // A broker sends retained messages only after a subscription, so the recorder was not connected just before.
        if message.isRetained, !wasReplay, let lastAt { tracker.interrupt(source: nil, at: lastAt) }
        wasReplay = message.isRetained
        let now = clock.moment(of: message.receivedAt)
        var plays = advance(to: now)
        lastAt = now
        plays += process(router.receive(message, at: now))
        return plays.map(ReplayedPlay.init)
    }

    /// Ends the plays in progress, because the recording is over.
    public mutating func finish() -> [ReplayedPlay] {
        guard let lastAt else { return [] }
        var plays: [Play] = []
        while let deadline = router.nextDeadline {
            plays += process(router.advance(to: Moment(date: lastAt.date, uptimeS: deadline)))
        }
        return (plays + tracker.finish(at: lastAt)).map(ReplayedPlay.init)
    }

    /// Advances in the steps in which the daemon's timer fires.
    private mutating func advance(to now: Moment) -> [Play] {
        var plays: [Play] = []
        while let deadline = router.nextDeadline, deadline <= now.uptimeS {
            let due = Moment(date: now.date.addingTimeInterval(deadline - now.uptimeS), uptimeS: deadline)
            plays += tracker.advance(to: due) + process(router.advance(to: due))
        }
        return plays + tracker.advance(to: now)
    }

    private mutating func process(_ news: [SourceNews]) -> [Play] {
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

/// A play as `haunt replay` prints it.
public struct ReplayedPlay: Codable, Equatable, Sendable {
    /// The speaker, aliases resolved.
    public var speakerName: String
    /// As sent.
    @ExplicitNull public var artist: String?
    /// As sent.
    @ExplicitNull public var title: String?
    /// As sent.
    @ExplicitNull public var album: String?
    /// The dialect's content id.
    @ExplicitNull public var uri: String?
    /// When it began.
    public var startedAt: Date
    /// Seconds heard.
    public var playedS: Double
    /// Length of the track in seconds.
    @ExplicitNull public var durationS: Double?
    /// What it is worth.
    public var outcome: PlayOutcome
    /// Why.
    @ExplicitNull public var reason: String?

    /// What was seen of it; only printed when it was asked for.
    public var account: PlayAccount?

    init(_ play: Play) {
        account = play.account
        speakerName = play.speakerName
        startedAt = play.startedAt
        playedS = (play.playedS * 1_000).rounded() / 1_000
        outcome = play.outcome
        _artist = ExplicitNull(wrappedValue: play.media.artist)
        _title = ExplicitNull(wrappedValue: play.media.title)
        _album = ExplicitNull(wrappedValue: play.media.album)
        _uri = ExplicitNull(wrappedValue: play.media.uri)
        _durationS = ExplicitNull(wrappedValue: play.media.durationS)
        _reason = ExplicitNull(wrappedValue: play.reason)
    }
}
