import Taste
public import Wire

/// A session of a shared speaker in the store.
public enum ListenerSessionRow {
    /// Its id; grows with time.
    public typealias ID = RowID<ListenerSessionRow>
}

/// What was believed of who heard a listen of a shared speaker. It is stored with the listen.
public struct ListenerOpinion: Equatable, Sendable {
    /// The session; nil while the listen waits to be judged.
    public var session: ListenerSessionRow.ID?
    /// How sure Haunt was of the one it gave the listen to; nil for one that is open.
    public var confidence: Double?
    /// Who may have heard it, the likeliest first.
    public var likely: [LikelyProfile]
    /// Whether it was unlike what anybody of the house plays, so that what strangers play is learnt from it.
    public var isStrange: Bool

    /// Creates an opinion; without arguments that of a listen that waits to be judged.
    public init(
        session: ListenerSessionRow.ID? = nil, confidence: Double? = nil, likely: [LikelyProfile] = [],
        isStrange: Bool = false
    ) {
        self.session = session
        self.confidence = confidence
        self.likely = likely
        self.isStrange = isStrange
    }

    /// What a posterior says.
    init(_ likely: [LikelyListener], isStrange: Bool, session: ListenerSessionRow.ID?) {
        let first = likely.first
        let isAssigned = first.map { $0.name != nil && ListenerVerdict($0.p) == .assigned } ?? false
        self.init(
            session: session, confidence: isAssigned ? first?.p.fourDecimals : nil,
            likely: likely.map { LikelyProfile(profile: $0.name, p: $0.p.fourDecimals) }, isStrange: isStrange)
    }

    /// Whether a likeliest profile is sure enough to be given a listen.
    static func assigns(_ likely: LikelyProfile) -> Bool {
        likely.profile != nil && ListenerVerdict(likely.p) == .assigned
    }

    /// Name of the profile that it gives the listen to; nil when it is open.
    var assigned: String? { confidence == nil ? nil : likely.first?.profile }
}

/// Somebody who may have heard something, and how likely.
public struct LikelyProfile: Codable, Equatable, Sendable {
    /// Name of the profile; null is somebody else.
    @ExplicitNull public var profile: String?
    /// The chance, 0 to 1.
    public var p: Double

    /// Creates one.
    public init(profile: String?, p: Double) {
        self.profile = profile
        self.p = p
    }
}

extension Double {
    fileprivate var fourDecimals: Double { (self * 10_000).rounded() / 10_000 }
}
