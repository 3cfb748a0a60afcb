public import Foundation

/// The values that distinguish two listens of one track.
public struct ListenIdentity: Equatable, Sendable {
    public var eventID: String
    /// When it began.
    public var startedAt: Date
    /// Seconds heard; nil when nobody said.
    public var playedS: Double?
    /// The speaker; nil when nobody said.
    public var speakerName: String?
    /// Who has it.
    public var owner: Owner
    /// The rule that says so.
    public var rule: AttributionRule
    /// Where it came from.
    public var source: String

    /// Creates an identity.
    public init(
        eventID: String, startedAt: Date, playedS: Double?, speakerName: String?, owner: Owner, rule: AttributionRule,
        source: String
    ) {
        self.eventID = eventID
        self.startedAt = startedAt
        self.playedS = playedS
        self.speakerName = speakerName
        self.owner = owner
        self.rule = rule
        self.source = source
    }
}

/// A listen that is in the store.
public struct StoredIdentity: Equatable, Sendable {
    /// Its row.
    public let id: Listen.ID
    /// The values that distinguish it from other listens of its track.
    public let identity: ListenIdentity

    /// Creates the value of a stored row.
    public init(id: Listen.ID, identity: ListenIdentity) {
        self.id = id
        self.identity = identity
    }
}

extension NewListen {
    /// The values that distinguish it from other listens of its track.
    var identity: ListenIdentity {
        ListenIdentity(
            eventID: eventID, startedAt: startedAt, playedS: playedS, speakerName: speakerName, owner: owner,
            rule: rule, source: source)
    }
}

// The rule by which two reports of one track are the same listen. It is the same for all front doors.
extension ListenIdentity {
    /// The beginning of event ids that Haunt makes for rows of files that have none.
    static let importPrefix = "import:"

    /// Whether the play tracker saw it.
    var isTracked: Bool { source == NewListen.playerSource }

    /// Whether its times are whole minutes, as in some exports.
    var isToTheMinute: Bool {
        guard eventID.hasPrefix(Self.importPrefix) else { return false }
        let start = startedAt.milliseconds
        return [start, Date(milliseconds: start).addingTimeInterval(playedS ?? 0).milliseconds].contains {
            $0.isMultiple(of: 60_000)
        }
    }

    /// Whether a rule named its owner.
    var isAttributed: Bool { rule != .default }

    /// The span in which another report of the same listen can have begun.
    var reach: ClosedRange<Date> {
        // A report that was handed in may have begun within a tracked play, which lasts a day at most.
        let before = isTracked || speakerName == nil ? Limits.sameMinuteS : Limits.playedS
        let after = isTracked ? max(Limits.sameMinuteS, playedS ?? 0) : Limits.sameMinuteS
        return startedAt.addingTimeInterval(-before)...startedAt.addingTimeInterval(after)
    }

    /// Whether it says exactly what another report says.
    func isExactly(_ other: ListenIdentity) -> Bool {
        eventID == other.eventID || (startedAt == other.startedAt && playedS == other.playedS && isSame(as: other))
    }

    /// Whether this and another report of the same track are one listen.
    func isSame(as other: ListenIdentity) -> Bool {
        if eventID == other.eventID { return true }
        // The tracker reports each play once: a track that was skipped and chosen again was played twice.
        if isTracked, other.isTracked { return false }
        if isWithin(other) || other.isWithin(self) { return true }
        return SameListen(
            speakers: .init(speakerName, other.speakerName),
            contradicts: isAttributed && other.isAttributed && owner != other.owner,
            isToTheMinute: isToTheMinute || other.isToTheMinute,
            isImported: eventID.hasPrefix(Self.importPrefix) && other.eventID.hasPrefix(Self.importPrefix)
                && rule == .payload && other.rule == .payload
        ).holds(apartS: startedAt.timeIntervalSince(other.startedAt))
    }

    /// Whether it was handed in and began while the play tracker saw the other one on the same speaker.
    private func isWithin(_ tracked: ListenIdentity) -> Bool {
        guard tracked.isTracked, !isTracked, let speakerName, speakerName == tracked.speakerName else { return false }
        return (0...max(0, tracked.playedS ?? 0)).contains(startedAt.timeIntervalSince(tracked.startedAt))
    }
}

/// How far apart two reports of one track may begin to be the same listen.
struct SameListen {
    /// How the speakers of two reports compare.
    enum Speakers {
        case same
        case different
        /// One of them names none.
        case unnamed

        init<Name: Equatable>(_ one: Name?, _ other: Name?) {
            guard let one, let other else {
                self = .unnamed
                return
            }
            self = one == other ? .same : .different
        }
    }

    var speakers: Speakers
    /// Whether rules name two different owners.
    var contradicts: Bool
    /// Whether the times of one of them are whole minutes.
    var isToTheMinute: Bool
    /// Whether both are rows of files that were imported for a named profile.
    var isImported: Bool

    /// Whether they are one listen.
    func holds(apartS: Double) -> Bool {
        let isPossible =
            switch speakers {
            case .same: !(isImported && contradicts)
            case .different: false
            case .unnamed: !contradicts
            }
        return isPossible && abs(apartS) <= (isToTheMinute ? Limits.sameMinuteS : Limits.sameStartS)
    }
}
