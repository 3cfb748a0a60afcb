import Wire
import Foundation
import Household
import Testing

@testable import MQTTBridge

@Suite("Command dialects")
struct CommandDialectTests {
    private static let topic = "haunt/speaker/study/command"

    /// A playlist of two tracks with different kinds of addresses and one without an address.
    private static let playlist: PlaylistView = {
        let json = """
            {"id":"p1","created_at":"2026-11-22T18:04:05Z","speaker_name":"media_player.study","speaker_entity":"media_player.study",
             "profile":"anna","rule":"mapping","vibe":"quiet \\"dinner\\"","understood":null,"sound":"none","notes":[],"mode":"balanced","enqueue":"replace",
             "auto_play":true,"duration_s":400,"tracks":[
              {"position":1,"track_id":1,"title":"One","artist":"First","album":null,"duration_s":200,"uri":"library://track/12","score":1,"reason":{"kind":"k","text":"t"}},
              {"position":2,"track_id":2,"title":"Two","artist":"Second","album":null,"duration_s":200,"uri":"spotify:track:abc","score":1,"reason":{"kind":"k","text":"t"}},
              {"position":3,"track_id":3,"title":"Three","artist":"Third","album":null,"duration_s":null,"uri":null,"score":1,"reason":{"kind":"k","text":"t"}}]}
            """
        do { return try WireJSON.decode(PlaylistView.self, from: Data(json.utf8)) } catch {
            preconditionFailure("\(error)")
        }
    }()

    private func told(_ dialect: CommandDialect, _ playlist: PlaylistView = playlist) -> [String] {
        dialect.messages(for: playlist, on: Self.topic).map {
            "\($0.topic) \(String(decoding: $0.payload, as: UTF8.self))"
        }
    }

    @Test("The dialect haunt publishes the playlist on the speaker's command topic")
    func haunt() throws {
        let messages = CommandDialect.haunt.messages(for: Self.playlist, on: Self.topic)
        #expect(messages.map(\.topic) == [Self.topic])
        #expect(try WireJSON.decode(PlaylistView.self, from: Data(messages[0].payload)) == Self.playlist)
    }

    @Test("Music Assistant gets the data of its action, with addresses in its form and names for the rest")
    func musicAssistant() throws {
        let messages = CommandDialect.musicAssistant(entity: nil).messages(for: Self.playlist, on: Self.topic)
        let data = try WireJSON.decode(messages[0].payload)
        #expect(messages.count == 1)
        #expect(data["media_id"] == ["library://track/12", "spotify://track/abc", "Third - Three"])
        #expect(data["entity_id"] == "media_player.study")
        #expect(data["media_type"] == "track")
        #expect(data["enqueue"] == "replace")
        let other = CommandDialect.musicAssistant(entity: "media_player.study_2").messages(
            for: Self.playlist, on: Self.topic)
        #expect(try WireJSON.decode(other[0].payload)["entity_id"] == "media_player.study_2")
    }

    /// A playlist of one library's addresses.
    private static func playlist(_ uris: [String]) throws -> PlaylistView {
        var list = playlist
        list.tracks = uris.map { uri in
            var track = list.tracks[0]
            track.uri = uri
            return track
        }
        return list
    }

    @Test(
        "The addresses of each library reach a player that knows them as they are",
        arguments: [
            ["Band/Album/01 100% #1 Hit? It's \"Mine\".flac", "夜の歌 🎵.flac", "AC/DC/x.mp3"],
            ["library://track/12", "filesystem_local://track/Some Band/01.mp3", "spotify--x://track/4uLU"],
            ["subsonic--x://track/1f2e", "file:///srv/music/a b.flac"],
        ])
    func libraries(uris: [String]) throws {
        let list = try Self.playlist(uris)
        if uris.allSatisfy({ $0.contains("://") }) {
            let assistant = CommandDialect.musicAssistant(entity: nil).messages(for: list, on: Self.topic)
            #expect(try WireJSON.decode(assistant[0].payload)["media_id"] == .array(uris.map(JSONValue.string)))
        }
        let haunt = CommandDialect.haunt.messages(for: list, on: Self.topic)
        #expect(try WireJSON.decode(PlaylistView.self, from: Data(haunt[0].payload)).tracks.map(\.uri) == uris)
        #expect(told(.mopidy(topic: "m"), list).filter { $0.hasPrefix("m/add ") } == uris.map { "m/add \($0)" })
        #expect(told(.sonos2mqtt(topic: "s"), list).filter { $0.hasPrefix("s/queue ") } == uris.map { "s/queue \($0)" })
    }

    @Test("sonos2mqtt's queue is emptied, filled, switched to and played")
    func sonos() {
        #expect(
            told(.sonos2mqtt(topic: "sonos/set/study")) == [
                "sonos/set/study/clearqueue ", "sonos/set/study/queue library://track/12",
                "sonos/set/study/queue spotify:track:abc", "sonos/set/study/switchtoqueue ", "sonos/set/study/play ",
            ])
    }

    @Test("Mopidy's queue is emptied, filled and played")
    func mopidy() {
        #expect(
            told(.mopidy(topic: "mopidy/cmnd")) == [
                "mopidy/cmnd/clr ", "mopidy/cmnd/add library://track/12", "mopidy/cmnd/add spotify:track:abc",
                "mopidy/cmnd/plb play",
            ])
    }

    @Test("Messages of a user have the values of the playlist and of each track, as text or as JSON")
    func template() throws {
        let templates = [
            try CommandTemplate(topic: "p/{{ id }}/clear", payload: "", forEachTrack: false),
            try CommandTemplate(
                topic: "p/add", payload: #"{"uri": {{uri|json}}, "n": {{ position }}, "vibe": {{ vibe | json }}}"#,
                forEachTrack: true),
            try CommandTemplate(
                topic: "p/list", payload: "{{ uris | json }} {{ total_tracks }} {{ profile }}", forEachTrack: false),
        ]
        #expect(
            told(.template(templates)) == [
                "p/p1/clear ", #"p/add {"uri": "library://track/12", "n": 1, "vibe": "quiet \"dinner\""}"#,
                #"p/add {"uri": "spotify:track:abc", "n": 2, "vibe": "quiet \"dinner\""}"#,
                #"p/list ["library://track/12","spotify:track:abc"] 3 anna"#,
            ])
    }

    @Test(
        "A template with an unknown name is refused with the known ones",
        arguments: [
            ("{{ ury }}", "did you mean uri?"), ("{{ uri", "without its }}"), ("{{ uri | upper }}", "only json"),
            ("{{ }}", "there is no value"),
        ])
    func mistakes(text: String, message: String) {
        do throws(TextTemplate.Mistake) {
            _ = try CommandTemplate(topic: "t", payload: text, forEachTrack: true)
            Issue.record("\(text) was taken")
        } catch {
            #expect(error.message.contains(message))
        }
    }

    @Test("A list without a playable track sends nothing, so that the current music goes on")
    func empty() throws {
        var playlist = Self.playlist
        playlist.tracks = []
        let template = try CommandTemplate(topic: "t", payload: "x", forEachTrack: false)
        for dialect in [
            CommandDialect.musicAssistant(entity: nil), .sonos2mqtt(topic: "s"), .mopidy(topic: "m"),
            .template([template]),
        ] { #expect(told(dialect, playlist).isEmpty) }
        playlist.tracks = [Self.playlist.tracks[2]]
        #expect(told(.sonos2mqtt(topic: "s"), playlist).isEmpty)
    }
}
