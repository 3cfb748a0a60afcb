/// The outbound queue: publications that wait and publications in flight, in order and bounded.
///
/// A publication keeps its sequence number until it is acknowledged. When the connection is lost, publications in flight
/// return to their old place in the order.
struct PublicationQueue {
    struct Entry {
        /// The place in the order.
        let number: Int
        var publication: MQTTPublication
        let expiresAt: ContinuousClock.Instant?

        /// The entry with the publication's fallback as its payload; nil when it has none.
        var withFallback: Entry? {
            guard let fallback = publication.fallback else { return nil }
            var entry = self
            entry.publication.payload = fallback
            entry.publication.fallback = nil
            return entry
        }
    }

    private(set) var published = 0
    private(set) var dropped = 0
    private(set) var coalesced = 0

    private let limits: MQTTLimits
    private var waiting: [Int: Entry] = [:]
    private var inFlight: [Int32: Entry] = [:]
    /// The number of the newest waiting retained publication of each topic.
    private var newestRetained: [TopicName: Int] = [:]
    /// No waiting publication has a smaller number.
    private var first = 0
    /// The number of the next publication.
    private var end = 0
    private var waitingBytes = 0

    init(limits: MQTTLimits) {
        self.limits = limits
    }

    /// Publications that wait or are in flight.
    var depth: Int { waiting.count + inFlight.count }

    /// Appends a publication. With `coalescing`, a retained one replaces an older retained one of the same topic.
    ///
    /// - Throws: ``MQTTError`` with code `queueFull`.
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

    /// Removes the waiting publications of a group, and counts them as dropped.
    mutating func withdraw(group: String) {
        for (number, entry) in waiting where entry.publication.group == group {
            _ = remove(number)
            dropped += 1
        }
    }

    /// Removes the next publication to send. Its expiry interval is reduced by the time it waited.
    ///
    /// - Returns: nil when nothing waits or `maxInFlight` publications are in flight.
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

    /// Moves a publication to the ones in flight, under its message id.
    mutating func sent(_ entry: Entry, as id: Int32) {
        inFlight[id] = entry
    }

    /// Removes an acknowledged publication from the ones in flight.
    ///
    /// - Returns: nil when the id is unknown.
    mutating func acknowledge(_ id: Int32, accepted: Bool) -> MQTTPublication? {
        guard let entry = inFlight.removeValue(forKey: id) else { return nil }
        if accepted { published += 1 } else { dropped += 1 }
        return entry.publication
    }

    /// Returns a publication to its place in the order after a failed send.
    mutating func putBack(_ entry: Entry) {
        insert(entry)
        first = min(first, entry.number)
    }

    /// Counts a publication from `next` as lost.
    mutating func drop(_ entry: Entry) {
        dropped += 1
    }

    /// Returns unacknowledged publications to the queue. At QoS 0 they are lost.
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
