public import Foundation

/// What all that a person said does to the lists made for them: what is left out, and what moves.
///
/// A track moves by places, not by points, so that it moves alike whatever a list is ranked by: each octave of lift
/// halves the number of its place.
public struct Verdicts: Equatable, Sendable {
    /// Octaves that a liked track moves up, apart from what its artist does.
    private static let trackLift = 2.0
    /// Octaves that an artist's tracks move up for each track of theirs that is liked, and down for each disliked.
    private static let artistLift = 1.0
    /// Most octaves that an artist's tracks move, however many were liked or disliked.
    private static let artistLimit = 2.0

    /// Tracks that are on no list.
    public private(set) var excludedTracks: Set<TrackID> = []
    /// Artists that are on no list, by ``TrackIdentity/artistKey(of:)``.
    public private(set) var excludedArtists: Set<String> = []
    private(set) var likedTracks: Set<TrackID> = []
    private var artistLifts: [String: Double] = [:]

    /// Says nothing.
    public init() {}

    /// Adds up what was said.
    ///
    /// - Parameters:
    ///   - given: In order of time. Of a like and a dislike of one track the later holds; a ban holds until it is taken
    ///     back.
    ///   - time: As if it were that time: what was said later is not known yet, and what has run out is over.
    public init(_ given: some Sequence<GivenVerdict>, at time: Date) {
        var opinions: [TrackID: GivenVerdict] = [:]
        for verdict in given where verdict.counts(at: time) {
            switch verdict.verdict {
            case .like, .dislike: opinions[verdict.trackID] = verdict
            case .banTrack, .snooze: excludedTracks.insert(verdict.trackID)
            // Tracks that nobody named an artist for have nothing else in common.
            case .banArtist: if !verdict.artistKey.isEmpty { excludedArtists.insert(verdict.artistKey) }
            }
        }
        for (track, opinion) in opinions {
            let isLiked = opinion.verdict == .like
            if isLiked { likedTracks.insert(track) } else { excludedTracks.insert(track) }
            guard !opinion.artistKey.isEmpty else { continue }
            artistLifts[opinion.artistKey, default: 0] += isLiked ? Self.artistLift : -Self.artistLift
        }
    }

    /// Whether any track moves.
    var movesTracks: Bool { !likedTracks.isEmpty || !artistLifts.isEmpty }

    /// Whether a track is liked: of its artist's tracks it is the first to be chosen.
    func likes(_ track: TrackID) -> Bool { likedTracks.contains(track) }

    /// Octaves that a track moves up.
    func lift(ofTrack id: TrackID, byArtist key: String) -> Double {
        let artist = max(-Self.artistLimit, min(Self.artistLimit, artistLifts[key] ?? 0))
        return (likes(id) ? Self.trackLift : 0) + artist
    }
}

/// What somebody can say of a track.
public enum Verdict: String, Codable, CaseIterable, Sendable {
    /// More of this track, and of its artist.
    case like
    /// Not this track, and less of its artist.
    case dislike
    /// Never this track.
    case banTrack = "ban_track"
    /// Nothing by this track's artist, ever.
    case banArtist = "ban_artist"
    /// Not this track for a while.
    case snooze

    private static let snoozeS = 30 * 86_400.0

    /// How long it counts, in seconds; nil is until it is taken back.
    public var lastsS: TimeInterval? { self == .snooze ? Self.snoozeS : nil }
}

/// A verdict on a track, as far as lists are concerned.
public struct GivenVerdict: Equatable, Sendable {
    /// What was said.
    public var verdict: Verdict
    /// Of which track.
    public var trackID: TrackID
    /// Its artist, by ``TrackIdentity/artistKey(of:)``; empty if it has none.
    public var artistKey: String
    /// When.
    public var givenAt: Date

    /// Creates a verdict.
    public init(_ verdict: Verdict, trackID: TrackID, artistKey: String, givenAt: Date) {
        self.verdict = verdict
        self.trackID = trackID
        self.artistKey = artistKey
        self.givenAt = givenAt
    }

    /// Whether it counts at a time.
    func counts(at time: Date) -> Bool {
        givenAt <= time && verdict.lastsS.map { time.timeIntervalSince(givenAt) < $0 } ?? true
    }
}
