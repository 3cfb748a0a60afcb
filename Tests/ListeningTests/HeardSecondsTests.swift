import Foundation
import Listening
import Testing

@Suite("Seconds heard")
struct HeardSecondsTests {
    private let one = Speaker.track("One")
    private let two = Speaker.track("Two")

    @Test("A pause adds nothing and ends nothing, however long")
    func pause() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.say(.paused, one, at: 60)
        speaker.wait(until: 80_000)
        speaker.plays(one, at: 80_000, position: 60, lookedAt: 80_000)
        speaker.plays(two, at: 80_050)
        #expect(speaker.story == ["One completed 110"])
        #expect(speaker.plays.first?.startedAt == Speaker.time(0))
    }

    @Test("A seek adds nothing and is no repeat, forwards or back")
    func seek() {
        var speaker = Speaker()
        speaker.plays(one, at: 0, position: 0, lookedAt: 0)
        speaker.plays(one, at: 10, position: 150, lookedAt: 10)
        speaker.plays(one, at: 20, position: 2, lookedAt: 20)
        speaker.plays(two, at: 60)
        #expect(speaker.story == ["One partial 60"])
    }

    @Test("Buffering is neither playing nor over")
    func buffering() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.say(.buffering, one, at: 20)
        speaker.plays(one, at: 50)
        speaker.plays(two, at: 130)
        #expect(speaker.story == ["One completed 100"])
    }

    @Test("Any number of words about volume or position change nothing", arguments: [1, 7, 100])
    func repeatedWords(words: Int) {
        var speaker = Speaker()
        for word in 0...words {
            let now = 120 * Double(word) / Double(words)
            speaker.plays(one, at: now, position: now.rounded(.down), lookedAt: now)
        }
        speaker.plays(two, at: 120)
        #expect(speaker.story == ["One completed 120"])
    }

    @Test("A player that says its end late is not heard beyond the track's end")
    func lateEnd() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.say(.off, at: 3_000)
        speaker.wait(until: 3_010)
        #expect(speaker.story == ["One completed 200"])
        #expect(speaker.plays.first?.endedAt == Speaker.time(200))
    }

    @Test("A polled player's next track began as long ago as its position says, and the last one ended then")
    func latePoll() {
        var speaker = Speaker()
        speaker.plays(one, at: 0, position: 0, lookedAt: 0)
        speaker.plays(one, at: 10, position: 10, lookedAt: 10)
        speaker.plays(two, at: 20, position: 6, lookedAt: 20)
        speaker.plays(one, at: 30, position: 1, lookedAt: 30)
        #expect(speaker.story == ["One skipped 14", "Two skipped 15"])
        #expect(speaker.plays.map(\.startedAt) == [Speaker.time(0), Speaker.time(14)])
    }

    @Test("A player that is polled twice a minute is seen later still")
    func slowPoll() {
        var speaker = Speaker()
        speaker.plays(one, at: 0, position: 0, lookedAt: 0)
        speaker.plays(one, at: 180, position: 180, lookedAt: 180)
        speaker.plays(two, at: 230, position: 30, lookedAt: 230)
        speaker.plays(one, at: 260, position: 10, lookedAt: 260)
        #expect(speaker.story == ["One completed 200", "Two partial 50"])
    }

    @Test("A position left over from the play before moves no start and ends nothing early")
    func stalePosition() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.plays(one, at: 100, position: 100, lookedAt: 100)
        speaker.plays(two, at: 110, position: 100, lookedAt: 100)
        speaker.plays(two, at: 111, position: 1, lookedAt: 111)
        speaker.plays(one, at: 230)
        #expect(speaker.story == ["One completed 110", "Two completed 120"])
        #expect(speaker.plays.last?.startedAt == Speaker.time(110))
    }

    @Test("A word without a track goes on with the one that plays")
    func noTrackNamed() {
        var speaker = Speaker()
        speaker.plays(one, at: 0)
        speaker.say(.paused, at: 10)
        speaker.plays(nil, at: 20)
        speaker.plays(two, at: 120)
        #expect(speaker.story == ["One completed 110"])
    }

    @Test(
        "Absurd positions and lengths never trap, and never make time",
        arguments: [
            -5, .infinity, .nan, 1e300, -.infinity,
        ] as [Double])
    func absurd(position: Double) {
        var speaker = Speaker()
        speaker.plays(one, at: 0, position: position, lookedAt: 0)
        speaker.plays(one, at: 50, position: position, lookedAt: 50)
        speaker.plays(two, at: 120)
        #expect(speaker.plays.count == 1)
        #expect((speaker.plays.first?.playedS ?? 0) <= 120)
    }
}
