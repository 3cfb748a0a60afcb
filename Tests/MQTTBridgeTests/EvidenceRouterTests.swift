import Foundation
import Household
import Listening
import MQTTClient
import Testing
import Wire

@testable import MQTTBridge

@Suite("Evidence on topics")
struct EvidenceRouterTests {
    private static let now = Moment(date: Date(timeIntervalSince1970: 1_795_348_800), uptimeS: 1_000)

    private func router(_ evidence: EvidenceConfiguration, json: String? = nil) throws -> EvidenceRouter {
        let sources = json.map {
            [SourceConfiguration(dialect: .homeAssistantJSON, baseTopic: $0, statusTopic: "s", rules: ListenRules())]
        }
        return try EvidenceRouter(
            BridgeSettings(
                sources: sources ?? [], speakerRules: [:], rules: ListenRules(), evidence: [evidence], version: "1",
                redactedConfiguration: .null))
    }

    private func hear(
        _ topic: String, _ payload: String, after seconds: Double = 0, isRetained: Bool = false,
        by router: inout EvidenceRouter
    ) -> [EvidenceNews] {
        let message = MQTTMessage(
            topic: topic, payload: Array(payload.utf8), isRetained: isRetained, receivedAt: Self.now.date,
            receivedUptimeS: 0)
        let time = Moment(date: Self.now.date.addingTimeInterval(seconds), uptimeS: Self.now.uptimeS + seconds)
        return router.receive(message, at: time)
    }

    private static let homeAssistant = EvidenceConfiguration.homeAssistant(
        base: "homeassistant", people: ["anna": "person.anna"], rooms: ["anna": "sensor.anna_phone_area"],
        users: ["ben": "b0b"])

    @Test(
        "Home Assistant's states of a person: home, not_home and zones; unknown says nothing",
        arguments: [("home", true), ("not_home", false), ("Work", false), ("unknown", nil), ("unavailable", nil)])
    func person(state: String, isHome: Bool?) throws {
        var router = try router(Self.homeAssistant)
        let news = hear("homeassistant/person/anna/state", state, isRetained: true, by: &router)
        #expect(news == [.home(person: "anna", isHome, at: Self.now.date, isReplay: true)])
        #expect(hear("homeassistant/person/anna/latitude", "52.1", by: &router).isEmpty)
        #expect(hear("homeassistant/person/ben/state", "home", by: &router).isEmpty)
    }

    @Test("The room of a phone, and only the topics that are needed are subscribed")
    func room() throws {
        var router = try router(Self.homeAssistant)
        let news = hear("homeassistant/sensor/anna_phone_area/state", "Kitchen", by: &router)
        guard case .room("anna", "Kitchen", at: _, lastsS: _, isReplay: false)? = news.first else {
            Issue.record("\(news)")
            return
        }
        #expect(
            router.filters.map(\.string) == [
                "homeassistant/person/anna/state", "homeassistant/person/anna/user_id",
                "homeassistant/sensor/anna_phone_area/state",
            ])
    }

    @Test("The user of a change that plays, from our blueprint and from the event stream")
    func users() throws {
        var router = try router(Self.homeAssistant, json: "haunt/players")
        #expect(router.accounts == [.account(person: "ben", id: "b0b")])
        let account = hear("homeassistant/person/anna/user_id", #""571b""#, isRetained: true, by: &router)
        #expect(account == [.account(person: "anna", id: "571b")])
        let speaker = "media_player.living_room"
        let plain = #"{"entity_id":"\#(speaker)","state":"playing","user_id":"571b","attributes":{}}"#
        #expect(
            hear("haunt/players/living_room", plain, by: &router)
                == [.user(person: "anna", speaker: speaker, at: Self.now.date)])
        let event =
            #"{"event_type":"state_changed","event_data":{"new_state":{"entity_id":"\#(speaker)","state":"playing","#
            + #""context":{"id":"1","user_id":"b0b"}}}}"#
        #expect(
            hear("haunt/players/x", event, by: &router)
                == [.user(person: "ben", speaker: speaker, at: Self.now.date)])
        let automation = #"{"entity_id":"\#(speaker)","state":"playing","user_id":null}"#
        #expect(hear("haunt/players/x", automation, by: &router).isEmpty)
        let paused = #"{"entity_id":"\#(speaker)","state":"paused","user_id":"b0b"}"#
        #expect(hear("haunt/players/x", paused, by: &router).isEmpty)
    }

    @Test("ESPresense: the nearest room, with hysteresis; many messages give little news")
    func espresense() throws {
        var router = try router(
            .espresense(base: "espresense", devices: ["anna": "phone:anna"], maxDistanceM: 4))
        func at(_ room: String, _ metres: Double, _ seconds: Double) -> String? {
            let payload = #"{"mac":"a","id":"phone:anna","rssi":-70,"distance":\#(metres),"var":0.1,"int":200}"#
            let news = hear("espresense/devices/phone:anna/\(room)", payload, after: seconds, by: &router)
            guard case .room(_, let room, _, _, _)? = news.first else { return nil }
            return room
        }
        #expect(at("kitchen", 1.5, 0) == "kitchen")
        #expect(at("living", 1.4, 1) == nil)
        #expect(at("kitchen", 3, 2) == nil)
        #expect(at("living", 1.4, 3) == "living")
        #expect(at("hall", 9, 4) == nil)
        let told = (0..<1_000).filter { at("living", 1.5, 5 + Double($0) / 100) != nil }
        #expect(told.count <= 1)
        #expect(hear("espresense/devices/phone:ben/kitchen", #"{"distance":1}"#, by: &router).isEmpty)
        #expect(hear("espresense/companion/phone:anna", "not_home", by: &router).count == 2)
    }

    @Test(
        "A user who turns the volume, or whose change a broker kept, did not press play; the next track by hand is one")
    func presses() throws {
        var router = try router(Self.homeAssistant, json: "haunt/players")
        func heard(_ state: String, _ title: String, _ user: String?, isRetained: Bool = false) -> Bool {
            let id = user.map { "\"\($0)\"" } ?? "null"
            let json =
                #"{"entity_id":"media_player.x","state":"\#(state)","user_id":\#(id),"#
                + #""attributes":{"media_title":"\#(title)","volume_level":0.\#(title.count)}}"#
            return !hear("haunt/players/x", json, isRetained: isRetained, by: &router).isEmpty
        }
        #expect(!heard("playing", "A", "b0b", isRetained: true))
        #expect(!heard("playing", "A", "b0b"))
        #expect(heard("playing", "B", "b0b"))
        #expect(!heard("playing", "C", nil))
        #expect(!heard("playing", "C", "b0b"))
        #expect(!heard("paused", "C", "b0b"))
        #expect(heard("playing", "C", "b0b"))
        let event =
            #"{"event_type":"state_changed","event_data":{"old_state":{"entity_id":"media_player.y","state":"idle"},"#
            + #""new_state":{"entity_id":"media_player.y","state":"playing","context":{"user_id":"b0b"}}}}"#
        #expect(!hear("haunt/players", event, by: &router).isEmpty, "the event stream has one topic for all")
    }

    @Test("Whoever was away and is in a room by their companion is at home again")
    func companion() throws {
        var router = try router(.espresense(base: "espresense", devices: ["anna": "phone:anna"], maxDistanceM: 4))
        let away = hear("espresense/companion/phone:anna", "not_home", by: &router)
        #expect(away.contains(.home(person: "anna", false, at: Self.now.date, isReplay: false)))
        let back = hear("espresense/companion/phone:anna", "kitchen", by: &router)
        #expect(back.contains(.home(person: "anna", true, at: Self.now.date, isReplay: false)))
        #expect(hear("espresense/companion/phone:anna", "unknown", by: &router).count == 1)
    }

    @Test("Murdock: a voice at a satellite, by its confidence; unknown speakers and retained messages say nothing")
    func murdock() throws {
        var router = try router(
            .message(
                MessageEvidence(
                    topic: "murdock/event/recognition", person: JSONPointer("/speaker")!,
                    confidence: JSONPointer("/confidence"), place: JSONPointer("/satellite_id"),
                    people: ["Anna": "anna"], places: ["assist_satellite.kitchen": "media_player.kitchen"])))
        func heard(_ speaker: String, _ confidence: String = "0.93", isRetained: Bool = false) -> [EvidenceNews] {
            hear(
                "murdock/event/recognition",
                #"{"speaker":\#(speaker),"confidence":\#(confidence),"satellite_id":"assist_satellite.kitchen","#
                    + #""is_known":true,"timestamp":"2026-11-22T12:00:00Z"}"#, isRetained: isRetained, by: &router)
        }
        #expect(
            heard(#""Anna""#)
                == [.voice(person: "anna", confidence: 0.93, place: "media_player.kitchen", at: Self.now.date)])
        #expect(heard("null").isEmpty)
        #expect(heard(#""Carl""#).isEmpty)
        #expect(heard(#""Anna""#, #""high""#).isEmpty)
        #expect(heard(#""Anna""#, isRetained: true).isEmpty)
    }
}
