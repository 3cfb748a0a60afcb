public import Foundation
public import Taste

// Tastes, plays and verdicts between the store's port, which has values of the household, and `Taste`.
extension TasteReading {
    /// The stored taste of a profile, empty if there is none.
    public func taste(ofProfile id: Profile.ID) throws -> ProfileTaste {
        var counters: [TrackID: PlayCounters] = [:]
        try forEachTasteTrack(ofProfile: id) { track in
            counters[TrackID(track.trackID)] = PlayCounters(
                first: track.firstPlayedAt, last: track.lastPlayedAt, values: track.plays)
        }
        let kernels = try kernels(ofProfile: id).map { try JSONDecoder().decode(KernelState.self, from: $0) }
        return ProfileTaste(counters: counters, kernels: kernels ?? KernelState())
    }
}

extension TasteWriting {
    /// Replaces the whole taste of a profile.
    public func replaceTaste(_ taste: ProfileTaste, profile id: Profile.ID) throws {
        try removeTasteTrack(nil, profile: id)
        let counters = taste.counters.sorted { $0.key < $1.key }
        try saveTasteTracks(counters.lazy.map { TasteTrack($0.key, $0.value) }, profile: id)
        try save(taste.kernels, profile: id)
    }

    /// Writes a change to a stored taste.
    public func save(_ change: TasteChange, profile id: Profile.ID) throws {
        guard case .update(let trackID, let counters, let kernels) = change else { return }
        try save(counters, ofTrack: trackID, profile: id)
        if let kernels { try save(kernels, profile: id) }
    }

    /// Writes one track of a taste; nil removes it.
    func save(_ counters: PlayCounters?, ofTrack trackID: TrackID, profile id: Profile.ID) throws {
        if let counters {
            try saveTasteTracks(CollectionOfOne(TasteTrack(trackID, counters)), profile: id)
        } else {
            try removeTasteTrack(RowID(trackID), profile: id)
        }
    }

    /// Writes how the profile weighs its kernels.
    func save(_ kernels: KernelState, profile id: Profile.ID) throws {
        let encoder = JSONEncoder()
        // Equal states must be equal bytes.
        encoder.outputFormatting = .sortedKeys
        try saveKernels(encoder.encode(kernels), profile: id)
    }
}

extension ListenReading {
    /// What a taste is made of: all plays of an owner in order of start and id, before a time if given.
    public func countedPlays(owner: Owner, before: Date?) throws -> [CountedPlay] {
        var plays: [CountedPlay] = []
        try forEachPlay(owner: owner, before: before) { plays.append(CountedPlay($0)) }
        return plays
    }

    /// The plays of one track only, in the same order.
    public func countedPlays(owner: Owner, trackID: Track.ID) throws -> [CountedPlay] {
        var plays: [CountedPlay] = []
        try forEachPlay(owner: owner, trackID: trackID) { plays.append(CountedPlay($0)) }
        return plays
    }
}

extension TasteTrack {
    fileprivate init(_ id: TrackID, _ counters: PlayCounters) {
        self.init(
            trackID: RowID(id), firstPlayedAt: counters.first, lastPlayedAt: counters.last, plays: counters.values)
    }
}

extension CountedPlay {
    fileprivate init(_ play: TrackPlay) {
        self.init(
            trackID: TrackID(play.trackID), startedAt: play.startedAt, heardS: play.playedS,
            isCompleted: play.isCompleted)
    }
}

extension GivenVerdict {
    init(_ feedback: Feedback) {
        let given = feedback.given
        self.init(
            given.verdict, trackID: TrackID(given.trackID),
            artistKey: feedback.artist.map(TrackIdentity.artistKey) ?? "", givenAt: given.givenAt)
    }
}
