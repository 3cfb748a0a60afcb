import Household

/// How many speakers all sources together may speak of.
///
/// Owned speakers always find room. When it is full, a new one takes the place of the one that nobody owns and that has been
/// silent longest, but only few do so in a short time: made-up names are refused, and cost next to nothing.
struct SpeakerCensus: Sendable {
    /// Most speakers.
    static let limit = Limits.speakers
    /// Longest name, in bytes.
    private static let nameBytes = 255
    /// How many may take the place of others at once, and how many more in a second.
    private static let changes = 50.0
    private static let changesPerS = 5.0

    /// What becomes of a speaker that is spoken of.
    enum Admission: Equatable {
        /// It is known.
        case known
        /// It is new, perhaps in the place of another one.
        case new(insteadOf: String?)
        /// There is no room.
        case refused
    }

    /// Speakers that somebody owns or that are configured.
    var owned: Set<String>
    /// Updates of speakers for which there was no room.
    private(set) var refused = 0
    private var lastHeard: [String: Double] = [:]
    private var changesLeft = Self.changes
    private var countedAt = -Double.infinity

    init(owned: Set<String> = []) { self.owned = owned }

    /// Takes note that a speaker is spoken of.
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
