import Foundation
import HauntTestSupport
import Taste
import Testing

@testable import Household

@Suite("When tracks were last listed, alone")
struct RecentListsTests {
    private let store: FailingStore
    private let tracks: [Track]

    init() throws {
        let store = try Example.store()
        tracks = try store.write { store in
            try (0..<4).map { number in
                let id = try store.findOrAddTrack(heard: HeardMedia(title: "Song \(number)", artist: "Artist")).id
                return try store.tracks([id])[0]
            }
        }
        self.store = store
    }

    private func list(_ id: String, of places: [Int], at seconds: Double, for profile: String?) -> Playlist {
        var list = Example.playlist(id, on: nil, for: profile)
        list.createdAt = Example.noon.addingTimeInterval(seconds)
        list.entries = places.map {
            Playlist.Entry(track: tracks[$0], score: 1, reason: .init(kind: "vibe", text: "", interest: nil))
        }
        return list
    }

    @Test("What is added equals what is read from the store again")
    func mirrorsTheStore() throws {
        var lists = RecentLists()
        #expect(try lists.latest(forProfile: "anna", in: store).isEmpty)
        for (number, places) in [[0, 1], [1, 2], [3], [0]].enumerated() {
            let list = list(
                "\(number)", of: places, at: Double(number), for: number == 2 ? nil : "anna")
            try store.write { try $0.insertPlaylist(list, keeping: Limits.playlistRows) }
            lists.add(list)
        }
        var read = RecentLists()
        for name in ["anna", "ben", nil] {
            #expect(try lists.latest(forProfile: name, in: store) == read.latest(forProfile: name, in: store))
        }
        let ids = tracks.map { TrackID($0.id) }
        let times = [3.0, 1, 1].map { Example.noon.addingTimeInterval($0) }
        #expect(
            try lists.latest(forProfile: "anna", in: store) == Dictionary(uniqueKeysWithValues: zip(ids, times)))
        #expect(Array(try lists.latest(forProfile: nil, in: store).keys) == [ids[3]])
    }

    @Test("The oldest list gives way where the store drops it, and leaves what was listed again")
    func dropsTheOldest() throws {
        var lists = RecentLists()
        _ = try lists.latest(forProfile: "anna", in: store)
        for number in 0...Limits.playlistRows {
            lists.add(list("\(number)", of: number == 0 ? [0, 1] : [1], at: Double(number), for: "anna"))
        }
        #expect(Array(try lists.latest(forProfile: "anna", in: store).keys) == [TrackID(tracks[1].id)])
    }

    @Test("What was forgotten is read again")
    func forgets() throws {
        var lists = RecentLists()
        _ = try lists.latest(forProfile: nil, in: store)
        lists.add(list("unstored", of: [0], at: 0, for: nil))
        #expect(try lists.latest(forProfile: nil, in: store).count == 1)
        lists.forget()
        #expect(try lists.latest(forProfile: nil, in: store).isEmpty)
    }
}
