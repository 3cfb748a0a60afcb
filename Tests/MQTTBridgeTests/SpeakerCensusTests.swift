import Foundation
import Household
import Listening
import MQTTClient
import Testing

@testable import MQTTBridge

@Suite("How many speakers there may be")
struct SpeakerCensusTests {
    @Test("A new speaker takes the place of the one that was silent longest, unless that one is owned")
    func silentLongest() {
        var census = SpeakerCensus(owned: ["speaker 0"])
        for index in 0..<SpeakerCensus.limit { _ = census.admit("speaker \(index)", at: Double(index)) }
        #expect(census.admit("speaker 1", at: 5_000) == .known)
        #expect(census.admit("new", at: 6_000) == .new(insteadOf: "speaker 2"))
        #expect(census.admit("speaker 0", at: 6_001) == .known)
    }

    @Test("Very many new names at once are refused and counted; an owned speaker and a later one find room")
    func flood() {
        var census = SpeakerCensus(owned: ["mine"])
        for index in 0..<30_000 { _ = census.admit("made up \(index)", at: Double(index) / 10_000) }
        #expect(census.refused > 28_000)
        #expect(census.admit("mine", at: 3) != .refused)
        #expect(census.admit("later", at: 3.5) != .refused)
        #expect(census.admit(String(repeating: "x", count: 300), at: 10) == .refused)
    }

    @Test("30,000 made-up players of every dialect cost little, and a real play after them counts")
    func everyDialect() throws {
        var told = try Told(.homeAssistantStatestream, base: "hass")
        for index in 0..<30_000 {
            let topic = "hass/media_player/made_up_\(index)"
            told.say("\(topic)/state", "playing", at: Double(index) / 10_000)
            told.say("\(topic)/media_title", "\"Title \(index)\"", at: Double(index) / 10_000)
            told.say("\(topic)/supported_features", "1", at: Double(index) / 10_000)
        }
        told.say("hass/media_player/real/state", "playing", at: 10)
        told.say("hass/media_player/real/media_title", "\"One\"", at: 10.01)
        told.say("hass/media_player/real/supported_features", "1", at: 10.02)
        told.say("hass/media_player/real/state", "off", at: 300)
        told.say("hass/media_player/real/supported_features", "1", at: 300.01)
        #expect(told.end().contains("media_player.real: ? – One completed 290"))
    }

    @Test("A title of a megabyte is cut, and tells its track")
    func longTitle() throws {
        var told = try Told(.shairportSync(namesClient: false), base: "airplay")
        told.say("airplay/study/play_start", "", at: 0)
        told.say("airplay/study/title", String(repeating: "é", count: 524_288), at: 0.01)
        told.say("airplay/study/play_end", "", at: 300)
        _ = told.end()
        #expect(told.plays.map { $0.title?.count } == [MediaDescription.textLength])
    }
}
