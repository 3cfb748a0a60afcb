import Foundation
import Listening
import Testing

@Suite("Plays that are interrupted")
struct InterruptionTests {
    private let one = Speaker.track("One")
    private let two = Speaker.track("Two")
    private let tts = Media(title: "Dinner is ready", kind: .announcement)

    @Test(
        "A short flap ends nothing when the same track goes on where it was",
        arguments: [
            PlayerState.idle, .off, .unavailable, .unknown,
        ])
    func flap(state: PlayerState) {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.say(state, at: 60)
        speaker.wait(until: 64)
        speaker.plays(one, at: 64, position: 60, lookedAt: 64)
        speaker.plays(two, at: 110)
        #expect(speaker.story == ["One completed 106"])
    }

    @Test("After a longer one, or from the beginning, it is another play")
    func noFlap() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.say(.off, at: 60)
        speaker.wait(until: 65)
        speaker.plays(one, at: 66, position: 60, lookedAt: 66)
        speaker.say(.idle, at: 126)
        speaker.plays(one, at: 129, position: 0, lookedAt: 129)
        speaker.plays(two, at: 239)
        #expect(speaker.story == ["One partial 60", "One partial 60", "One completed 110"])
    }

    @Test("Another track within a flap has taken the place of the first")
    func flapToAnother() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.say(.idle, at: 20)
        speaker.plays(two, at: 21)
        #expect(speaker.story == ["One skipped 20"])
    }

    @Test("A track goes on after an announcement, wherever the player takes it up")
    func announcement() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.plays(tts, at: 60)
        speaker.say(.idle, at: 64)
        speaker.plays(one, at: 65, position: 0, lookedAt: 65)
        speaker.plays(two, at: 115)
        #expect(speaker.story == ["Dinner is ready ignored 4", "One completed 110"])
    }

    @Test("A track that does not come back after an announcement was stopped")
    func announcementAtTheEnd() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.plays(tts, at: 60)
        speaker.say(.off, at: 64)
        speaker.wait(until: 69)
        #expect(speaker.story == ["Dinner is ready ignored 4", "One partial 60"])
    }

    @Test("A pause after an announcement ends nothing, however long")
    func pausedAfterAnnouncement() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.plays(tts, at: 60)
        speaker.say(.paused, one, at: 64)
        speaker.wait(until: 5_000)
        speaker.plays(one, at: 5_000, position: 60, lookedAt: 5_000)
        speaker.plays(two, at: 5_050)
        #expect(speaker.story == ["Dinner is ready ignored 4", "One completed 110"])
    }

    @Test("A chime is no skip of the track it comes over")
    func chime() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.plays(Speaker.track("Ding dong", artist: nil, lasting: 3), at: 40)
        speaker.plays(one, at: 43, position: 40, lookedAt: 43)
        speaker.plays(two, at: 110)
        #expect(speaker.story == ["Ding dong ignored 3", "One completed 107"])
    }

    @Test("A repeat that shows as paused at the beginning first is one, and so is the same track after an advert")
    func hiddenRepeats() {
        var speaker = Speaker()
        speaker.plays(one, at: 0, position: 0, lookedAt: 0)
        speaker.say(.paused, one, at: 200, position: 0, lookedAt: 200)
        speaker.plays(one, at: 201, position: 0, lookedAt: 201)
        speaker.plays(Media(title: "Advertisement", kind: .advert), at: 401)
        speaker.plays(one, at: 430)
        speaker.plays(two, at: 540)
        #expect(
            speaker.story == [
                "One completed 200", "Advertisement ignored 29", "One completed 200", "One completed 110",
            ])
    }

    @Test(
        "A clock that is set forward or back changes no second, keeps no play waiting, and corrects when a play began",
        arguments: [-259_200.0, -5, 5, 3_600, 259_200])
    func clockIsSet(seconds: Double) {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.isSet(by: seconds)
        speaker.plays(one, at: 121)
        speaker.plays(two, at: 131)
        speaker.say(.off, at: 160)
        speaker.isSet(by: seconds)
        speaker.wait(until: 165)
        #expect(speaker.story == ["One completed 131", "Two partial 29"])
        #expect(speaker.plays.map(\.startedAt) == [Speaker.time(seconds), Speaker.time(131 + 2 * seconds)])
    }

    @Test("Time after the last packet was not heard, also when it is found out late")
    func foundOutLate() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.wait(until: 90)
        speaker.isCutOff(at: 40)
        speaker.plays(two, at: 100)
        #expect(speaker.story == ["One partial 40"])
    }

    @Test("When the broker remembers that it stopped, a play that could not be heard ends soon, unless it goes on")
    func rememberedStop() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.isCutOff(at: 50)
        #expect(speaker.nowPlaying?.state == .unknown)
        speaker.say(.off, at: 60, isReplay: true)
        speaker.wait(until: 89)
        #expect(speaker.story.isEmpty)
        speaker.wait(until: 90)
        #expect(speaker.story == ["One partial 50"])
    }

    @Test("A position that falls back at the end is a repeat, and a play of its own")
    func repeats() {
        var speaker = Speaker()
        speaker.plays(one, at: 0, position: 0, lookedAt: 0)
        speaker.plays(one, at: 195, position: 195, lookedAt: 195)
        speaker.plays(one, at: 203, position: 3, lookedAt: 203)
        speaker.plays(two, at: 350)
        #expect(speaker.story == ["One completed 200", "One completed 150"])
        #expect(speaker.plays.map(\.startedAt) == [Speaker.time(0), Speaker.time(200)])
    }

    @Test("What a broker remembers is no listen, whatever it says and however often")
    func replays() {
        var speaker = Speaker()
        for second in 0..<5 { speaker.say(.playing, one, at: Double(second) * 100, isReplay: true) }
        speaker.say(.off, at: 900)
        speaker.ends(at: 1_000)
        #expect(speaker.plays.isEmpty)
        #expect(speaker.nowPlaying == nil)
    }

    @Test(
        "The time in which nobody could hear counts for nothing unless the next position fits the clock, and the play is one",
        arguments: [(nil, "One partial 90"), (90.0, "One completed 130"), (60, "One partial 90")])
    func away(position: Double?, story: String) {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.isCutOff(at: 50)
        speaker.plays(one, at: 90, position: position, lookedAt: position == nil ? nil : 90)
        speaker.plays(two, at: 130)
        #expect(speaker.story == [story])
    }

    @Test("Being away speaks against a skip")
    func awayIsNoSkip() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.isCutOff(at: 10)
        speaker.plays(two, at: 200)
        #expect(speaker.story == ["One partial 10"])
    }

    @Test("A play that nobody heard the end of is never completed, and does not wait for ever")
    func neverHeardOfAgain() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.isCutOff(at: 150)
        speaker.say(.unavailable, at: 160)
        speaker.wait(until: 86_400)
        #expect(speaker.story == ["One partial 150"])
        #expect(speaker.tracker.nextDeadline == nil)
    }

    @Test(
        "What the broker remembers after a reconnection vouches for a track only as long as it can last",
        arguments: [
            (200.0, "One completed 190"), (5_000, "One partial 50"),
        ])
    func presumed(end: Double, story: String) {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.isCutOff(at: 50)
        speaker.say(.playing, one, at: 60, isReplay: true)
        speaker.plays(two, at: end)
        #expect(speaker.story == [story])
    }

    @Test("A play goes on after a restart, and one that changed meanwhile ends as it was")
    func restart() throws {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.wait(until: 60)
        try speaker.restarts(at: 60)
        speaker.plays(one, at: 100, position: 100, lookedAt: 100)
        speaker.wait(until: 150)
        try speaker.restarts(at: 150)
        speaker.plays(two, at: 300)
        #expect(speaker.story == ["One completed 150"])
        #expect(speaker.plays.first?.startedAt == Speaker.time(0))
    }

    @Test(
        "At the end of a recording an open play has heard what it has, and silence completes nothing",
        arguments: [
            (60.0, "One partial 150"), (120, "One completed 150"),
        ])
    func endOfRecording(lastWord: Double, story: String) {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.plays(one, at: lastWord)
        speaker.ends(at: 150)
        #expect(speaker.story == [story])
    }
}
