import Household

/// Bounds the number of speakers of all sources together, and how fast new ones come.
///
/// Speakers with an owner are always admitted. Those that nobody knows come at a limited rate, so that a flood of invented
/// names costs little. When there is no room, a new speaker replaces the one without an owner whose last message is oldest.
struct SpeakerCensus: Sendable {
    /// Most speakers.
    static let limit = Limits.speakers
    /// Longest name, in bytes.
    private static let nameBytes = 255
    /// Unknown speakers that are possible at once: more than a home has. Then how many more become possible
    /// each second.
    private static let arrivals = 250.0
    private static let arrivalsPerS = 5.0

    /// What becomes of an update.
    enum Admission: Equatable {
        /// The speaker is known.
        case known
        /// The speaker is new, and may replace another one.
        case new(insteadOf: String?)
        /// Too many new speakers came before. One more is possible at a time, in seconds of ``Moment/uptimeS``.
        case possible(from: Double)
        /// There is no room, or the name is too long.
        case refused
    }

    /// Names of speakers with an owner, and of configured ones.
    var owned: Set<String>
    /// Names of speakers that the household knows. They may come at any rate.
    var known: Set<String> = []
    private var lastHeard: [String: Double] = [:]
    private var arrivalsLeft = Self.arrivals
    private var countedAt = -Double.infinity

    init(owned: Set<String> = []) { self.owned = owned }

    /// Decides about an update of a speaker at a time, in seconds of ``Moment/uptimeS``.
    mutating func admit(_ name: String, at now: Double) -> Admission {
        guard lastHeard[name] == nil else {
            lastHeard[name] = now
            return .known
        }
        guard name.utf8.count <= Self.nameBytes else { return .refused }
        let isOwned = owned.contains(name)
        let isInvited = isOwned || known.contains(name)
        if !isInvited {
            countArrivals(to: now)
            guard arrivalsLeft >= 1 else { return .possible(from: now + 1 / Self.arrivalsPerS) }
        }
        let replaced = lastHeard.count < Self.limit ? nil : silentLongest
        guard isOwned || lastHeard.count < Self.limit || replaced != nil else { return .refused }
        if !isInvited { arrivalsLeft -= 1 }
        if let replaced { lastHeard[replaced] = nil }
        lastHeard[name] = now
        return .new(insteadOf: replaced)
    }

    private var silentLongest: String? {
        lastHeard.filter { !owned.contains($0.key) }.min { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    }

    private mutating func countArrivals(to now: Double) {
        arrivalsLeft = min(Self.arrivals, arrivalsLeft + max(0, now - countedAt) * Self.arrivalsPerS)
        countedAt = max(countedAt, now)
    }
}
