import Foundation
import Listening
import MQTTClient
import Testing

@testable import MQTTBridge

/// What players and bridges are known to do that looks like listening and is none, or the other way round.
@Suite("What was witnessed counts")
struct TrueHearingTests {
    /// Says a whole change of a player of Home Assistant, as one JSON.
    private func say(
        _ told: inout Told, on player: String = "kitchen", _ state: String, _ attributes: String = "",
        at seconds: Double,
        retained: Bool = false
    ) {
        told.say(
            "ha/\(player)",
            #"{"entity_id":"media_player.\#(player)","state":"\#(state)","attributes":{\#(attributes)}}"#,
            at: seconds, retained: retained)
    }

    private func told(aliases: [String: String] = [:]) throws -> Told {
        try Told(.homeAssistantJSON, base: "ha", aliases: aliases)
    }

    /// Attributes of a track.
    private func track(
        _ title: String, by artist: String = "A", lasting: Double = 200, position: Double? = nil,
        lookedAt: Double? = nil,
        more: String = ""
    ) -> String {
        var text = #""media_title":"\#(title)","media_artist":"\#(artist)","media_duration":\#(lasting)"#
        if let position { text += #","media_position":\#(position)"# }
        if let lookedAt { text += #","media_position_updated_at":"\#(Told.stamp(lookedAt))""# }
        return text + (more.isEmpty ? "" : ",\(more)")
    }

    @Test(
        "A position takes nothing from a track that was witnessed",
        arguments: [
            ("glitch near the end", 20.0, 198.0), ("back to the beginning", 60, 0), ("of another length", 60, 900),
        ])
    func glitch(_: String, at second: Double, position: Double) throws {
        var told = try told()
        say(&told, "playing", track("One", position: 0, lookedAt: 0), at: 0)
        say(&told, "playing", track("One", position: position, lookedAt: second), at: second)
        say(&told, "playing", track("Two", position: 0, lookedAt: 200), at: 200)
        say(&told, "off", at: 260)
        #expect(
            told.end() == [
                "media_player.kitchen: A – One completed 200/200", "media_player.kitchen: A – Two partial 60/200",
            ])
    }

    @Test("The old track's position under the new title says nothing of either", arguments: [0.0, 0.6, 3])
    func oldPosition(corrected: Double) throws {
        var told = try told()
        say(&told, "playing", track("One", position: 0, lookedAt: 0), at: 0)
        say(&told, "playing", track("Two", position: 40, lookedAt: 40), at: 40)
        if corrected > 0 {
            say(&told, "playing", track("Two", position: 0, lookedAt: 40 + corrected), at: 40 + corrected)
        }
        say(&told, "off", at: 60)
        #expect(
            told.end() == [
                "media_player.kitchen: A – One skipped 40/200", "media_player.kitchen: A – Two partial 20/200",
            ])
    }

    @Test("A title that is told and taken back within a moment was never played")
    func takenBack() throws {
        var told = try told()
        say(&told, "playing", track("One", position: 0, lookedAt: 0), at: 0)
        say(&told, "playing", track("Two", position: 40, lookedAt: 40), at: 40)
        say(&told, "playing", track("One", position: 41, lookedAt: 41), at: 41)
        say(&told, "playing", track("Two", position: 0, lookedAt: 42), at: 42)
        say(&told, "off", at: 142)
        #expect(
            told.end() == [
                "media_player.kitchen: A – One skipped 42/200", "media_player.kitchen: A – Two completed 100/200",
            ])
    }

    @Test("A track that ran to its end, or whose beginning was not seen, is not skipped", arguments: [true, false])
    func noSkip(isSought: Bool) throws {
        var told = try told()
        say(&told, "playing", track("One", position: isSought ? 0 : 165, lookedAt: 0), at: 0)
        if isSought { say(&told, "playing", track("One", position: 175, lookedAt: 10), at: 10) }
        say(&told, "playing", track("Two", position: 0, lookedAt: 35), at: 35)
        #expect(told.end().first == "media_player.kitchen: A – One partial 35/200")
    }

    @Test("After a track's length and half a minute of silence it is over as of its end, and stays over")
    func silence() throws {
        var told = try told()
        let stuck = track("One", position: 3, lookedAt: 3)
        for second in stride(from: 3.0, through: 3_603, by: 600) { say(&told, "playing", stuck, at: second) }
        say(&told, "playing", track("One", position: 0, lookedAt: 90_000), at: 90_000)
        say(&told, "idle", at: 90_120)
        #expect(
            told.end() == [
                "media_player.kitchen: A – One completed 197/200", "media_player.kitchen: A – One completed 120/200",
            ])
    }

    @Test("Of a long silence no more counts of a track of unknown length than completes it, and a minute")
    func silentRadio() throws {
        var told = try told()
        say(&told, "playing", #""media_title":"Radio song","media_artist":"A""#, at: 0)
        say(&told, "playing", #""media_title":"Next","media_artist":"A""#, at: 40_000)
        say(&told, "off", at: 40_020)
        #expect(
            told.end() == [
                "media_player.kitchen: A – Radio song completed 300", "media_player.kitchen: A – Next partial 20",
            ])
    }

    @Test("A recording whose clock was set back counts nothing across the step, and loses nothing after it")
    func clockSetBack() throws {
        var told = try told()
        say(&told, "playing", track("One"), at: 5_000)
        say(&told, "playing", track("One"), at: 5_120)
        say(&told, "playing", track("Two"), at: 1_000)
        say(&told, "off", at: 1_150)
        #expect(
            told.end() == [
                "media_player.kitchen: A – One completed 120/200", "media_player.kitchen: A – Two completed 150/200",
            ])
    }

    @Test("Another source that lags begins nothing anew, and its memory ends nothing")
    func lag() throws {
        var told = try told(aliases: ["media_player.cast": "media_player.kitchen"])
        say(&told, "playing", track("One", position: 0, lookedAt: 0), at: 0)
        say(&told, on: "cast", "playing", track("One", position: 0, lookedAt: 0), at: 1)
        say(&told, "playing", track("Two", position: 0, lookedAt: 120), at: 120)
        say(&told, on: "cast", "playing", track("One", position: 121, lookedAt: 121), at: 121)
        say(&told, on: "cast", "playing", track("Two", position: 0, lookedAt: 120), at: 124)
        say(&told, on: "cast", "idle", at: 200, retained: true)
        say(&told, "playing", track("Two", position: 0, lookedAt: 120), at: 220)
        say(&told, "off", at: 300)
        say(&told, on: "cast", "off", at: 303)
        #expect(
            told.end() == [
                "media_player.kitchen: A – One completed 120/200", "media_player.kitchen: A – Two completed 180/200",
            ])
    }

    @Test("Entities that play from one queue are one group, of the speaker whose queue it is")
    func queue() throws {
        var told = try told()
        let queue = #""active_queue":"q1""#
        say(&told, on: "study", "playing", track("Alone", more: queue), at: 0)
        say(&told, on: "study", "playing", track("One", more: queue), at: 150)
        for player in ["kitchen", "house"] { say(&told, on: player, "playing", track("One", more: queue), at: 150.2) }
        for player in ["house", "study", "kitchen"] { say(&told, on: player, "idle", queue, at: 300) }
        let plays = told.end().filter { !$0.contains("ignored") }
        #expect(
            plays == [
                "media_player.study: A – Alone completed 150/200", "media_player.study: A – One completed 150/200",
            ])
    }

    @Test(
        "What a sound is shows in its id, its type and its program, whatever else is said",
        arguments: [
            #""media_content_id":"spotify:episode:1""#,
            #""media_content_id":"x-sonos-spotify:spotify%3aepisode%3a1?sid=9""#,
            #""media_content_id":"https://open.spotify.com/episode/1""#,
            #""media_content_id":"library://podcast_episode/1""#,
            #""media_content_id":"audiobookshelf--x://audiobook/12""#, #""media_content_id":"inputs/hdmi_in_1""#,
            #""media_content_id":"http://ha:8097/announcement/kitchen.mp3""#, #""media_content_type":"channel""#,
            #""app_name":"YouTube""#, #""app_name":"Netflix""#, #""app_id":"com.google.android.youtube.tv""#,
            #""app_name":"Pocket Casts""#, #""media_content_type":"video/mp4""#,
        ])
    func noMusic(attribute: String) throws {
        var told = try told()
        say(&told, "playing", track("Sound", lasting: 1_000, more: attribute), at: 0)
        say(&told, "idle", at: 900)
        #expect(told.end().allSatisfy { $0.contains("ignored") })
    }

    @Test(
        "Music stays music, wherever it comes from",
        arguments: [
            #""app_name":"YouTube Music""#, #""media_content_id":"library://track/12""#,
            #""media_content_id":"filesystem_local://track/Podcasts/Episode 1/a.mp3""#,
            #""media_content_id":"spotify:track:1","app_name":"Spotify""#, #""media_content_id":"library://radio/3""#,
            #""source":"Bluetooth""#,
        ])
    func music(attribute: String) throws {
        var told = try told()
        say(&told, "playing", track("Sound", more: attribute), at: 0)
        say(&told, "idle", at: 190)
        #expect(told.end() == ["media_player.kitchen: A – Sound completed 190/200"])
    }

    @Test(
        "Words for nothing and addresses are no titles",
        arguments: [
            "null", "None", "unknown", "--", "  ", "x-sonosapi-stream:s77?sid=2", "http://radio/stream.mp3",
            "spotify:track:1",
            "192.168.1.5:8000/live", "/music/a/b.mp3",
        ])
    func noTitle(title: String) throws {
        var told = try told()
        say(&told, "playing", track(title), at: 0)
        say(&told, "idle", at: 190)
        #expect(told.end().allSatisfy { $0.contains("ignored") })
    }

    @Test("A base topic that begins with a slash is heard")
    func leadingSlash() throws {
        var told = try Told(.homeAssistantStatestream, base: "/hass")
        told.say("/hass/media_player/study/state", "playing", at: 0)
        told.say("/hass/media_player/study/media_title", "\"One\"", at: 0.01)
        told.say("/hass/media_player/study/supported_features", "1", at: 0.02)
        told.say("/hass/media_player/study/state", "off", at: 100)
        #expect(told.end() == ["media_player.study: ? – One partial 100"])
    }

    @Test("Titles with colons and slashes are titles", arguments: ["re:member", "AC/DC", "Re: Stacks", "4:44", "S/T"])
    func oddTitle(title: String) throws {
        var told = try told()
        say(&told, "playing", track(title), at: 0)
        say(&told, "idle", at: 190)
        #expect(told.end() == ["media_player.kitchen: A – \(title) completed 190/200"])
    }

    @Test("What was known of a track stays known; a remark in the title or a new address makes no other track")
    func description() throws {
        var told = try told()
        say(&told, "playing", track("One", more: #""media_album_name":"Album","media_content_id":"x:1""#), at: 0)
        say(&told, "playing", track("One (2011 Remaster)", more: #""media_content_id":"library://track/7""#), at: 3)
        say(&told, "playing", #""media_title":"One (2011 Remaster)""#, at: 190)
        say(&told, "playing", track("One", by: "B"), at: 199)
        say(&told, "off", at: 300)
        #expect(
            told.end() == [
                "media_player.kitchen: A – One (2011 Remaster) [Album] completed 199/200",
                "media_player.kitchen: B – One completed 101/200",
            ])
    }
}
