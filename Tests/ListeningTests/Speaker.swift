import Foundation
import Listening

/// A speaker that a test lets say things, with a clock of its own.
struct Speaker {
    static let start = Date(timeIntervalSince1970: 1_790_000_000)

    var tracker: HomeTracker
    var rules = ListenRules()
    let name: String
    private(set) var plays: [Play] = []

    init(_ name: String = "media_player.study", aliases: [String: String] = [:]) {
        self.name = name
        tracker = HomeTracker(aliases: aliases)
    }

    /// Music, three minutes and twenty seconds of it unless it says otherwise.
    static func track(_ title: String, artist: String? = "Artist", uri: String? = nil, lasting: Double? = 200) -> Media
    {
        Media(title: title, artist: artist, album: "Album", uri: uri, durationS: lasting)
    }

    /// The speaker says that it plays.
    mutating func plays(
        _ media: Media?, at seconds: Double, position: Double? = nil, lookedAt: Double? = nil, group: [String] = [],
        as voice: String? = nil
    ) {
        say(.playing, media, at: seconds, position: position, lookedAt: lookedAt, group: group, as: voice)
    }

    /// The speaker says something.
    mutating func say(
        _ state: PlayerState, _ media: Media? = nil, at seconds: Double, position: Double? = nil,
        lookedAt: Double? = nil, group: [String] = [], isReplay: Bool = false, as voice: String? = nil
    ) {
        let update = PlayerUpdate(
            speakerName: voice ?? name, state: state, media: media, positionS: position,
            positionAt: lookedAt.map(Self.time), groupMembers: group, isReplay: isReplay, at: Self.time(seconds))
        plays += tracker.receive(update, under: rules)
    }

    /// Nothing is said until then.
    mutating func wait(until seconds: Double) { plays += tracker.advance(to: Self.time(seconds)) }

    /// It cannot be heard from then on.
    mutating func isCutOff(at seconds: Double) { tracker.interrupt(speakers: nil, at: Self.time(seconds)) }

    /// Another run takes over where this one stopped.
    mutating func restarts() throws {
        let stored = try JSONEncoder().encode(tracker.checkpoint)
        let checkpoint = try JSONDecoder().decode(TrackerCheckpoint.self, from: stored)
        tracker = HomeTracker(checkpoint: checkpoint, aliases: tracker.aliases)
    }

    /// Nothing more comes.
    mutating func ends(at seconds: Double) { plays += tracker.finish(at: Self.time(seconds)) }

    /// What was played, in short: title, outcome and whole seconds heard.
    var story: [String] { plays.map { "\($0.media.title ?? "-") \($0.outcome.rawValue) \(Int($0.playedS.rounded()))" } }

    static func time(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }
}
