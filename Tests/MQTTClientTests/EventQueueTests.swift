import Foundation
import Testing

@testable import MQTTClient

@Suite("The inbound queue")
struct EventQueueTests {
    private func message(_ bytes: Int) -> MQTTEvent {
        .message(MQTTMessage(topic: "t", payload: [UInt8](repeating: 0, count: bytes), receivedAt: .distantPast))
    }

    private func counters(of queue: EventQueue) -> MQTTCounters {
        var counters = MQTTCounters()
        queue.report(to: &counters)
        return counters
    }

    @Test("A queue full by count drops and counts the newest message, and still takes connection events")
    func boundsCount() async {
        var limits = MQTTLimits()
        limits.maxInboundCount = 2
        let queue = EventQueue(limits: limits)
        queue.append([message(1), message(2), message(3), .connected(sessionPresent: false)])
        #expect(counters(of: queue).droppedInbound == 1)
        #expect(await queue.next() == [message(1), message(2), .connected(sessionPresent: false)])
        #expect(counters(of: queue).received == 3)
        #expect(counters(of: queue).inboundDepth == 0)
    }

    @Test("A queue full by bytes drops the newest message and takes more once it was read")
    func boundsBytes() async {
        var limits = MQTTLimits()
        limits.maxInboundBytes = 1_000
        let queue = EventQueue(limits: limits)
        queue.append([message(700), message(700)])
        #expect(await queue.next()?.count == 1)
        queue.append([message(700)])
        #expect(await queue.next()?.count == 1)
        #expect(counters(of: queue).droppedInbound == 1)
    }

    @Test("The sequence ends after the waiting events", .timeLimit(.minutes(15)))
    func finishes() async {
        let queue = EventQueue(limits: MQTTLimits())
        queue.append([message(1)])
        queue.finish()
        #expect(await queue.next()?.count == 1)
        #expect(await queue.next() == nil)
    }

    @Test("A waiting reader is woken by an event, by the end, and by its own cancellation", .timeLimit(.minutes(15)))
    func wakes() async {
        let queue = EventQueue(limits: MQTTLimits())
        async let batch = queue.next()
        queue.append([message(1)])
        #expect(await batch?.count == 1)
        let cancelled = Task { await queue.next() }
        cancelled.cancel()
        #expect(await cancelled.value == nil)
        async let end = queue.next()
        queue.finish()
        #expect(await end == nil)
    }
}
