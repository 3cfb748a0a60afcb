import Household

/// Bounds the number of speakers of all sources together.
///
/// Speakers with an owner are always admitted. When there is no room, a new speaker replaces the one without an owner
/// whose last message is oldest. The rate of replacements is limited, so that a flood of invented names is refused.
struct SpeakerCensus: Sendable {
    /// Most speakers.
    static let limit = Limits.speakers
    /// Longest name, in bytes.
    private static let nameBytes = 255
    /// Replacements that are possible at once, and how many more become possible each second.
    private static let changes = 50.0
    private static let changesPerS = 5.0

    /// What becomes of an update.
    enum Admission: Equatable {
        /// The speaker is known.
        case known
        /// The speaker is new, and may replace another one.
        case new(insteadOf: String?)
        /// There is no room.
        case refused
    }

    /// Names of speakers with an owner, and of configured ones.
    var owned: Set<String>
    /// Number of updates of speakers for which there was no room.
    private(set) var refused = 0
    private var lastHeard: [String: Double] = [:]
    private var changesLeft = Self.changes
    private var countedAt = -Double.infinity

    init(owned: Set<String> = []) { self.owned = owned }

    /// Decides about an update of a speaker at a time, in seconds of ``Moment/uptimeS``.
    mutating func admit(_ name: String, at now: Double) -> Admission {
        guard lastHeard[name] == nil else {
            lastHeard[name] = now
            return .known
        }
        guard name.utf8.count <= Self.nameBytes else { return refuse() }
        guard lastHeard.count >= Self.limit else {
            lastHeard[name] = now
            return .new(insteadOf: nil)
        }
        let isOwned = owned.contains(name)
        guard isOwned || mayChange(at: now), let other = silentLongest else {
            return isOwned ? .new(insteadOf: nil) : refuse()
        }
        lastHeard[other] = nil
        lastHeard[name] = now
        return .new(insteadOf: other)
    }

    private var silentLongest: String? {
        lastHeard.filter { !owned.contains($0.key) }.min { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    }

    private mutating func refuse() -> Admission {
        refused += 1
        return .refused
    }

    private mutating func mayChange(at now: Double) -> Bool {
        changesLeft = min(Self.changes, changesLeft + max(0, now - countedAt) * Self.changesPerS)
        countedAt = now
        guard changesLeft >= 1 else { return false }
        changesLeft -= 1
        return true
    }
}
