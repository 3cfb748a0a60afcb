import Foundation
import Listening
@testable import MQTTBridge
import Testing

@Suite("home-assistant-json")
struct HomeAssistantJSONDialectTests {
    private static let at = Moment(Date(timeIntervalSince1970: 1_790_000_000))
    private var dialect = HomeAssistantJSONDialect(base: "home/events", statusTopic: "homeassistant/status")

    private static let state = """
        {"entity_id":"media_player.study","state":"playing","last_updated":"2026-11-22T07:10:10+00:00",
         "attributes":{"media_title":"T","media_artist":"A","media_duration":200.5,"media_position":3,
         "media_position_updated_at":"2026-11-22T07:10:07+00:00","group_members":["media_player.study","media_player.x"]}}
        """

    private mutating func say(_ payload: String, isRetained: Bool = false) -> [PlayerUpdate] {
        dialect.receive(
            SourceMessage(topic: "home/events/x", payload: Array(payload.utf8), isRetained: isRetained, at: Self.at)
        ).updates
    }

    @Test("The blueprint's JSON and an event of mqtt_eventstream say the same, at once")
    mutating func bothShapes() throws {
        let event =
            #"{"event_type":"state_changed","event_data":{"entity_id":"media_player.study","new_state":\#(Self.state)}}"#
        let update = try #require(say(Self.state).first)
        #expect(say(event) == [update])
        #expect(update.media == Media(title: "T", artist: "A", durationS: 200.5))
        #expect(update.position?.ageS == 3)
        #expect(update.groupMembers == ["media_player.study", "media_player.x"])
        #expect(!update.isReplay)
    }

    @Test("A retained message is a replay")
    mutating func retained() { #expect(say(Self.state, isRetained: true).map(\.isReplay) == [true]) }

    @Test(
        "Other events, other entities and nonsense are passed over",
        arguments: [
            #"{"event_type":"call_service","event_data":{}}"#,
            #"{"event_type":"state_changed","event_data":{"new_state":null}}"#,
            #"{"entity_id":"light.study","state":"on"}"#, #"{"entity_id":"media_player.study"}"#, #"{"state":"on"}"#,
            "[]", "x",
            "", "null", #"{"entity_id":7,"state":{}}"#,
        ])
    mutating func others(payload: String) { #expect(say(payload).isEmpty) }

    @Test("The whole base topic is heard, and Home Assistant's own word that it goes")
    func filters() { #expect(dialect.filters == ["home/events/#", "homeassistant/status"]) }
}
