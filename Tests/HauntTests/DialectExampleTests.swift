import Foundation
import HauntTestSupport
import Listening
import MQTTBridge
import MQTTClient
import Testing

@testable import haunt

/// The dialects that are shipped as configuration, each with messages that its software really sends.
@Suite("Shipped dialects")
struct DialectExampleTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../config/dialects").standardized

    /// Topic, payload, second.
    private typealias Line = (String, String, Double)

    /// The plays of a sequence of messages under a shipped configuration, in short form.
    private func plays(_ name: String, _ lines: [Line]) throws -> [String] {
        let file = Self.folder.appending(path: "\(name).yaml").path
        let loaded = ConfigurationLoader.load(file: file, environment: [:])
        try #require(loaded.problems.isEmpty, "\(loaded.problems)")
        var replay = try TraceReplay(loaded.configuration.bridge(), aliases: [:])
        var plays: [ReplayedPlay] = []
        for (topic, payload, second) in lines {
            plays += replay.receive(
                MQTTMessage(
                    topic: topic, payload: Array(payload.utf8),
                    receivedAt: Date(timeIntervalSince1970: 1_790_000_000 + second)))
        }
        return (plays + replay.finish()).map {
            let duration = $0.durationS.map { "/\(Int($0.rounded()))" } ?? ""
            return
                "\($0.speakerName): \($0.artist ?? "?") – \($0.title ?? "?") \($0.outcome.rawValue) \(Int($0.playedS.rounded()))\(duration)"
        }
    }

    @Test("Every shipped dialect is read without a problem")
    func areRead() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(files == ["chromecast.yaml", "jellyfin.yaml", "mopidy-mqtt.yaml", "mpris.yaml", "snapcast.yaml"])
        for file in files {
            let path = Self.folder.appending(path: file).path
            #expect(ConfigurationLoader.load(file: path, environment: [:]).problems.isEmpty, "\(file)")
        }
    }

    @Test("mopidy-mqtt sends artists and title in one text, Mopiqtt artist, title and album")
    func mopidy() throws {
        let simple: [Line] = [
            ("mopidy/nowplaying", "First, Second:One: Live", 0), ("mopidy/state", "playing", 0.01),
            ("mopidy/nowplaying", "unknown:stream", 250), ("mopidy/state", "stopped", 500),
            ("mopidy/nowplaying", "stopped", 500.01),
        ]
        #expect(
            try plays("mopidy-mqtt", simple) == [
                "mopidy: First, Second – One: Live completed 250", "mopidy: ? – stream completed 250",
            ])
        let rich: [Line] = [
            ("mopidy/stat/plstate", "playing", 0), ("mopidy/stat/trk", "First;One;Album", 0.01),
            ("mopidy/stat/trk_uri", "local:track:one.flac", 0.02), ("mopidy/stat/trk", "", 10),
            ("mopidy/stat/trk", "Second;Two;", 10.05), ("mopidy/stat/trk_uri", "local:track:two.flac", 10.06),
            ("mopidy/stat/plstate", "stopped", 300),
        ]
        #expect(
            try plays("mopidy-mqtt", rich) == ["mopidy: First – One skipped 10", "mopidy: Second – Two completed 290"])
    }

    @Test("SnapDog sends one value per topic for each zone")
    func snapcast() throws {
        let lines: [Line] = [
            ("snapdog/zones/1/track/title", "One", 0), ("snapdog/zones/2/track/title", "Two", 0.01),
            ("snapdog/zones/1/track/artist", "First", 0.02), ("snapdog/zones/1/track/duration", "200000", 0.03),
            ("snapdog/zones/1/track/playing", "true", 0.04), ("snapdog/zones/2/track/playing", "false", 0.05),
            ("snapdog/zones/1/track/position", "30000", 30), ("snapdog/zones/1/track/playing", "false", 150),
        ]
        #expect(try plays("snapcast", lines) == ["snapcast/zone-1: First – One completed 150/200"])
    }

    @Test("chromecast-mqtt-connector sends one value per topic, and films are not music")
    func chromecast() throws {
        let lines: [Line] = [
            ("chromecast/Attic/player_state", "BUFFERING", 0), ("chromecast/Attic/media/title", "One", 0.1),
            ("chromecast/Attic/media/artist", "First", 0.15), ("chromecast/Attic/player_duration", "213.4", 0.2),
            ("chromecast/Attic/media/content_type", "audio/mpeg", 0.25),
            ("chromecast/Attic/player_state", "PLAYING", 1),
            ("chromecast/Attic/player_state", "IDLE", 201), ("chromecast/Attic/media/title", "Film", 300),
            ("chromecast/Attic/media/content_type", "video/mp4", 300.1),
            ("chromecast/Attic/player_state", "PLAYING", 300.2),
            ("chromecast/Attic/player_state", "IDLE", 900),
        ]
        let plays = try plays("chromecast", lines)
        #expect(plays.first == "chromecast/Attic: First – One completed 200/213")
        #expect(plays.dropFirst().allSatisfy { $0.contains("ignored") })
    }

    @Test("Jellyfin's plugin sends the user, so each user is a speaker")
    func jellyfin() throws {
        let state = { (user: String, state: String, title: String) in
            """
            {"state":"\(state)","volume":80,"muted":false,"media_id":"77","media_title":"\(title)","media_artist":"First",
             "media_album_name":null,"media_content_type":"music","media_duration":200,"media_position":0,
             "app_name":"Finamp","device_name":"Phone","user":"\(user)"}
            """
        }
        let lines: [Line] = [
            ("jellyfin/status", "online", 0), ("jellyfin/players/p1/state", state("anna", "playing", "One"), 1),
            ("jellyfin/players/p2/state", state("ben", "playing", "Two"), 2),
            ("jellyfin/players/p1/state", state("anna", "paused", "One"), 121),
            ("jellyfin/players/p2/state", state("ben", "off", "Two"), 132),
            ("jellyfin/players/p1/state", state("anna", "off", "One"), 400),
        ]
        #expect(
            try plays("jellyfin", lines) == [
                "jellyfin/ben: First – Two completed 130/200", "jellyfin/anna: First – One completed 120/200",
            ])
    }

    @Test("MPRIS sends artists as a list and times in microseconds")
    func mpris() throws {
        let state = { (status: String, position: Int) in
            """
            {"PlaybackStatus":"\(status)","Position":\(position),"Metadata":{"xesam:title":"One","xesam:artist":["First","Second"],
             "xesam:album":"A","mpris:length":200000000,"xesam:url":"file:///one.flac"}}
            """
        }
        let topic = "dbus2mqtt/org.mpris.MediaPlayer2/state"
        let lines: [Line] =
            (0...30).map { (topic, state("Playing", $0 * 5_000_000), Double($0) * 5) }
            + [(topic, state("Stopped", 0), 152)]
        #expect(try plays("mpris", lines) == ["mpris/desktop: First, Second – One completed 152/200"])
    }
}
