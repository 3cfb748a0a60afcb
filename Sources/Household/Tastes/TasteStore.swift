public import Foundation
public import Taste

/// When a taste was last built, and how often.
public struct TasteStamp: Equatable, Sendable {
    /// Grows with every change.
    public var version: Int
    /// When it last changed.
    public var builtAt: Date?
    /// Whether listens were stored that the taste does not have yet, so that it must be rebuilt.
    public var isStale: Bool

    /// Creates a stamp.
    public init(version: Int = 0, builtAt: Date? = nil, isStale: Bool = false) {
        self.version = version
        self.builtAt = builtAt
        self.isStale = isStale
    }

    /// The stamp of the taste after a change. A taste that lacks listens lacks them still.
    func next(at time: Date) -> TasteStamp {
        TasteStamp(version: version + 1, builtAt: time.wholeMilliseconds, isStale: isStale)
    }
}

/// One track of a stored taste.
public struct TasteTrack: Equatable, Sendable {
    public let trackID: Track.ID
    public let firstPlayedAt: Date
    public let lastPlayedAt: Date
    /// Plays that fade by half in 1, 4, 16, 64, 256 and 1,024 days, as of ``lastPlayedAt``, and plays that do not fade.
    public let plays: [Double]

    /// Creates the value of a stored row.
    public init(trackID: Track.ID, firstPlayedAt: Date, lastPlayedAt: Date, plays: [Double]) {
        self.trackID = trackID
        self.firstPlayedAt = firstPlayedAt
        self.lastPlayedAt = lastPlayedAt
        self.plays = plays
    }
}

/// Reads tastes. `default` has one under its row id, too.
public protocol TasteReading {
    /// Every track of a profile's taste, in no order; nothing is kept in memory.
    func forEachTasteTrack(ofProfile id: Profile.ID, _ body: (TasteTrack) throws -> Void) throws
    /// How the profile weighs its kernels, as ``saveKernels(_:profile:)`` stored it; nil when nothing is stored.
    func kernels(ofProfile id: Profile.ID) throws -> Data?
    /// Version and time of a profile's taste.
    func tasteStamp(ofProfile id: Profile.ID) throws -> TasteStamp
}

/// Changes tastes.
public protocol TasteWriting: TasteReading {
    /// Writes tracks of a taste, and replaces those that it has.
    func saveTasteTracks(_ tracks: some Sequence<TasteTrack>, profile id: Profile.ID) throws
    /// Removes a track from a taste; nil removes all tracks.
    func removeTasteTrack(_ trackID: Track.ID?, profile id: Profile.ID) throws
    /// Writes how the profile weighs its kernels, as JSON.
    func saveKernels(_ kernels: Data, profile id: Profile.ID) throws
    /// Writes version and time.
    func saveTasteStamp(_ stamp: TasteStamp, profile id: Profile.ID) throws
}

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
    init(_ play: TrackPlay) {
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
