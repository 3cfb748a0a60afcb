import HauntTestSupport
import Listening
import Testing

@testable import Household

@Suite("Plays in progress alone")
struct PlaysInProgressTests {
    private func plays(waiting: [Play] = []) -> PlaysInProgress {
        let checkpoint = Checkpoint(tracker: TrackerCheckpoint(), unsaved: waiting)
        return PlaysInProgress(checkpoint, aliases: [:], at: Example.moment())
    }

    @discardableResult
    private func begin(
        _ title: String, on speaker: String = Example.study, at seconds: Double, in plays: inout PlaysInProgress
    ) -> Bool {
        let media = Media(title: title, artist: "Artist", durationS: 200)
        let update = PlayerUpdate(speakerName: speaker, state: .playing, media: media, at: Example.moment(seconds))
        return plays.receive(update, under: ListenRules())
    }

    @Test("Where nothing plays nothing is due, and marking or forgetting an unknown speaker changes nothing")
    func nothing() {
        var plays = plays()
        plays.mark("attic")
        plays.forget("attic")
        plays.advance(to: Example.moment(1_000))
        #expect(plays.nowPlaying(on: "attic") == nil)
        #expect(plays.takeNext() == nil)
        #expect(plays.dropBeyondLimit() == 0)
        #expect(plays.secondsToDeadline(from: Example.moment(1_000)) == nil)
    }

    @Test("Plays wait in the order in which they ended, and one that was put back is the next")
    func order() throws {
        var plays = plays()
        #expect(!begin("One", at: 0, in: &plays))
        #expect(begin("Two", at: 100, in: &plays))
        #expect(begin("Three", at: 200, in: &plays))
        #expect(plays.unsavedCount == 2)
        let next = plays.takeNext()
        let first = try #require(next)
        plays.putBack(first, at: Example.moment(201))
        #expect(plays.takeNext()?.media.title == "One")
        #expect(plays.takeNext()?.media.title == "Two")
        #expect(plays.takeNext() == nil)
    }

    @Test("The mark of a play stays until it ends, and the next play has none")
    func mark() {
        var plays = plays()
        begin("One", at: 0, in: &plays)
        plays.mark(Example.study)
        begin("Two", at: 100, in: &plays)
        #expect(plays.nowPlaying(on: Example.study)?.isMarked == false)
        #expect(plays.takeNext()?.isMarked == true)
    }

    @Test("Beyond the limit the oldest plays that wait are dropped, and none is dropped twice")
    func limit() {
        var plays = plays(waiting: (0..<Limits.unsavedPlays + 3).map { Example.play("\($0)") })
        #expect(plays.dropBeyondLimit() == 3)
        #expect(plays.dropBeyondLimit() == 0)
        #expect(plays.unsavedCount == Limits.unsavedPlays)
        #expect(plays.takeNext()?.media.title == "3")
    }

    @Test("A play that was put back is tried again after two seconds; a checkpoint of what plays is due after ten")
    func deadlines() throws {
        var waiting = plays(waiting: [Example.play("One")])
        let next = waiting.takeNext()
        let play = try #require(next)
        waiting.putBack(play, at: Example.moment(50))
        #expect(waiting.secondsToDeadline(from: Example.moment(51)) == Limits.storeRetryS - 1)
        #expect(!waiting.isCheckpointDue(at: Example.moment(51)))
        #expect(waiting.isCheckpointDue(at: Example.moment(50 + Limits.storeRetryS)))

        var playing = plays()
        begin("One", at: 1, in: &playing)
        #expect(playing.secondsToDeadline(from: Example.moment(4)) == Limits.checkpointS - 4)
        #expect(!playing.isCheckpointDue(at: Example.moment(Limits.checkpointS - 1)))
        #expect(playing.isCheckpointDue(at: Example.moment(Limits.checkpointS)))
    }

    @Test("A checkpoint that was saved is no news until something else plays or a later save fails")
    func news() throws {
        var plays = plays()
        let empty = try plays.checkpoint(at: Example.moment())
        #expect(plays.isNews(empty))
        plays.hasSaved(empty, at: Example.moment())
        #expect(try !plays.isNews(plays.checkpoint(at: Example.moment(60))))
        begin("One", at: 60, in: &plays)
        #expect(try plays.isNews(plays.checkpoint(at: Example.moment(61))))
        plays.hasSaved(nil, at: Example.moment(61))
        #expect(plays.isNews(empty))
    }
}
