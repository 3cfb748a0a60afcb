import HauntTestSupport
import MQTTClient
import Testing

@Suite("Messages through a real broker", .timeLimit(.minutes(15)))
struct MessagingTests {
    @Test("A message arrives with its response topic and its correlation data")
    func carriesProperties() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        try await TestClient.with(MQTTConfiguration(broker)) { test in
            test.client.subscribe(to: [try TopicFilter("ask/+")])
            try await test.connected()
            var publication = try MQTTPublication("ask/me", "häh?")
            publication.responseTopic = try TopicName("answer/here")
            publication.correlationData = [0, 255, 1]
            try test.client.publish(publication)
            let message = try await test.message()
            #expect(message.topic == "ask/me")
            #expect(message.text == "häh?")
            #expect(message.responseTopic == "answer/here")
            #expect(message.correlationData == [0, 255, 1])
            #expect(message.qos == .atLeastOnce)
            #expect(!message.isRetained)
        }
    }

    @Test("A message is retained for a late subscriber, not for one that was there")
    func tellsRetained() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        try await TestClient.with(MQTTConfiguration(broker)) { early in
            early.client.subscribe(to: [try TopicFilter("state")])
            try await early.connected()
            try early.client.publish(try MQTTPublication("state", "on", retain: true))
            #expect(try await early.message().isRetained == false)
            try await TestClient.with(MQTTConfiguration(broker)) { late in
                late.client.subscribe(to: [try TopicFilter("state")])
                #expect(try await late.message().isRetained)
            }
        }
    }

    @Test("An unsubscribed filter receives nothing more, and one subscribed while connected receives at once")
    func changesSubscriptions() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        try await TestClient.with(MQTTConfiguration(broker)) { test in
            test.client.subscribe(to: [try TopicFilter("a")])
            try await test.connected()
            test.client.subscribe(to: [try TopicFilter("b")])
            try test.client.publish(try MQTTPublication("b", "1"))
            #expect(try await test.message().topic == "b")
            test.client.unsubscribe(from: [try TopicFilter("a")])
            for topic in ["a", "b"] { try test.client.publish(try MQTTPublication(topic, "2")) }
            #expect(try await test.message().topic == "b")
        }
    }

    @Test("Thousands of messages arrive, each once, in their order", arguments: MQTTQoS.allCases)
    func keepsOrder(qos: MQTTQoS) async throws {
        var options = MosquittoProcess.Options()
        options.extraLines = ["max_queued_messages 0"]
        let broker = try MosquittoProcess(options)
        try await broker.start()
        let count = 3_000
        try await TestClient.with(MQTTConfiguration(broker)) { test in
            test.client.subscribe(to: [try TopicFilter("n")], qos: .exactlyOnce)
            try await test.connected()
            for number in 0..<count { try test.client.publish(try MQTTPublication("n", "\(number)", qos: qos)) }
            for number in 0..<count { #expect(try await test.message().text == "\(number)") }
            #expect(await test.client.flush(timeout: .seconds(10)))
            #expect(test.client.counters.received == count)
            #expect(test.client.counters.published == count)
        }
    }

    @Test(
        "A message that was acknowledged is handed on, though the client stops amid a flood", .timeLimit(.minutes(15)))
    func stopsAmidFlood() async throws {
        var options = MosquittoProcess.Options()
        options.extraLines = ["max_queued_messages 0"]
        let broker = try MosquittoProcess(options)
        try await broker.start()
        var configuration = MQTTConfiguration(broker)
        configuration.sessionExpiryS = 60
        let count = 3_000
        var heard: Set<String> = []
        var flood: Task<Void, any Error>?
        // What a client did not acknowledge, the broker sends to the next one.
        while !heard.contains("\(count - 1)") {
            let known = heard.count
            let client = MQTTClient(configuration: configuration, logger: .silent)
            client.subscribe(to: [try TopicFilter("n")], qos: .atLeastOnce)
            let running = Task { try await client.run() }
            for await batch in client.events {
                for case .message(let message) in batch { heard.insert(message.text) }
                if flood == nil, batch.contains(where: \.isConnected) { flood = publish(count, to: broker) }
                if heard.count > known + 100 || heard.contains("\(count - 1)") { running.cancel() }
            }
            try await running.value
        }
        try await flood?.value
        #expect(heard.count == count)
    }

    private func publish(_ count: Int, to broker: MosquittoProcess) -> Task<Void, any Error> {
        Task {
            try await TestClient.with(MQTTConfiguration(broker)) { test in
                for number in 0..<count {
                    try test.client.publish(try MQTTPublication("n", "\(number)", qos: .atLeastOnce))
                }
                #expect(await test.client.flush(timeout: .seconds(10)))
            }
        }
    }

    @Test("Thousands of QoS 0 publications without a subscriber are sent at once")
    func sendsUnheard() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        try await TestClient.with(MQTTConfiguration(broker)) { test in
            try await test.connected()
            for _ in 0..<2_000 { try test.client.publish(try MQTTPublication("n", "x", qos: .atMostOnce)) }
            #expect(await test.client.flush(timeout: .seconds(10)))
        }
    }

    @Test("A payload of 1 MiB passes; one of 2 MiB is dropped and counted, and the connection stays up")
    func dropsOversized() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        var generous = MQTTConfiguration(broker)
        generous.limits.maxPayloadBytes = 4 << 20
        try await TestClient.with(MQTTConfiguration(broker)) { test in
            test.client.subscribe(to: [try TopicFilter("big")])
            try await test.connected()
            #expect { try test.client.publish(try large(2 << 20)) } throws: { ($0 as? MQTTError)?.code == .tooLarge }
            try await TestClient.with(generous) { sender in
                for size in [1 << 20, 2 << 20, 1] { try sender.client.publish(try large(size)) }
                #expect(try await test.message().payload.count == 1 << 20)
                #expect(try await test.message().payload.count == 1)
            }
            #expect(test.client.counters.oversized == 1)
            #expect(test.client.counters.disconnects == 0)
        }
    }

    private func large(_ count: Int) throws -> MQTTPublication {
        MQTTPublication(topic: try TopicName("big"), payload: [UInt8](repeating: 7, count: count))
    }

    @Test("When the reader is away, the newest messages are dropped and memory stays bounded")
    func boundsInbound() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        var configuration = MQTTConfiguration(broker)
        configuration.limits.maxInboundCount = 10
        try await TestClient.with(configuration) { test in
            test.client.subscribe(to: [try TopicFilter("n"), try TopicFilter("$SYS/nothing")])
            try await test.connected()
            for number in 0..<100 { try test.client.publish(try MQTTPublication("n", "\(number)", qos: .exactlyOnce)) }
            #expect(await test.client.flush(timeout: .seconds(10)))
            try await TestClient.with(MQTTConfiguration(broker)) { other in
                other.client.subscribe(to: [try TopicFilter("n")])
                try await other.connected()
                try test.client.publish(try MQTTPublication("n", "last", qos: .exactlyOnce))
                #expect(try await other.message().text == "last")
            }
            #expect(await test.client.flush(timeout: .seconds(10)))
            #expect(test.client.counters.droppedInbound >= 90)
            #expect(test.client.counters.inboundDepth <= 10)
            #expect(try await test.message().text == "0")
        }
    }
}

extension MQTTEvent {
    fileprivate var isConnected: Bool { if case .connected = self { true } else { false } }
}
