import Foundation
import Testing

@testable import Taste

@Suite("A playlist for several people")
struct SharedPlaylistTests {
    private let index = DemoMusic.index

    /// Somebody who plays some artists of a genre, each day another track.
    private func request(_ genre: String, artists: Range<Int> = 0..<6, plays: Int = 60) -> RankingRequest {
        var request = RankingRequest(now: Date.reference(days: 100))
        request.mode = .familiar
        request.taste = ProfileTaste.rebuilt(
            from: (0..<plays).map { number in
                CountedPlay(
                    trackID: DemoMusic.id(genre, artists.lowerBound + number % artists.count, number % 4),
                    startedAt: Date.reference(days: 100).addingTimeInterval(Double(number - plays) * 43_200),
                    heardS: 200,
                    isCompleted: true)
            })
        return request
    }

    private func genres(_ list: SharedPlaylist) -> [String?: Int] {
        list.items.reduce(into: [:]) { $0[DemoMusic.genre($1.track.trackID), default: 0] += 1 }
    }

    @Test("Nobody has less than half of an equal share, however much more another one plays", arguments: 0..<5)
    func isFair(seed: UInt64) {
        let people = [request("jazz", plays: 300), request("folk", plays: 25), request("techno", plays: 60)]
        let list = index.playlist(
            forSeveral: people, plan: PlaylistPlan(totalTracks: 18, maxPerArtist: 4, seed: seed))
        #expect(list.items.count == 18)
        for person in people.indices {
            #expect(list.items.count { $0.people.contains(person) } >= 18 / 3 / 2)
        }
        #expect(genres(list).values.allSatisfy { $0 >= 3 })
    }

    @Test("Each place goes to the person furthest behind, so that the list is fair wherever it ends", arguments: 0..<5)
    func isFairFromTheStart(seed: UInt64) {
        let people = [request("jazz", plays: 300), request("folk", plays: 25), request("techno", plays: 60)]
        let list = index.playlist(
            forSeveral: people, plan: PlaylistPlan(totalTracks: 18, maxPerArtist: 4, seed: seed))
        var gains = people.map { _ in 0 }
        for item in list.items {
            #expect(gains[item.turn] == gains.min())
            for person in item.people { gains[person] += 1 }
        }
        #expect(Set(list.items.map(\.track.trackID)).count == list.items.count)
    }

    @Test("What one of them does not want is on nobody's list")
    func vetoes() {
        var people = [request("jazz"), request("jazz")]
        people[1].excluded = [DemoMusic.id("jazz", 0, 0)]
        people[1].excludedArtists = [TrackIdentity.artistKey(of: "jazz 1")]
        let list = index.playlist(forSeveral: people, plan: PlaylistPlan(totalTracks: 20, maxPerArtist: 4))
        #expect(!list.items.isEmpty)
        #expect(!list.items.contains { $0.track.trackID == DemoMusic.id("jazz", 0, 0) })
        #expect(!list.items.contains { index.artistName(ofTrack: $0.track.trackID) == "jazz 1" })
    }

    @Test("A track that suits two counts for both, so that the third has more turns")
    func countsForSeveral() {
        let people = [request("jazz"), request("jazz"), request("folk")]
        let list = index.playlist(forSeveral: people, plan: PlaylistPlan(totalTracks: 12, maxPerArtist: 4))
        #expect(list.items.contains { $0.people == [0, 1] })
        #expect((genres(list)["folk"] ?? 0) >= 5)
    }

    @Test("Somebody of whom nothing is known has a part of the list, too, and everybody else has theirs")
    func withoutTaste() {
        var newcomer = RankingRequest(now: Date.reference(days: 100))
        newcomer.taste = ProfileTaste()
        let list = index.playlist(
            forSeveral: [request("jazz"), newcomer], plan: PlaylistPlan(totalTracks: 12, maxPerArtist: 4))
        #expect(list.items.count == 12)
        for person in 0..<2 { #expect(list.items.count { $0.people.contains(person) } >= 3) }
    }

    @Test("The same seed gives the same list, another one another")
    func seeds() {
        let people = [request("jazz"), request("folk")]
        let lists = [7, 7, 8].map {
            index.playlist(forSeveral: people, plan: PlaylistPlan(totalTracks: 12, maxPerArtist: 4, seed: $0))
        }
        #expect(lists[0] == lists[1])
        #expect(lists[0] != lists[2])
    }

    @Test("Words decide for all, and the tastes of all decide among what fits")
    func words() {
        let people = [request("jazz", artists: 0..<3), request("jazz", artists: 3..<6)].map { person in
            var person = person
            person.vibe = index.parse(vibe: "jazz")
            person.mode = .balanced
            return person
        }
        let list = index.playlist(forSeveral: people, plan: PlaylistPlan(totalTracks: 12, maxPerArtist: 2))
        #expect(list.items.count == 12)
        #expect(genres(list) == ["jazz": 12])
        for person in 0..<2 { #expect(list.items.count { $0.people.contains(person) } >= 3) }
    }

    @Test("An artist has no more tracks than the cap over all turns while others are left")
    func caps() {
        let people = [request("jazz"), request("jazz")]
        let list = index.playlist(forSeveral: people, plan: PlaylistPlan(totalTracks: 10, maxPerArtist: 2))
        let artists = Dictionary(grouping: list.items) { index.artistName(ofTrack: $0.track.trackID) }
        #expect(artists.values.allSatisfy { $0.count <= 2 })
    }
}
