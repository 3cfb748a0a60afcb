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

    @Test("Of very many new names few come at once; an owned speaker finds room, and a later one soon")
    func flood() {
        var census = SpeakerCensus(owned: ["mine"])
        let admitted = (0..<30_000).count { index in
            census.admit("made up \(index)", at: Double(index) / 10_000) == .new(insteadOf: nil)
        }
        #expect(admitted == 250 + 14)
        #expect(census.admit("mine", at: 3) == .new(insteadOf: nil))
        #expect(census.admit("later", at: 3) == .possible(from: 3.2))
        #expect(census.admit("later", at: 3.2) == .new(insteadOf: nil))
        #expect(census.admit(String(repeating: "x", count: 300), at: 10) == .refused)
    }

    @Test("Speakers that the household knows come all at once, as after a restart in a large house")
    func known() {
        var census = SpeakerCensus()
        census.known = Set((0..<900).map { "speaker \($0)" })
        #expect((0..<900).allSatisfy { census.admit("speaker \($0)", at: 1) == .new(insteadOf: nil) })
        #expect(census.admit("unknown", at: 1) == .new(insteadOf: nil))
    }

    @Test("A clock that goes back gives no room to invented names")
    func clockGoesBack() {
        var census = SpeakerCensus()
        for index in 0..<250 { _ = census.admit("made up \(index)", at: 100) }
        for index in 250..<300 { #expect(census.admit("made up \(index)", at: 50) != .new(insteadOf: nil)) }
    }

    @Test("A player that begins right after a flood is heard from its beginning, though it says nothing more")
    func rightAfterFlood() throws {
        var told = try flooded(by: 3_000)
        told.say("hass/media_player/real/state", "playing", at: 0.3)
        told.say("hass/media_player/real/media_title", "\"One\"", at: 0.3)
        told.say("hass/media_player/real/media_duration", "200", at: 0.3)
        told.say("hass/media_player/other/state", "idle", at: 120)
        told.say("hass/media_player/real/state", "idle", at: 200)
        #expect(told.end().contains("media_player.real: ? – One completed 200/200"))
    }

    @Test(
        "When a source falls silent, nothing counts any more of what was gathered, or of a player that waits for room",
        arguments: [0, 3_000])
    func silentSource(madeUp: Int) throws {
        var told = try flooded(by: madeUp)
        told.say("hass/media_player/real/state", "playing", at: 0.3)
        told.say("hass/media_player/real/media_title", "\"One\"", at: 0.3)
        told.say("hass/media_player/real/media_duration", "200", at: 0.3)
        told.say("homeassistant/status", "offline", at: 0.45)
        told.say("hass/media_player/real/state", "idle", at: 200)
        #expect(told.end().allSatisfy { !$0.contains("real") || $0.contains("ignored 0/200") })
    }

    /// A bridge that very many made-up players were just sent to, 10,000 a second.
    private func flooded(by count: Int) throws -> Told {
        var told = try Told(.homeAssistantStatestream, base: "hass")
        for index in 0..<count {
            let topic = "hass/media_player/made_up_\(index)"
            told.say("\(topic)/state", "playing", at: Double(index) / 10_000)
            told.say("\(topic)/media_title", "\"Title \(index)\"", at: Double(index) / 10_000)
            told.say("\(topic)/supported_features", "1", at: Double(index) / 10_000)
        }
        return told
    }

    @Test("30,000 made-up players of every dialect cost little, and a real play after them counts")
    func everyDialect() throws {
        var told = try flooded(by: 30_000)
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
