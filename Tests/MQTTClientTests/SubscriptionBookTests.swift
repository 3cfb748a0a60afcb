import Testing

@testable import MQTTClient

@Suite("What is subscribed to")
struct SubscriptionBookTests {
    @Test("Every connect says everything again, in the order of asking, and nothing twice")
    func repeats() throws {
        let (a, b, c) = (try TopicFilter("a"), try TopicFilter("b/+"), try TopicFilter("c/#"))
        var book = SubscriptionBook()
        book.subscribe(to: [a, b], qos: .atLeastOnce)
        book.subscribe(to: [c, a], qos: .atMostOnce)
        book.unsubscribe(from: [b])
        book.connectionMade()
        #expect(book.takeChanges() == [.subscribe(a, .atMostOnce), .subscribe(c, .atMostOnce)])
        #expect(book.takeChanges().isEmpty)
    }

    @Test("A filter nobody asked for is not given up, and what changes while connected is said once")
    func tellsChanges() throws {
        let (a, b) = (try TopicFilter("a"), try TopicFilter("b"))
        var book = SubscriptionBook()
        book.connectionMade()
        book.subscribe(to: [a], qos: .atLeastOnce)
        book.unsubscribe(from: [b, a])
        #expect(book.takeChanges() == [.subscribe(a, .atLeastOnce), .unsubscribe(a)])
    }
}
