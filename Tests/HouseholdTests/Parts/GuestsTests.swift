import Foundation
import HauntTestSupport
import Listening
import Testing

@testable import Household

@Suite("What is a guest's, alone")
struct GuestsTests {
    private let study = Speaker(name: Example.study, topic: "study")
    private let song = Media(title: "Song", artist: "Artist")
    private let other = Media(title: "Another", artist: "Artist")

    /// A guest's list with one song plays in the study since noon.
    private var guests: Guests { Guests(lists: [Example.study: Example.playlist(titles: ["Song"])]) }

    @Test("In guest mode all is a guest's, without a list nothing is, and a list counts on its own speaker only")
    func whose() {
        var guestSpeaker = study
        guestSpeaker.isGuest = true
        #expect(Guests().have(other, startedAt: Example.noon, on: guestSpeaker))
        #expect(!Guests().have(song, startedAt: Example.noon, on: study))
        #expect(guests.have(song, startedAt: Example.noon, on: study))
        #expect(!guests.have(other, startedAt: Example.noon, on: study))
        let kitchen = Speaker(name: Example.kitchen, topic: "kitchen")
        #expect(!guests.have(song, startedAt: Example.noon, on: kitchen))
    }

    @Test(
        "A track of the list is one in another edition, with other artists beside its own, and without an artist",
        arguments: [
            Media(title: "Song (2011 Remaster)", artist: "Artist"), Media(title: "SONG", artist: "Artist feat. Guest"),
            Media(title: "Song"),
        ])
    func sameTrack(media: Media) {
        #expect(guests.have(media, startedAt: Example.noon, on: study))
    }

    @Test(
        "A sound without a title, by another artist or with a longer title is no track of the list",
        arguments: [
            Media(), Media(artist: "Artist"), Media(title: "Song", artist: "Somebody"),
            Media(title: "Song of Songs", artist: "Artist"),
        ])
    func otherTrack(media: Media) {
        #expect(!guests.have(media, startedAt: Example.noon, on: study))
    }

    @Test("A play may begin a second before its list and until twelve hours after it")
    func times() {
        let isGuests = { (seconds: Double) in
            guests.have(song, startedAt: Example.noon.addingTimeInterval(seconds), on: study)
        }
        #expect(!isGuests(-1.1))
        #expect(isGuests(-1))
        #expect(isGuests(Limits.guestListS - 1))
        #expect(!isGuests(Limits.guestListS))
    }

    @Test("A play that was marked stays a guest's after the list was taken away, and one that was not does not")
    func marked() {
        var guests = guests
        guests.setList(nil, on: Example.study)
        guests.setList(nil, on: Example.study)
        #expect(guests.have(Example.play("Another", isMarked: true), on: study))
        #expect(!guests.have(Example.play("Song"), on: study))
    }

    @Test("A guest's turn is over by a play that began after the list, and never where there is no list")
    func turn() {
        #expect(guests.isTurnOver(by: Example.play("Another", at: 60)))
        #expect(!guests.isTurnOver(by: Example.play("Another", at: -60)))
        #expect(!guests.isTurnOver(by: Example.play("Another", on: Example.kitchen, at: 60)))
    }

    @Test("Lists are read for speakers that play one; a list that is no longer stored is none")
    func stored() throws {
        let store = try Example.store()
        try store.write { try $0.insertPlaylist(Example.playlist("kept"), keeping: 10) }
        let speakers = [
            Speaker(name: "a", topic: "a", guestPlaylistID: "kept"),
            Speaker(name: "b", topic: "b", guestPlaylistID: "dropped"), Speaker(name: "c", topic: "c"),
        ]
        #expect(try store.read { try Guests.lists(of: speakers, in: $0) }.mapValues(\.id) == ["a": "kept"])
    }
}
