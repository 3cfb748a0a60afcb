import Foundation
import Listening
@testable import MQTTBridge
import Testing

@Suite("home-assistant-statestream")
struct StatestreamDialectTests {
    private static func moment(_ seconds: Double) -> Moment {
        Moment(Date(timeIntervalSince1970: 1_790_000_000 + seconds))
    }
    private var dialect = StatestreamDialect(base: "hass", statusTopic: "homeassistant/status", settleS: 0.2)

    private static let music = [
        ("state", "playing"), ("media_content_id", #""x:1""#), ("media_content_type", #""music""#),
        ("media_duration", #""200""#), ("media_title", #""Bj\u00f6rk""#), ("media_artist", #"["A","B"]"#),
        ("friendly_name", #""Study""#), ("supported_features", "458687"),
    ]

    /// Says values one after the other, a millisecond apart.
    private mutating func say(
        _ values: [(String, String)], at seconds: Double = 0, on player: String = "study", isRetained: Bool = false
    ) -> [SourceEvent] {
        values.enumerated().flatMap { index, value in
            dialect.receive(
                SourceMessage(
                    topic: "hass/media_player/\(player)/\(value.0)", payload: Array(value.1.utf8),
                    isRetained: isRetained, at: Self.moment(seconds + Double(index) / 1_000)))
        }
    }

    private mutating func settle(at seconds: Double) -> [PlayerUpdate] {
        dialect.advance(to: Self.moment(seconds)).updates
    }

    @Test("A whole burst is one update, at once, with lengths as text, several artists and odd letters")
    mutating func burst() throws {
        let updates = say(Self.music).updates
        let update = try #require(updates.first)
        #expect(updates.count == 1)
        #expect(update.speakerName == "media_player.study")
        #expect(update.state == .playing)
        #expect(update.media == Media(title: "Björk", artist: "A, B", uri: "x:1", durationS: 200))
        #expect(update.at == Self.moment(0))
        #expect(dialect.nextDeadline == nil)
    }

    @Test("What a whole burst does not have is gone: stale values never dress up a new track")
    mutating func stale() {
        _ = say(Self.music)
        let updates = say([("state", "playing"), ("media_title", #""untagged""#), ("supported_features", "1")], at: 1)
            .updates
        #expect(updates.map(\.media) == [Media(title: "untagged")])
    }

    @Test("Two bursts that interleave are one update, of the newest values")
    mutating func interleaved() {
        let older = Self.music
        let newer = Self.music.map { $0.0 == "media_title" ? ("media_title", #""New""#) : $0 }
        let updates = say(zip(older, newer).flatMap { [$0, $1] }).updates
        #expect(updates.compactMap(\.media?.title) == ["New"])
    }

    @Test("An older burst that interleaves never dresses up the track that the newer one names")
    mutating func interleavedUntagged() {
        _ = say(Self.music)
        let older = Self.music
        let newer = [
            ("state", "playing"), ("media_content_id", #""x:2""#), ("media_title", #""untagged""#),
            ("supported_features", "1"),
        ]
        let updates = say(Array(older[..<5] + newer[..<3] + older[5...] + newer[3...]), at: 1).updates
        #expect(updates.map(\.media) == [Media(title: "untagged", uri: "x:2")])
    }

    @Test("Bursts of two speakers do not mix")
    mutating func twoSpeakers() {
        var updates: [PlayerUpdate] = []
        for value in Self.music {
            updates += say([value], on: "study").updates
            updates += say([value.0 == "media_title" ? ("media_title", #""Other""#) : value], on: "kitchen").updates
        }
        #expect(updates.map(\.speakerName) == ["media_player.study", "media_player.kitchen"])
        #expect(updates.map { $0.media?.title } == ["Björk", "Other"])
    }

    @Test("A burst that was cut off is believed when it stays so, and tells only what it has")
    mutating func cutOff() {
        _ = say(Self.music)
        #expect(say([("state", "paused")], at: 1).updates.isEmpty)
        #expect(settle(at: 1.1).isEmpty)
        #expect(settle(at: 1.3).map(\.media) == [nil])
        #expect(say([("state", "playing"), ("media_title", #""Next""#)], at: 2).updates.isEmpty)
        #expect(settle(at: 3).map(\.media) == [Media(title: "Next")])
    }

    @Test("A burst that repeats attributes says what it would say alone, with its own state and time")
    mutating func repeated() throws {
        let position = [
            ("media_position", "7"), ("media_position_updated_at", #""2020-01-01T00:00:04+00:00""#),
        ]
        let first = say([("last_updated", "2020-01-01T00:00:10+00:00")] + position + Self.music).updates
        let paused = [("state", "paused"), ("last_updated", "2020-01-01T00:00:30+00:00")] + position
        let again = try #require(say(paused + Self.music.dropFirst(), at: 1).updates.first)
        #expect(again.media == first.first?.media)
        #expect(again.state == .paused)
        #expect(again.position?.ageS == 26)
        #expect(again.at == Self.moment(1))
    }

    @Test("A whole burst never has what an earlier one that was cut off was filled in with")
    mutating func repeatsCutOff() {
        _ = say(Self.music)
        let title = ("media_title", #""Bj\u00f6rk""#)
        _ = say([("state", "paused"), title], at: 1)
        #expect(settle(at: 2).map { $0.media?.artist } == ["A, B"])
        let updates = say([("state", "playing"), title, ("supported_features", "1")], at: 3).updates
        #expect(updates.map(\.media) == [Media(title: "Björk")])
    }

    @Test("A burst is of one player with one key; a topic with more or fewer levels is nobody's")
    mutating func levels() {
        for topic in ["hass/media_player/study", "hass/media_player/study/state/x", "hass/media_player", "hass"] {
            let message = SourceMessage(topic: topic, payload: [1], isRetained: false, at: Self.moment(0))
            #expect(dialect.receive(message).isEmpty)
            #expect(dialect.nextDeadline == nil)
        }
    }

    @Test("A retained burst is a replay, settles like a live one, and never mixes with one")
    mutating func retained() throws {
        #expect(say(Self.music, isRetained: true).updates.isEmpty)
        let live = say([("state", "playing"), ("media_title", #""Live""#), ("supported_features", "1")], at: 0.05)
            .updates
        #expect(live.map(\.media) == [Media(title: "Live")])
        let replay = try #require(settle(at: 1).first)
        #expect(replay.isReplay)
        #expect(replay.media?.title == "Björk")
    }

    @Test(
        "Off and unavailable have no media, and unknown words are an unknown state",
        arguments: [
            ("off", PlayerState.off), ("unavailable", .unavailable), ("idle", .idle), ("standby", .idle), ("on", .idle),
            ("buffering", .buffering), ("unknown", .unknown), ("dancing", .unknown),
        ])
    mutating func states(word: String, state: PlayerState) {
        let updates = say([("state", word), ("media_title", #""Old""#), ("supported_features", "0")]).updates
        #expect(updates.map(\.state) == [state])
        #expect(updates.first?.media == (state == .buffering ? Media(title: "Old") : nil))
    }

    @Test(
        "What a sound is shows in its id, its type, its input and its name",
        arguments: [
            ("media_content_id", #""http://ha/api/tts_proxy/x.mp3""#, MediaKind.announcement),
            ("media_content_id", #""media-source://tts/cloud?message=Hi""#, .announcement),
            ("media_content_id", #""spotify:ad:1""#, .advert), ("media_title", #""Advertisement""#, .advert),
            ("media_content_type", #""tvshow""#, .other), ("media_content_type", #""podcast""#, .other),
            ("media_content_type", #""audiobook""#, .other), ("device_class", #""tv""#, .other),
            ("media_series_title", #""Dark""#, .other), ("media_content_type", #""channel""#, .other),
        ])
    mutating func kinds(key: String, value: String, kind: MediaKind) {
        let values = [("state", "playing"), ("media_title", #""T""#), (key, value), ("supported_features", "1")]
        #expect(say(values).updates.map { $0.media?.kind } == [kind])
    }

    @Test(
        "Values that are no JSON, NaN among them, are left out and lose nothing else",
        arguments: [
            "NaN", "{", "\"unclosed", "\u{0}", "1e999",
        ])
    mutating func nonsense(value: String) {
        let values = [
            ("state", "playing"), ("media_duration", value), ("media_position", value), ("media_title", #""T""#),
            ("supported_features", "1"),
        ]
        let update = say(values).updates.first
        #expect(update?.media == Media(title: "T"))
        #expect(update?.position == nil)
    }

    @Test("Control characters are no part of a name, and a name of nothing else is none")
    mutating func controlCharacters() {
        let values = [
            ("state", "playing"), ("media_title", #""a\u0000b\u0007""#), ("media_artist", #""\u0000""#),
            ("supported_features", "1"),
        ]
        #expect(say(values).updates.map(\.media) == [Media(title: "ab")])
    }

    @Test("The age of a position is taken by Home Assistant's own clock")
    mutating func otherClock() {
        let values = [
            ("state", "playing"), ("last_updated", "2020-01-01T00:00:10+00:00"), ("media_position", "7"),
            ("media_position_updated_at", #""2020-01-01T00:00:04+00:00""#), ("media_title", #""T""#),
            ("supported_features", "1"),
        ]
        let update = say(values).updates.first
        #expect(update?.position?.seconds == 7)
        #expect(update?.position?.ageS == 6)
    }

    @Test("When Home Assistant says that it goes, nothing can be heard; a retained word of it is old")
    mutating func status() {
        var message = SourceMessage(
            topic: "homeassistant/status", payload: Array("offline".utf8), isRetained: false, at: Self.moment(0))
        #expect(dialect.receive(message) == [.interrupted(at: Self.moment(0))])
        message.isRetained = true
        #expect(dialect.receive(message).isEmpty)
        message.isRetained = false
        message.payload = Array("online".utf8)
        #expect(dialect.receive(message).isEmpty)
    }

    @Test("A burst that is added to without end is believed all the same")
    mutating func endless() {
        var updates: [PlayerUpdate] = []
        for step in 0..<40 {
            updates += say([("state", "playing"), ("media_title", #""T""#)], at: Double(step) * 0.1).updates
        }
        #expect(updates.count >= 3)
    }
}

extension [SourceEvent] {
    /// The updates among the events.
    var updates: [PlayerUpdate] { compactMap { if case .update(let update) = $0 { update } else { nil } } }
}
