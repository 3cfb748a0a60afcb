import Foundation
import Listening

/// A speaker that a test lets say things, with a clock of its own.
struct Speaker {
    static let start = Date(timeIntervalSince1970: 1_790_000_000)

    var tracker: HomeTracker
    var rules = ListenRules()
    let name: String
    private(set) var plays: [Play] = []
    /// How far the wall clock was set forward.
    private var step = 0.0

    init(_ name: String = "media_player.study", aliases: [String: String] = [:]) {
        self.name = name
        tracker = HomeTracker(aliases: aliases)
    }

    /// What it plays now.
    var nowPlaying: NowPlaying? { tracker.nowPlaying(on: name) }

    /// Music, three minutes and twenty seconds of it unless it says otherwise.
    static func track(_ title: String, artist: String? = "Artist", uri: String? = nil, lasting: Double? = 200) -> Media
    {
        Media(title: title, artist: artist, album: "Album", uri: uri, durationS: lasting)
    }

    /// The speaker says that it plays.
    mutating func plays(
        _ media: Media?, at seconds: Double, position: Double? = nil, lookedAt: Double? = nil, group: [String] = [],
        queue: String? = nil, as reporter: String? = nil, from source: String = ""
    ) {
        say(
            .playing, media, at: seconds, position: position, lookedAt: lookedAt, group: group, queue: queue,
            as: reporter,
            from: source)
    }

    /// The speaker says something.
    mutating func say(
        _ state: PlayerState, _ media: Media? = nil, at seconds: Double, position: Double? = nil,
        lookedAt: Double? = nil, group: [String] = [], queue: String? = nil, isReplay: Bool = false,
        as reporter: String? = nil, from source: String = ""
    ) {
        let report = position.map {
            ReportedPosition(seconds: $0, ageS: seconds - (lookedAt ?? seconds), stamp: lookedAt)
        }
        let update = PlayerUpdate(
            speakerName: reporter ?? name, source: source, state: state, media: media, position: report,
            groupMembers: group,
            queue: queue, isReplay: isReplay, at: moment(seconds))
        plays += tracker.receive(update, under: rules)
    }

    /// Nothing is said until then.
    mutating func wait(until seconds: Double) { plays += tracker.advance(to: moment(seconds)) }

    /// It cannot be heard from then on.
    mutating func isCutOff(at seconds: Double, source: String? = nil) {
        tracker.interrupt(source: source, at: moment(seconds))
    }

    /// The wall clock is set.
    mutating func isSet(by seconds: Double) { step += seconds }

    /// Another run takes over where this one stopped.
    mutating func restarts(at seconds: Double) throws {
        let stored = try JSONEncoder().encode(tracker.checkpoint(at: moment(seconds)))
        let checkpoint = try JSONDecoder().decode(TrackerCheckpoint.self, from: stored)
        tracker = HomeTracker(resuming: checkpoint, aliases: tracker.aliases, at: moment(seconds))
    }

    /// Nothing more comes.
    mutating func ends(at seconds: Double) { plays += tracker.finish(at: moment(seconds)) }

    /// What was played, in short: title, outcome and whole seconds heard.
    var story: [String] { plays.map { "\($0.media.title ?? "-") \($0.outcome.rawValue) \(Int($0.playedS.rounded()))" } }

    private func moment(_ seconds: Double) -> Moment {
        Moment(date: Self.time(seconds + step), uptimeS: 1_000 + seconds)
    }

    static func time(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }
}
