import Listening
import Testing

@testable import MQTTBridge

@Suite("sonos2mqtt")
struct Sonos2mqttTests {
    private static let study = "RINCON_000E5000000001400"
    private static let kitchen = "RINCON_000E5000000002400"

    private func told() throws -> Told { try Told(.sonos2mqtt, base: "sonos") }

    /// A speaker's state as sonos2mqtt publishes it.
    private func state(
        _ transport: String, _ title: String, by artist: String, duration: String = "0:03:20",
        uuid: String = Self.study,
        name: String = "Study Room", uri: String? = nil, more: String = ""
    ) -> String {
        """
        {"uuid":"\(uuid)","name":"\(name)","groupName":"\(name)","coordinatorUuid":"\(Self.study)",
         "currentTrack":{"Album":"A","Artist":"\(artist)","Title":"\(title)","Duration":"\(duration)",
         "UpnpClass":"object.item.audioItem.musicTrack","TrackUri":"\(uri ?? "x-sonos-spotify:spotify:track:\(title)")"},
         "transportState":"\(transport)","volume":{"Master":7}\(more)}
        """
    }

    @Test("A track is heard until the next one, under the name that sonos2mqtt has for the speaker in topics")
    func plays() throws {
        var told = try told()
        let topic = "sonos/\(Self.study)"
        told.say(topic, state("PLAYING", "One", by: "First"), at: 0)
        told.say(
            topic, state("PLAYING", "One", by: "First", more: #","position":{"Position":"0:00:30","LastUpdate":1}"#),
            at: 30)
        told.say(topic, state("TRANSITIONING", "Two", by: "Second"), at: 200)
        told.say(topic, state("PLAYING", "Two", by: "Second"), at: 201)
        told.say(topic, state("PAUSED_PLAYBACK", "Two", by: "Second"), at: 221)
        told.say(topic, state("PLAYING", "Two", by: "Second"), at: 300)
        told.say(topic, state("STOPPED", "Two", by: "Second"), at: 310)
        #expect(
            told.end() == [
                "sonos/study-room: First – One [A] completed 200/200",
                "sonos/study-room: Second – Two [A] partial 30/200",
            ])
    }

    @Test("Keys in camel case, as they come with discovery switched on there, mean the same")
    func camelCase() throws {
        var told = try told()
        let track = #""currentTrack":{"album":"A","artist":"First","title":"One","duration":"0:04:06","trackUri":"x"}"#
        for (second, transport) in [(0.0, "PLAYING"), (130, "STOPPED")] {
            let json = #"{"uuid":"R","name":"Bad","transportState":"\#(transport)",\#(track)}"#
            told.say("sonos/R", json, at: second)
        }
        #expect(told.end() == ["sonos/bad: First – One [A] completed 130/246"])
    }

    @Test("What the broker remembers is no listening, and live messages after it are")
    func retained() throws {
        var told = try told()
        told.say("sonos/\(Self.study)", state("PLAYING", "Old", by: "Nobody"), at: 0, retained: true)
        told.say("sonos/\(Self.study)", state("PLAYING", "One", by: "First"), at: 300)
        told.say("sonos/\(Self.study)", state("STOPPED", "One", by: "First"), at: 500)
        #expect(told.end() == ["sonos/study-room: First – One [A] completed 200/200"])
    }

    @Test("A group playing one track is one listen, of its coordinator, also when merging made its list an object")
    func group() throws {
        for members in [
            #"[{"Name":"Study Room","Uuid":"\#(Self.study)"},{"Name":"Kitchen","Uuid":"\#(Self.kitchen)"}]"#,
            #"{"0":{"Name":"Study Room","Uuid":"\#(Self.study)"},"1":{"Name":"Kitchen","Uuid":"\#(Self.kitchen)"}}"#,
        ] {
            var told = try told()
            for (second, transport) in [(0.0, "PLAYING"), (190, "STOPPED")] {
                let more = #","members":\#(members)"#
                told.say(
                    "sonos/\(Self.kitchen)",
                    state(transport, "One", by: "First", uuid: Self.kitchen, name: "Kitchen", more: more), at: second)
                told.say("sonos/\(Self.study)", state(transport, "One", by: "First", more: more), at: second + 0.1)
            }
            let plays = told.end()
            #expect(plays.filter { !$0.contains("ignored") } == ["sonos/study-room: First – One [A] completed 190/200"])
        }
    }

    @Test("A speaker that follows another plays what that does, whatever its own messages still say")
    func follower() throws {
        var told = try told()
        let kitchen = { (transport: String) in
            state(transport, "Old", by: "Nobody", uuid: Self.kitchen, name: "Kitchen", uri: "x-rincon:\(Self.study)")
        }
        told.say("sonos/\(Self.study)", state("PLAYING", "One", by: "First"), at: 0)
        told.say("sonos/\(Self.kitchen)", kitchen("PLAYING"), at: 1)
        told.say("sonos/\(Self.study)", state("PAUSED_PLAYBACK", "One", by: "First"), at: 20)
        told.say("sonos/\(Self.study)", state("PLAYING", "One", by: "First"), at: 400)
        told.say("sonos/\(Self.study)", state("PLAYING", "Two", by: "Second"), at: 580)
        told.say("sonos/\(Self.study)", state("STOPPED", "Two", by: "Second"), at: 740)
        told.say("sonos/\(Self.kitchen)", kitchen("STOPPED"), at: 741)
        let plays = told.end()
        #expect(
            plays.filter { !$0.contains("ignored") } == [
                "sonos/study-room: First – One [A] completed 200/200",
                "sonos/study-room: Second – Two [A] completed 160/200",
            ])
        #expect(!plays.contains { $0.contains("Old") })
    }

    @Test("A stream does not keep artist, album and length of the track before, which merging leaves in the message")
    func stale() throws {
        var told = try told()
        let topic = "sonos/\(Self.study)"
        told.say(topic, state("PLAYING", "One", by: "First"), at: 0)
        told.say(topic, state("PLAYING", "The News", by: "First", uri: "x-sonosapi-stream:s24939?sid=254"), at: 200)
        told.say(topic, state("PLAYING", "The News", by: "First", uri: "x-sonosapi-stream:s24939?sid=254"), at: 230)
        told.say(topic, state("STOPPED", "The News", by: "First", uri: "x-sonosapi-stream:s24939?sid=254"), at: 260)
        #expect(told.end().last == "sonos/study-room: ? – The News partial 60")
    }

    @Test(
        "Television, line-in, adverts and spoken words are no listens",
        arguments: [
            "x-sonos-htastream:RINCON_1:spdif", "x-rincon-stream:RINCON_1", "x-sonos-spotify:spotify%3aad%3a0001",
            "http://192.168.1.2/cache/tts/hello.mp3",
        ])
    func noMusic(uri: String) throws {
        var told = try told()
        told.say("sonos/\(Self.study)", state("PLAYING", "Sound", by: "Someone", uri: uri), at: 0)
        told.say("sonos/\(Self.study)", state("STOPPED", "Sound", by: "Someone", uri: uri), at: 250)
        #expect(told.end().allSatisfy { $0.contains("ignored") })
    }

    @Test(
        "While the bridge is away nothing is counted unless the next position fits, and what goes on after it is one play"
    )
    func away() throws {
        var told = try told()
        let position = { (text: String, stamp: Int) in
            #","ts":\#(stamp),"position":{"Position":"\#(text)","LastUpdate":\#(stamp)}"#
        }
        told.say("sonos/\(Self.study)", state("PLAYING", "One", by: "First"), at: 0)
        told.say("sonos/connected", "0", at: 40, retained: false)
        told.say("sonos/connected", "2", at: 70)
        told.say("sonos/\(Self.study)", state("PLAYING", "One", by: "First", more: position("0:01:15", 9)), at: 75)
        told.say("sonos/\(Self.study)", state("STOPPED", "One", by: "First"), at: 105)
        #expect(told.end() == ["sonos/study-room: First – One [A] completed 105/200"])
    }

    @Test(
        "Nonsense tells nothing and stops nothing",
        arguments: [
            "", "{", "[]", "null", "\"PLAYING\"", "{}", #"{"uuid":5}"#, #"{"uuid":"R"}"#,
            #"{"uuid":"R","currentTrack":"x"}"#,
            #"{"uuid":"R","transportState":7,"currentTrack":{"Title":[]},"members":3,"position":"x"}"#,
        ])
    func nonsense(payload: String) throws {
        var told = try told()
        told.say("sonos/\(Self.study)", state("PLAYING", "One", by: "First"), at: 0)
        told.say("sonos/R", payload, at: 50)
        told.say("sonos/alarms", payload, at: 60)
        told.say("sonos/\(Self.study)", state("STOPPED", "One", by: "First"), at: 150)
        #expect(told.end() == ["sonos/study-room: First – One [A] completed 150/200"])
    }
}
