/// What waits to be sent and what is under way: bounded, in order, newest retained value first to survive.
///
/// A publication keeps its number until it is acknowledged, so that one the connection took down with it
/// goes back to its old place in the order.
struct PublicationQueue {
    /// A publication with its place in the order.
    struct Entry {
        let number: Int
        var publication: MQTTPublication
        let expiresAt: ContinuousClock.Instant?
    }

    private(set) var published = 0
    private(set) var dropped = 0
    private(set) var coalesced = 0

    private let limits: MQTTLimits
    private var waiting: [Int: Entry] = [:]
    private var inFlight: [Int32: Entry] = [:]
    private var newestRetained: [TopicName: Int] = [:]
    private var first = 0
    private var end = 0
    private var waitingBytes = 0

    init(limits: MQTTLimits) {
        self.limits = limits
    }

    /// How many wait or are under way.
    var depth: Int { waiting.count + inFlight.count }

    /// Takes a publication in; when `coalescing`, it takes the place of an older retained one of its topic.
    mutating func append(
        _ publication: MQTTPublication, coalescing: Bool, now: ContinuousClock.Instant
    ) throws(MQTTError) {
        if publication.retain, coalescing, let older = newestRetained[publication.topic] {
            _ = remove(older)
            coalesced += 1
        }
        guard waiting.count < limits.maxOutboundCount, waitingBytes + publication.cost <= limits.maxOutboundBytes else {
            dropped += 1
            throw MQTTError(
                .queueFull,
                "\(waiting.count) publications (\(waitingBytes) bytes) already wait for the broker; "
                    + "the one on “\(publication.topic)” is dropped.")
        }
        let expiresAt = publication.messageExpiryS.map { now + .seconds(Int64($0)) }
        insert(Entry(number: end, publication: publication, expiresAt: expiresAt))
        end += 1
    }

    /// The next publication to send, if the window has room; its expiry is what is left of it.
    mutating func next(now: ContinuousClock.Instant) -> Entry? {
        guard inFlight.count < limits.maxInFlight else { return nil }
        while !waiting.isEmpty {
            defer { first += 1 }
            guard var entry = remove(first) else { continue }
            guard let expiresAt = entry.expiresAt else { return entry }
            guard expiresAt > now else {
                dropped += 1
                continue
            }
            entry.publication.messageExpiryS = UInt32(clamping: (expiresAt - now).components.seconds + 1)
            return entry
        }
        return nil
    }

    /// Notes that a publication was handed over under this message id.
    mutating func sent(_ entry: Entry, as id: Int32) {
        inFlight[id] = entry
    }

    /// Notes that a publication is out.
    ///
    /// - Returns: The publication, unless the id is none of ours.
    mutating func acknowledge(_ id: Int32, accepted: Bool) -> MQTTPublication? {
        guard let entry = inFlight.removeValue(forKey: id) else { return nil }
        if accepted { published += 1 } else { dropped += 1 }
        return entry.publication
    }

    /// Puts a publication back that could not be handed over.
    mutating func putBack(_ entry: Entry) {
        insert(entry)
        first = min(first, entry.number)
    }

    /// Gives a publication up.
    mutating func drop(_ entry: Entry) {
        dropped += 1
    }

    /// Takes back what the lost connection had not acknowledged; what was promised at most once is lost with it.
    mutating func connectionLost() {
        for entry in inFlight.values {
            if entry.publication.qos == .atMostOnce {
                dropped += 1
            } else if entry.publication.retain, newestRetained[entry.publication.topic, default: -1] > entry.number {
                coalesced += 1
            } else {
                putBack(entry)
            }
        }
        inFlight = [:]
    }

    private mutating func insert(_ entry: Entry) {
        waiting[entry.number] = entry
        waitingBytes += entry.publication.cost
        if entry.publication.retain {
            let newest = newestRetained[entry.publication.topic, default: 0]
            newestRetained[entry.publication.topic] = max(entry.number, newest)
        }
    }

    private mutating func remove(_ number: Int) -> Entry? {
        guard let entry = waiting.removeValue(forKey: number) else { return nil }
        waitingBytes -= entry.publication.cost
        if newestRetained[entry.publication.topic] == number {
            newestRetained[entry.publication.topic] = nil
        }
        return entry
    }
}
