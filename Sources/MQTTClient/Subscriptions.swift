/// The wanted subscriptions, kept over connections, and the changes the broker was not told of yet.
struct Subscriptions {
    enum Change: Equatable {
        case subscribe(TopicFilter, MQTTQoS)
        case unsubscribe(TopicFilter)
    }

    private var wanted: [TopicFilter: MQTTQoS] = [:]
    private var order: [TopicFilter] = []
    private var changes: [Change] = []

    /// Adds filters. A filter that is subscribed already is subscribed again with the new QoS, which makes the broker
    /// send its retained messages again.
    mutating func subscribe(to filters: [TopicFilter], qos: MQTTQoS) {
        for filter in filters {
            if wanted.updateValue(qos, forKey: filter) == nil { order.append(filter) }
            changes.append(.subscribe(filter, qos))
        }
    }

    /// Removes filters. Unknown ones are ignored.
    mutating func unsubscribe(from filters: [TopicFilter]) {
        for filter in filters where wanted.removeValue(forKey: filter) != nil {
            order.removeAll { $0 == filter }
            changes.append(.unsubscribe(filter))
        }
    }

    /// Returns the changes since the last call.
    mutating func takeChanges() -> [Change] {
        defer { changes = [] }
        return changes
    }

    /// Queues every subscription again, because the broker forgets them when a clean session ends.
    mutating func connectionMade() {
        changes = order.map { .subscribe($0, wanted[$0] ?? .atLeastOnce) }
    }

    /// Drops pending changes. The next `connectionMade()` queues the whole set.
    mutating func connectionLost() {
        changes = []
    }
}
