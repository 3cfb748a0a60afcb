import Testing

@testable import MQTTClient

@Suite("Subscriptions")
struct SubscriptionsTests {
    @Test("Every connect subscribes to everything again, in the original order and once")
    func repeats() throws {
        let (a, b, c) = (try TopicFilter("a"), try TopicFilter("b/+"), try TopicFilter("c/#"))
        var subscriptions = Subscriptions()
        subscriptions.subscribe(to: [a, b], qos: .atLeastOnce)
        subscriptions.subscribe(to: [c, a], qos: .atMostOnce)
        subscriptions.unsubscribe(from: [b])
        subscriptions.connectionMade()
        #expect(subscriptions.takeChanges() == [.subscribe(a, .atMostOnce), .subscribe(c, .atMostOnce)])
        #expect(subscriptions.takeChanges().isEmpty)
    }

    @Test("An unknown filter is not unsubscribed, and a change while connected is sent once")
    func tellsChanges() throws {
        let (a, b) = (try TopicFilter("a"), try TopicFilter("b"))
        var subscriptions = Subscriptions()
        subscriptions.connectionMade()
        subscriptions.subscribe(to: [a], qos: .atLeastOnce)
        subscriptions.unsubscribe(from: [b, a])
        #expect(subscriptions.takeChanges() == [.subscribe(a, .atLeastOnce), .unsubscribe(a)])
    }
}
