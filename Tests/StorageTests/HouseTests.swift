import Foundation
import HauntTestSupport
import Household
import Storage
import Taste
import Testing

@Suite("Profiles, speakers, lists and tastes in the store")
struct HouseTests {
    let store: HouseholdDatabase

    init() throws { store = try .inMemory() }

    @Test("A new store has the profile default and no other")
    func newStore() throws {
        let profiles = try store.read { try $0.profiles() }
        #expect(profiles.map(\.name) == [Profile.defaultName])
        #expect(profiles.first?.owner == .nobody)
        #expect(store.schemaVersion >= 7)
    }

    @Test("A profile is read as it was stored, its display name can change, and its name is unique")
    func profiles() throws {
        let anna = try store.write { try $0.addProfile("anna") }
        #expect(try store.read { try $0.profiles() }.map(\.name) == ["anna", "default"])
        #expect(try store.read { try $0.profiles() }.first == anna)
        try store.write { try $0.setDisplayName("Änne", ofProfile: anna.id) }
        #expect(try store.read { try $0.profiles() }.first?.displayName == "Änne")
        #expect(throws: HouseholdError.self) { try store.write { _ = try $0.addProfile("anna") } }
    }

    @Test("Removing a profile removes its mappings and its taste, and its id is not reused")
    func deleteProfile() throws {
        try store.write { store in
            let anna = try store.addProfile("anna")
            let track = try #require(try store.addTracks(1).first).id
            try store.mapSpeaker("media_player.study", toProfile: anna.id)
            try store.replaceTaste(Sample.taste(of: [track]), profile: anna.id)
            try store.removeProfile(anna)
            let ben = try store.addProfile("ben")
            #expect(ben.id != anna.id)
            #expect(try store.speakerMappings().isEmpty)
            #expect(try store.taste(ofProfile: anna.id) == ProfileTaste())
            #expect(try store.taste(ofProfile: ben.id) == ProfileTaste())
        }
    }

    @Test("A profile that still has listens is not deleted")
    func deleteProfileWithListens() throws {
        let anna = try store.write { store in
            let anna = try store.addProfile("anna")
            try store.record(Sample.listen("e1", owner: anna.owner))
            return anna
        }
        #expect(throws: HouseholdError.self) { try store.write { try $0.removeProfile(anna) } }
        #expect(try store.read { try $0.listen(eventID: "e1") }?.profileName == "anna")
    }

    @Test("A speaker is read as it was stored, and is mapped to one profile at most")
    func speakers() throws {
        try store.write { store in
            let (anna, ben) = (try store.addProfile("anna"), try store.addProfile("ben"))
            try store.insertPlaylist(Sample.playlist("p1"), keeping: 10)
            var study = Speaker(name: "media_player.study", topic: "study")
            let kitchen = Speaker(name: "media_player.kitchen", topic: "kitchen", isGuest: true)
            try store.saveSpeaker(study)
            try store.saveSpeaker(kitchen)
            study.guestPlaylistID = "p1"
            try store.saveSpeaker(study)
            #expect(try store.speakers() == [kitchen, study])
            try store.mapSpeaker(study.name, toProfile: anna.id)
            try store.mapSpeaker(study.name, toProfile: ben.id)
            try store.mapSpeaker("never seen", toProfile: anna.id)
            #expect(try store.speakerMappings() == [study.name: ben.id, "never seen": anna.id])
            try store.mapSpeaker(study.name, toProfile: nil)
            #expect(try store.speakerMappings() == ["never seen": anna.id])
        }
    }

    @Test("Deleting a guest's playlist removes it from its speaker")
    func goneList() throws {
        try store.write { store in
            try store.insertPlaylist(Sample.playlist("p1"), keeping: 1)
            try store.saveSpeaker(Speaker(name: "a", topic: "a", guestPlaylistID: "p1"))
            try store.insertPlaylist(Sample.playlist("p2"), keeping: 1)
            #expect(try store.speakers() == [Speaker(name: "a", topic: "a")])
        }
    }

    @Test("The tracker's checkpoint is the last one that was saved")
    func checkpoint() throws {
        #expect(try store.read { try $0.checkpoint() } == nil)
        for byte in [UInt8(1), 2] { try store.write { try $0.saveCheckpoint(Data([byte, 0, 255])) } }
        #expect(try store.read { try $0.checkpoint() } == Data([2, 0, 255]))
    }

    @Test("Playlists are read with their reasons, the newest first")
    func playlists() throws {
        let lists = try store.write { store in
            let tracks = try store.addTracks(3)
            let lists = [
                Sample.playlist("p1", of: tracks), Sample.playlist("p2", of: tracks.reversed(), after: 60, for: nil),
                Sample.playlist("p3", after: 120, on: nil),
            ]
            for list in lists { try store.insertPlaylist(list, keeping: 10) }
            return lists
        }
        try store.read { store throws in
            #expect(try store.playlist("p1") == lists[0])
            #expect(try store.playlist("p4") == nil)
            #expect(try store.playlists(limit: 2, after: nil) == [lists[2], lists[1]])
            #expect(try store.playlists(limit: 2, after: "p2") == [lists[0]])
            #expect(try store.lastPlaylist(onSpeaker: "media_player.study") == lists[1])
            #expect(try store.lastPlaylist(onSpeaker: "media_player.kitchen") == nil)
            #expect(
                try store.listings(limit: 2)
                    == lists[1...].map { list in
                        Listing(
                            createdAt: list.createdAt, profiles: [list.profileName],
                            tracks: list.entries.map(\.track.id))
                    })
        }
    }

    @Test("Playlists are kept up to the limit, and the oldest are deleted first")
    func playlistLimit() throws {
        try store.write { store in
            let tracks = try store.addTracks(2)
            for number in 0..<5 { try store.insertPlaylist(Sample.playlist("p\(number)", of: tracks), keeping: 3) }
            #expect(try store.playlists(limit: 10, after: nil).map(\.id) == ["p4", "p3", "p2"])
        }
    }

    @Test("Rejected listens are paged with the newest first, and kept up to the limit")
    func rejected() throws {
        try store.write { store in
            for number in 0..<5 { try store.insertRejected(Sample.rejected(number), keeping: 4) }
            #expect(try store.rejectedIDs(among: nil).count == 4)
            let all = try store.rejected(ids: nil, limit: 10, below: nil)
            #expect(all.compactMap(\.id) == [5, 4, 3, 2])
            var first = Sample.rejected(4)
            first.id = 5
            #expect(all.first == first)
            #expect(try store.rejected(ids: nil, limit: 2, below: 4).compactMap(\.id) == [3, 2])
            #expect(try store.rejected(ids: [2, 5, 99], limit: 10, below: nil).compactMap(\.id) == [5, 2])
            #expect(try store.deleteRejected(ids: [5, 99]) == 1)
            #expect(try store.deleteRejected(ids: []) == 0)
            #expect(try store.deleteRejected(ids: nil) == 3)
            try store.insertRejected(Sample.rejected(6), keeping: 4)
            #expect(try store.rejected(ids: nil, limit: 10, below: nil).compactMap(\.id) == [6])
        }
    }

    @Test("A taste is read to the bit as it was stored, and each profile has its own")
    func tastes() throws {
        try store.write { store in
            let anna = try store.addProfile("anna")
            let ids = try store.addTracks(40).map(\.id)
            let (first, second) = (Sample.taste(of: ids), Sample.taste(of: Array(ids.prefix(3))))
            try store.replaceTaste(first, profile: 1)
            try store.replaceTaste(second, profile: anna.id)
            #expect(try store.taste(ofProfile: 1) == first)
            #expect(try store.taste(ofProfile: anna.id) == second)
            try store.replaceTaste(second, profile: 1)
            #expect(try store.taste(ofProfile: 1) == second)
        }
    }

    @Test("Counters saved play by play equal those saved at once")
    func incrementally() throws {
        try store.write { store in
            let ids = try store.addTracks(3).map(\.id)
            let taste = Sample.taste(of: ids)
            try store.saveTasteTracks([Sample.tasteTrack(ids[0])], profile: 1)
            for (id, counters) in taste.counters {
                try store.save(.update(trackID: id, counters: counters, kernels: taste.kernels), profile: 1)
            }
            #expect(try store.taste(ofProfile: 1) == taste)
            try store.removeTasteTrack(ids[0], profile: 1)
            #expect(try store.taste(ofProfile: 1).counters[TrackID(ids[0].rawValue)] == nil)
            #expect(try store.taste(ofProfile: 1).counters.count == taste.counters.count - 1)
        }
    }

    @Test("The stamp of a taste is read as it was stored, and a profile without one has version 0")
    func stamps() throws {
        let stamp = TasteStamp(version: 12, builtAt: Sample.time, isStale: true)
        try store.write { store in
            #expect(try store.tasteStamp(ofProfile: 1) == TasteStamp())
            try store.saveTasteStamp(stamp, profile: 1)
            #expect(try store.tasteStamp(ofProfile: 1) == stamp)
            #expect(try store.taste(ofProfile: 1) == ProfileTaste())
        }
    }
}
