/// A track with its place in an order, and what put it there.
public struct RankedTrack: Equatable, Sendable {
    /// Which track.
    public var trackID: TrackID
    /// What it was ranked with: the sum of the terms.
    public var score: Double
    /// What the score is made of.
    public var terms: [ScoreTerm]
    /// Number of the interest that it serves, for lists in proportion; nil if none.
    public var interest: Int?
    /// How far it is what was asked for; a playlist takes all of a higher fit before any of a lower one.
    var fit: Fit
    /// What it rests on; ``CatalogIndex/reason(for:by:)`` puts it into words.
    var origin: Origin

    /// Creates a ranked track; the score is the sum of the terms.
    init(trackID: TrackID, terms: [ScoreTerm], origin: Origin, interest: Int? = nil, fit: Fit = .asked(0)) {
        self.trackID = trackID
        self.terms = terms
        self.origin = origin
        self.interest = interest
        self.fit = fit
        score = terms.reduce(0) { $0 + $1.value }
    }

    /// The same track with a score that is not above a limit, the difference in a term of its own.
    func lowered(to limit: Double, as name: String) -> RankedTrack {
        guard score > limit else { return self }
        var lowered = self
        lowered.terms.append(ScoreTerm(name, limit - score))
        lowered.score = limit
        return lowered
    }
}

/// How far a track is what was asked for, or liked where nothing was.
enum Fit: Comparable, Sendable {
    /// Not at all: it never fills a playlist up.
    case none
    /// It lies near: it fills up when nothing else is left.
    case near
    /// It is what was asked for, the more of it the greater the number.
    case asked(Int)
}

/// What put a track on a list, before anybody asks for it in words.
enum Origin: Equatable, Sendable {
    /// It was played.
    case played
    /// Others of its artist were played.
    case artistPlayed
    /// Its artist is near one side of the taste.
    case near(Interest)
    /// It fits the words by these parts, and an interest of that name if it counted.
    case vibe(VibeParts, interest: String?)
    /// The catalog has much of its artist.
    case popular
    /// The taste is too young to say more, and others in the home play it.
    case household
    /// The taste is too young to say more, and the catalog has much of its artist.
    case start

    /// Whether it is there because the taste is young.
    var isStart: Bool { self == .household || self == .start }
}

/// One part of a score.
public struct ScoreTerm: Codable, Equatable, Sendable {
    /// What it stands for, as in `plays`, `tags` or `popularity`.
    public var name: String
    /// What it adds.
    public var value: Double

    /// Creates a term.
    public init(_ name: String, _ value: Double) {
        self.name = name
        self.value = value
    }
}

/// Why a track is on a list: a true sentence made from what its score was made of.
public struct Reason: Codable, Equatable, Sendable {
    /// What it rests on: `played`, `interest`, `vibe`, `popular` or `start`.
    public var kind: String
    /// A sentence for people, without its subject: "because you played it 9 times, last on Monday".
    public var text: String
    /// The interest of the profile that it serves, by name.
    public var interest: String?

    /// Creates a reason.
    public init(kind: String, text: String, interest: String? = nil) {
        self.kind = kind
        self.text = text
        self.interest = interest
    }

    /// Writes all of it; no interest is `null`, not missing.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(text, forKey: .text)
        try container.encode(interest, forKey: .interest)
    }
}
