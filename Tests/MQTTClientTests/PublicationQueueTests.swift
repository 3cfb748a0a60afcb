import Testing

@testable import MQTTClient

@Suite("The outbound queue")
struct PublicationQueueTests {
    private let now = ContinuousClock.now

    private func queue(_ change: (inout MQTTLimits) -> Void = { _ in }) -> PublicationQueue {
        var limits = MQTTLimits()
        change(&limits)
        return PublicationQueue(limits: limits)
    }

    private func drain(_ queue: inout PublicationQueue) -> [String] {
        var texts: [String] = []
        while let entry = queue.next(now: now) {
            texts.append(String(decoding: entry.publication.payload, as: UTF8.self))
        }
        return texts
    }

    private func send(_ queue: inout PublicationQueue, as id: Int32) {
        if let entry = queue.next(now: now) { queue.sent(entry, as: id) }
    }

    @Test("Without a connection a retained publication replaces the older one of its topic")
    func coalesces() throws {
        var queue = queue()
        for (topic, text) in [("a", "1"), ("b", "2"), ("a", "3")] {
            try queue.append(try MQTTPublication(topic, text, retain: true), coalescing: true, now: now)
        }
        try queue.append(try MQTTPublication("a", "4"), coalescing: true, now: now)
        #expect(queue.coalesced == 1)
        #expect(drain(&queue) == ["2", "3", "4"])
    }

    @Test("After a lost connection unacknowledged publications return to their place; QoS 0 ones are lost")
    func takesBack() throws {
        var queue = queue()
        for (index, qos) in [MQTTQoS.atLeastOnce, .atMostOnce, .exactlyOnce, .atLeastOnce].enumerated() {
            try queue.append(try MQTTPublication("t", "\(index)", qos: qos), coalescing: false, now: now)
        }
        for id in Int32(1)...3 {
            send(&queue, as: id)
        }
        #expect(queue.acknowledge(1, accepted: true) != nil)
        #expect(queue.acknowledge(1, accepted: true) == nil)
        queue.connectionLost()
        #expect(queue.depth == 2)
        #expect(drain(&queue) == ["2", "3"])
        #expect(queue.published == 1 && queue.dropped == 1)
    }

    @Test("A retained publication in flight does not return when a newer one waits")
    func keepsNewest() throws {
        var queue = queue()
        try queue.append(try MQTTPublication("a", "old", retain: true), coalescing: false, now: now)
        send(&queue, as: 1)
        try queue.append(try MQTTPublication("a", "new", retain: true), coalescing: false, now: now)
        queue.connectionLost()
        #expect(drain(&queue) == ["new"])
    }

    @Test("A full queue refuses, by count and by bytes, and counts what it refused")
    func refuses() throws {
        var byCount = queue { $0.maxOutboundCount = 1 }
        var byBytes = queue { $0.maxOutboundBytes = 1_000 }
        try byCount.append(try MQTTPublication("a", "1"), coalescing: true, now: now)
        try byBytes.append(try MQTTPublication("a", String(repeating: "x", count: 500)), coalescing: true, now: now)
        #expect(throws: MQTTError.self) {
            try byCount.append(try MQTTPublication("a", "2"), coalescing: true, now: now)
        }
        #expect(throws: MQTTError.self) {
            try byBytes.append(try MQTTPublication("a", String(repeating: "x", count: 500)), coalescing: true, now: now)
        }
        #expect(byCount.dropped == 1 && byBytes.dropped == 1)
    }

    @Test("At most maxInFlight publications are in flight")
    func keepsWindow() throws {
        var queue = queue { $0.maxInFlight = 1 }
        for text in ["1", "2"] { try queue.append(try MQTTPublication("a", text), coalescing: false, now: now) }
        send(&queue, as: 7)
        #expect(drain(&queue).isEmpty)
        _ = queue.acknowledge(7, accepted: true)
        #expect(drain(&queue) == ["2"])
    }

    @Test("An expired publication is dropped; another one is sent with its remaining expiry interval")
    func expires() throws {
        var queue = queue()
        for seconds in [UInt32(5), 60] {
            var publication = try MQTTPublication("a", "\(seconds)")
            publication.messageExpiryS = seconds
            try queue.append(publication, coalescing: false, now: now)
        }
        let entry = queue.next(now: now + .milliseconds(10_500))
        #expect(entry?.publication.messageExpiryS == 50)
        #expect(queue.dropped == 1)
    }
}
