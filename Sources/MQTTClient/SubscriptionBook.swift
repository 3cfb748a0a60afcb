/// What is subscribed to, remembered over connections, and what of it the broker has yet to hear.
struct SubscriptionBook {
    /// One thing to tell the broker.
    enum Change: Equatable {
        case subscribe(TopicFilter, MQTTQoS)
        case unsubscribe(TopicFilter)
    }

    private var wanted: [TopicFilter: MQTTQoS] = [:]
    private var order: [TopicFilter] = []
    private var changes: [Change] = []

    /// Remembers filters; one that is remembered already gets the new promise and its retained messages again.
    mutating func subscribe(to filters: [TopicFilter], qos: MQTTQoS) {
        for filter in filters {
            if wanted.updateValue(qos, forKey: filter) == nil { order.append(filter) }
            changes.append(.subscribe(filter, qos))
        }
    }

    /// Forgets filters; those never remembered are ignored.
    mutating func unsubscribe(from filters: [TopicFilter]) {
        for filter in filters where wanted.removeValue(forKey: filter) != nil {
            order.removeAll { $0 == filter }
            changes.append(.unsubscribe(filter))
        }
    }

    /// What has changed since it was last asked.
    mutating func takeChanges() -> [Change] {
        defer { changes = [] }
        return changes
    }

    /// Makes the broker hear everything again: it forgets us with the connection.
    mutating func connectionMade() {
        changes = order.map { .subscribe($0, wanted[$0] ?? .atLeastOnce) }
    }

    /// Drops what the broker need not hear: without a connection only the whole matters.
    mutating func connectionLost() {
        changes = []
    }
}
