import Foundation
import HauntTestSupport
import Listening
import Testing

@testable import Household

@Suite("The checkpoint alone")
struct CheckpointTests {
    /// A marked play in the study that began at noon, and a play that waits for the store.
    private func saved(at seconds: Double) throws -> Data {
        let waiting = Checkpoint(tracker: TrackerCheckpoint(), unsaved: [Example.play("Waiting")])
        var plays = PlaysInProgress(waiting, aliases: [:], at: Example.moment())
        _ = plays.receive(update(at: 0), under: ListenRules())
        plays.mark(Example.study)
        return try plays.checkpoint(at: Example.moment(seconds))
    }

    private func update(at seconds: Double) -> PlayerUpdate {
        let media = Media(title: "Song", artist: "Artist", durationS: 200)
        return PlayerUpdate(speakerName: Example.study, state: .playing, media: media, at: Example.moment(seconds))
    }

    private func resumed(_ data: Data?, at seconds: Double) -> PlaysInProgress {
        PlaysInProgress(Checkpoint(stored: data), aliases: [:], at: Example.moment(seconds))
    }

    /// The bytes of a checkpoint in which one of the parts is something else.
    private func replacing(_ part: String, in data: Data) throws -> Data {
        var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object[part] != nil)
        object[part] = ["of": "another version"]
        return try JSONSerialization.data(withJSONObject: object)
    }

    @Test("A play goes on from a checkpoint with its start and its mark, and plays that waited wait again")
    func roundTrip() throws {
        var plays = resumed(try saved(at: 30), at: 90)
        #expect(plays.unsavedCount == 1)
        _ = plays.receive(update(at: 91), under: ListenRules())
        let playing = try #require(plays.nowPlaying(on: Example.study))
        #expect(playing.startedAt == Example.noon)
        #expect(playing.isMarked)
        #expect(plays.takeNext() == Example.play("Waiting"))
    }

    @Test("The same state gives the same bytes, and a play that is taken out is not in them")
    func bytes() throws {
        #expect(try saved(at: 30) == saved(at: 30))
        var plays = resumed(try saved(at: 30), at: 30)
        _ = plays.takeNext()
        #expect(try Checkpoint(stored: plays.checkpoint(at: Example.moment(30))).unsaved.isEmpty)
    }

    @Test("Of a checkpoint whose tracker cannot be read the plays that wait are kept")
    func undecodableTracker() throws {
        let checkpoint = Checkpoint(stored: try replacing("tracker", in: saved(at: 30)))
        #expect(checkpoint.tracker == TrackerCheckpoint())
        #expect(checkpoint.unsaved == [Example.play("Waiting")])
    }

    @Test("Of the first release's checkpoint the plays that wait are stored, and what played begins anew")
    func firstRelease() throws {
        let media = #"{"title":"Song","artist":"Artist","durationS":200,"kind":"music"}"#
        let open = """
            {"media":\(media),"voice":"\(Example.study)","startedAt":817041600,"wasInterposed":false,"isRunning":true,\
            "heardS":30,"followedS":0,"missedS":0,"confirmedS":30,"lastHeardAt":817041630,"elders":[],\
            "isFollowing":false,"positionS":30,"settledAt":817041630}
            """
        let waiting = """
            {"speakerName":"\(Example.study)","media":\(media),"startedAt":817041600,"endedAt":817041700,\
            "playedS":100,"outcome":"completed"}
            """
        let text = """
            {"tracker":{"speakers":{"\(Example.study)":{"open":\(open),"state":"playing"}}},"unsaved":[\(waiting)]}
            """
        var plays = resumed(Data(text.utf8), at: 60)
        #expect(plays.takeNext()?.media.title == "Song")
        _ = plays.receive(update(at: 61), under: ListenRules())
        #expect(plays.nowPlaying(on: Example.study)?.startedAt == Example.noon.addingTimeInterval(61))
    }

    @Test("What a later version adds to a checkpoint is ignored, so that a downgrade keeps what plays")
    func laterVersion() throws {
        var object = try #require(try JSONSerialization.jsonObject(with: saved(at: 30)) as? [String: Any])
        object["more"] = [1, 2]
        var tracker = try #require(object["tracker"] as? [String: Any])
        tracker["more"] = "later"
        object["tracker"] = tracker
        var plays = resumed(try JSONSerialization.data(withJSONObject: object), at: 90)
        _ = plays.receive(update(at: 91), under: ListenRules())
        #expect(plays.nowPlaying(on: Example.study)?.startedAt == Example.noon)
    }

    @Test("Of a checkpoint whose waiting plays cannot be read the play in progress is kept")
    func undecodablePlays() throws {
        let checkpoint = Checkpoint(stored: try replacing("unsaved", in: saved(at: 30)))
        #expect(try checkpoint.tracker == Checkpoint(stored: saved(at: 30)).tracker)
        #expect(checkpoint.unsaved.isEmpty)
    }

    @Test(
        "No checkpoint, one without parts and one that cannot be read at all begin with nothing",
        arguments: [nil, "", "{}", "[]", "null", #"{"tracker":{"#])
    func nothing(text: String?) {
        let plays = resumed(text.map { Data($0.utf8) }, at: 0)
        #expect(plays.unsavedCount == 0)
        #expect(plays.nowPlaying(on: Example.study) == nil)
        #expect(plays.secondsToDeadline(from: Example.moment()) == nil)
    }
}
