import Foundation
import HauntTestSupport
import Household
import Storage
import Taste
import Testing

@Suite("Random histories")
struct RandomHistoryTests {
    @Test(
        "After random operations, an opened store equals the one in memory", arguments: RandomSeeds.first(3, of: 12))
    func reopened(seed: UInt64) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("house.db")
        let memory = try HouseholdDatabase.inMemory()
        var file = try HouseholdDatabase(path: path)
        for store in [memory, file] {
            var history = RandomHistory(seed: seed)
            for _ in 0..<6 { try history.go(on: 40, in: store) }
        }
        let expected = try Snapshot(memory)
        #expect(try Snapshot(file) == expected)
        file = try HouseholdDatabase(path: path)
        #expect(try Snapshot(file) == expected)
        #expect(!expected.listens.isEmpty)
    }
}

/// Everything that can be read of a store.
private struct Snapshot: Equatable {
    var tracks: [Track] = []
    var listens: [Listen] = []
    var playlists: [Playlist] = []
    var profiles: [String] = []
    var speakers: [Speaker] = []
    var mappings: [String: Profile.ID] = [:]
    var rejected: [RejectedListen] = []
    var tastes: [ProfileTaste] = []
    var stamps: [TasteStamp] = []
    var checkpoint: Data?
    var feedback: [Feedback] = []
    var tokens: [Profile.ID: Data] = [:]

    init(_ store: HouseholdDatabase) throws {
        self = try store.read { store in
            var snapshot = Snapshot()
            var ids: [Track.ID] = []
            try store.forEachTrack { ids.append($0.id) }
            snapshot.tracks = try store.tracks(ids)
            try store.forEachListen(ListenSelection()) { snapshot.listens.append($0) }
            snapshot.playlists = try store.playlists(limit: 100, after: nil)
            let profiles = try store.profiles()
            snapshot.profiles = profiles.map { "\($0.id) \($0.name) \($0.displayName)" }
            snapshot.speakers = try store.speakers()
            snapshot.mappings = try store.speakerMappings()
            snapshot.rejected = try store.rejected(ids: nil, limit: 100, below: nil)
            snapshot.tastes = try profiles.map { try store.taste(ofProfile: $0.id) }
            snapshot.stamps = try profiles.map { try store.tasteStamp(ofProfile: $0.id) }
            snapshot.feedback = try store.feedback(ofProfile: nil, limit: 100, below: nil)
            snapshot.tokens = try store.tokenHashes()
            snapshot.checkpoint = try store.checkpoint()
            return snapshot
        }
    }

    private init() {}
}

/// Random operations on a store, the same for the same seed.
private struct RandomHistory {
    private struct Accident: Error {}

    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// Runs a number of operations in one transaction. Some transactions fail and are rolled back.
    mutating func go(on steps: Int, in store: HouseholdDatabase) throws {
        do {
            try store.write { store in
                for _ in 0..<steps { try step(store) }
            }
        } catch is Accident {}
    }

    /// A pseudo-random number, by SplitMix64.
    ///
    /// https://prng.di.unimi.it/splitmix64.c
    private mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }

    private mutating func step(_ store: any HouseholdWriting) throws {
        let profiles = try store.profiles()
        let profile = profiles[below(profiles.count)]
        switch below(30) {
        case 0: if below(4) == 0 { throw Accident() }
        case 1: if profiles.count < 5 { _ = try store.addProfile("p\(below(1_000_000))") }
        case 2: try store.setDisplayName("Name \(below(9))", ofProfile: profile.id)
        case 3: try remove(profile, store)
        case 4: try store.mapSpeaker("s\(below(4))", toProfile: below(3) == 0 ? nil : profile.id)
        case 5: try importTracks(store)
        case 6: try list(profile, store)
        case 7: try store.insertRejected(Sample.rejected(below(3)), keeping: 5)
        case 8: _ = try store.deleteRejected(ids: [RowID(Int64(below(9)))])
        case 9: try store.saveCheckpoint(Data([UInt8(below(256))]))
        case 10: try rebuild(profile, store)
        case 11: try addTrack(store)
        case 12: try say(profile, store)
        default: try listen(profile, store)
        }
    }

    private mutating func listen(_ profile: Profile, _ store: any HouseholdWriting) throws {
        let media = Sample.media("Song \(below(12))", uri: below(3) == 0 ? "library://track/\(below(12))" : nil)
        let listen = Sample.listen(
            "e\(below(200))", media, after: Double(below(5_000_000)), on: below(5) == 0 ? nil : "s\(below(4))",
            owner: profile.owner)
        let track = try store.findOrAddTrack(heard: media).id
        guard try store.importListen(listen, trackID: track) != nil else { return }
        let counters = PlayCounters(firstPlayAt: listen.startedAt)
        try store.save(
            .update(trackID: TrackID(track.rawValue), counters: counters, kernels: nil), profile: profile.id)
    }

    private mutating func remove(_ profile: Profile, _ store: any HouseholdWriting) throws {
        guard !profile.isDefault, below(2) == 0 else { return }
        let id = try store.beginCorrection(
            undoID: "u\(below(1 << 40))", at: Sample.time, of: ListenSelection(owner: profile.owner))
        if below(2) == 0 {
            try store.reassignListens(ofCorrection: id, to: .nobody, rule: .default)
        } else {
            try store.removeListens(ofCorrection: id)
        }
        try store.removeProfile(profile, ofCorrection: id)
        switch below(3) {
        case 0: try store.purgeCorrection(id)
        case 1: try undo(id, store)
        default: break
        }
    }

    private func undo(_ id: Correction.ID, _ store: any HouseholdWriting) throws {
        try store.restoreProfile(ofCorrection: id)
        _ = try store.restoreListens(ofCorrection: id)
        try store.endCorrection(id, at: Sample.time)
    }

    private mutating func importTracks(_ store: any HouseholdWriting) throws {
        let tracks = (0..<below(5)).map { _ in
            TrackDetails(
                artist: "Some Band", title: "Song \(below(20))", genres: below(2) == 0 ? [] : ["g\(below(5))"],
                year: below(3) == 0 ? nil : 1_950 + below(70))
        }
        _ = try store.importTracks(tracks, isDemo: below(2) == 0, hasMore: false)
        if below(3) == 0 { try store.removeUnplayedDemoTracks() }
    }

    private mutating func list(_ profile: Profile, _ store: any HouseholdWriting) throws {
        let tracks = try store.tracks((0..<5).map { _ in RowID(Int64(below(20))) }).sorted {
            $0.id < $1.id
        }
        let playlist = Sample.playlist("l\(below(1_000_000))", of: tracks, on: "s\(below(3))", for: profile.name)
        try store.insertPlaylist(playlist, keeping: 6)
    }

    private mutating func say(_ profile: Profile, _ store: any HouseholdWriting) throws {
        guard let track = try store.tracks([RowID(Int64(below(20)))]).first else { return }
        let verdict = Verdict.allCases[below(Verdict.allCases.count)]
        _ = try store.saveFeedback(
            NewFeedback(
                profileID: profile.id, trackID: track.id, verdict: verdict, givenAt: Sample.time,
                speakerName: below(2) == 0 ? nil : "s1"))
        if below(4) == 0 { try store.deleteFeedback(RowID(Int64(below(9)))) }
        try store.saveTokenHash(
            Data([UInt8(below(256)), UInt8(profile.id.rawValue)]), ofProfile: profile.id, at: Sample.time)
    }

    private mutating func rebuild(_ profile: Profile, _ store: any HouseholdWriting) throws {
        let plays = try store.countedPlays(owner: profile.owner, before: nil)
        try store.replaceTaste(ProfileTaste.rebuilt(from: plays), profile: profile.id)
        try store.saveTasteStamp(
            TasteStamp(version: below(99), builtAt: Sample.time, isStale: below(2) == 0), profile: profile.id)
    }

    private mutating func addTrack(_ store: any HouseholdWriting) throws {
        let list = try store.playlists(limit: 1, after: nil).first?.id
        let name = "s\(below(4))"
        try store.saveSpeaker(
            Speaker(name: name, topic: "topic_\(name)", isGuest: below(2) == 0, guestPlaylistID: list))
    }
}
