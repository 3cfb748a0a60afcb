import Wire
import Household
import Listening
import MQTTClient
import Testing

@testable import MQTTBridge

@Suite("generic")
struct GenericDialectTests {
    private typealias Place = GenericMapping.Place

    private static func place(_ topic: String, _ pointer: String? = nil, _ change: (inout Place) -> Void = { _ in })
        throws -> Place
    {
        var place = Place(topic: try TopicFilter(topic))
        place.pointer = pointer.flatMap { JSONPointer($0) }
        change(&place)
        return place
    }

    /// One value a topic.
    private func plain() throws -> GenericMapping {
        GenericMapping(
            speaker: "cast/{1}",
            fields: [
                .state: try Self.place("cast/+/state") { $0.values = ["1": "playing", "0": "idle"] },
                .title: try Self.place("cast/+/media/title"), .artist: try Self.place("cast/+/media/artist"),
                .duration: try Self.place("cast/+/duration") { $0.unit = .milliseconds },
            ])
    }

    /// One JSON a player.
    private func json(isPartial: Bool = false) throws -> GenericMapping {
        let topic = "players/+/state"
        return GenericMapping(
            speaker: "home/{speaker}",
            fields: [
                .speaker: try Self.place(topic, "/user"), .state: try Self.place(topic, "/state"),
                .title: try Self.place(topic, "/media/title"), .artist: try Self.place(topic, "/media/artists"),
                .duration: try Self.place(topic, "/media/length") { $0.unit = .microseconds },
                .kind: try Self.place(topic, "/type") { $0.values = ["movie": "other"] },
            ], isPartial: isPartial, availability: try Self.place("players/status"))
    }

    @Test("Values of one player that come one by one, in any order, among those of another, make one track")
    func interleaved() throws {
        var told = try Told(.generic(plain()))
        told.say("cast/attic/media/artist", "First", at: 0)
        told.say("cast/cellar/media/title", "Two", at: 0.01)
        told.say("cast/attic/state", "1", at: 0.02)
        told.say("cast/cellar/state", "1", at: 0.03)
        told.say("cast/attic/media/title", "One", at: 0.04)
        told.say("cast/cellar/media/artist", "Second", at: 0.05)
        told.say("cast/attic/duration", "240000", at: 0.06)
        told.say("cast/attic/state", "0", at: 200)
        told.say("cast/cellar/state", "0", at: 250)
        #expect(told.end() == ["cast/attic: First – One completed 200/240", "cast/cellar: Second – Two completed 250"])
    }

    @Test("An empty payload takes a value away")
    func emptied() throws {
        var told = try Told(.generic(plain()))
        told.say("cast/attic/state", "playing", at: 0)
        told.say("cast/attic/media/title", "One", at: 0.01)
        told.say("cast/attic/media/artist", "First", at: 0.02)
        told.say("cast/attic/media/title", "News", at: 250)
        told.say("cast/attic/media/artist", "", at: 250.1)
        told.say("cast/attic/state", "stopped", at: 500)
        #expect(told.end() == ["cast/attic: First – One completed 250", "cast/attic: ? – News completed 250"])
    }

    @Test("JSON is whole: what a message does not have is gone; artists may be a list, the speaker whoever listens")
    func whole() throws {
        var told = try Told(.generic(json()))
        told.say(
            "players/7/state",
            #"{"user":"anna","state":"Playing","media":{"title":"One","artists":["First","Second"],"length":2e8}}"#,
            at: 0)
        told.say("players/7/state", #"{"user":"ben","state":"Playing","media":{"title":"Two"}}"#, at: 150)
        told.say("players/7/state", #"{"user":"ben","state":"stopped","media":{"title":"Two"}}"#, at: 400)
        #expect(told.end() == ["home/anna: First, Second – One completed 150/200", "home/ben: ? – Two completed 250"])
    }

    @Test("Where messages have only what changed, the rest is as it was, and null is nothing")
    func partial() throws {
        var told = try Told(.generic(json(isPartial: true)))
        told.say(
            "players/7/state", #"{"user":"anna","state":"playing","media":{"title":"One","artists":"First"}}"#, at: 0)
        told.say("players/7/state", #"{"media":{"title":"Two","artists":null}}"#, at: 250)
        told.say("players/7/state", #"{"state":"off"}"#, at: 500)
        #expect(told.end() == ["home/anna: First – One completed 250", "home/anna: ? – Two completed 250"])
    }

    @Test("What is no music by its kind is no listen")
    func kind() throws {
        var told = try Told(.generic(json()))
        told.say(
            "players/7/state", #"{"user":"anna","state":"playing","type":"movie","media":{"title":"Film"}}"#, at: 0)
        told.say("players/7/state", #"{"user":"anna","state":"idle"}"#, at: 900)
        #expect(told.end().allSatisfy { $0.contains("ignored") })
    }

    @Test("A source that says it is away is not heard meanwhile")
    func away() throws {
        var told = try Told(.generic(json()))
        let playing = #"{"user":"anna","state":"playing","media":{"title":"One","length":2e8}}"#
        told.say("players/7/state", playing, at: 0)
        told.say("players/status", "offline", at: 40)
        told.say("players/status", "online", at: 60)
        told.say("players/7/state", playing, at: 61)
        told.say("players/7/state", #"{"user":"anna","state":"idle"}"#, at: 101)
        #expect(told.end() == ["home/anna: ? – One partial 80/200"])
    }

    @Test("What the broker remembers is no listening, and never dresses up what plays now")
    func retained() throws {
        var told = try Told(.generic(plain()))
        for (key, value) in [("state", "1"), ("media/title", "Old"), ("media/artist", "Nobody")] {
            told.say("cast/attic/\(key)", value, at: 0, retained: true)
        }
        told.say("cast/attic/state", "1", at: 300)
        told.say("cast/attic/media/title", "One", at: 300.1)
        told.say("cast/attic/state", "0", at: 600)
        #expect(told.end() == ["cast/attic: ? – One completed 300"])
    }

    @Test("Malformed messages tell nothing and take nothing away", arguments: ["", "{", "[1]", "\"x\"", "\u{0}", "{}"])
    func malformed(payload: String) throws {
        var told = try Told(.generic(json(isPartial: true)))
        told.say("players/7/state", #"{"user":"anna","state":"playing","media":{"title":"One"}}"#, at: 0)
        told.say("players/7/state", payload, at: 100)
        told.say("players/7/more/state", payload, at: 110)
        told.say("players/7/state", #"{"state":"off"}"#, at: 250)
        #expect(told.end() == ["home/anna: ? – One completed 250"])
    }

    @Test(
        "A line can be parts; with fewer parts it is a title and nothing else",
        arguments: [
            ("First - One - Live", "s: First – One - Live completed 250"),
            ("Just a jingle", "s: ? – Just a jingle completed 250"),
        ])
    func split(line: String, play: String) throws {
        let part = { (number: Int) in try Self.place("radio/now") { ($0.separator, $0.part) = (" - ", number) } }
        let fields: [GenericMapping.Field: GenericMapping.Place] = [
            .state: try Self.place("radio/state"), .artist: try part(1), .title: try part(2),
        ]
        var told = try Told(.generic(GenericMapping(speaker: "s", fields: fields)))
        told.say("radio/state", "playing", at: 0)
        told.say("radio/now", line, at: 0.05)
        told.say("radio/state", "stopped", at: 250)
        #expect(told.end() == [play])
    }

    @Test(
        "Times are seconds whatever they are written in",
        arguments: [
            (GenericMapping.Unit.seconds, "246.5"), (.milliseconds, "246500"), (.microseconds, "246500000"),
            (.ticks, "2465000000"), (.clock, "0:04:06.5"), (.clock, "4:06.5"),
        ])
    func units(unit: GenericMapping.Unit, text: String) {
        #expect(unit.seconds(text) == 246.5)
    }

    @Test("What is no time is none", arguments: ["", "x", "1:2:3:4", "-1:00", ":", "inf", "nan"])
    func noTimes(text: String) {
        for unit in GenericMapping.Unit.allCases { #expect(unit.seconds(text) == nil) }
    }

    @Test("A JSON pointer goes through names and numbers, with / and ~ in names; # is all of it")
    func pointers() throws {
        let json = try WireJSON.decode(#"{"a":{"b/c":[1,{"~":"x"}]}}"#.utf8)
        #expect(JSONPointer("/a/b~1c/1/~0")?.value(in: json) == "x")
        #expect(JSONPointer("#/a/b~1c/0")?.value(in: json) == 1)
        #expect(JSONPointer("#")?.value(in: json) == json)
        #expect(JSONPointer("/a/nothing/0")?.value(in: json) == nil)
        #expect(JSONPointer("/a/b~1c/9")?.value(in: json) == nil)
        for text in ["", "a", "#a"] { #expect(JSONPointer(text) == nil) }
    }
}
