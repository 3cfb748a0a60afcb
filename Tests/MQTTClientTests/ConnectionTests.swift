import HauntTestSupport
import Logging
import MQTTClient
import Testing

@Suite("Connection and reconnection", .timeLimit(.minutes(15)))
struct ConnectionTests {
    @Test("After a restart of the broker the client is subscribed again, and its events are in order")
    func reconnects() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        try await TestClient.with(MQTTConfiguration(broker)) { test in
            test.client.subscribe(to: [try TopicFilter("n")])
            #expect(try await test.next() == .connected(sessionPresent: false))
            try test.client.publish(try MQTTPublication("n", "1"))
            #expect(try await test.message().text == "1")
            await broker.kill()
            guard case .disconnected(let error, _) = try await test.next() else {
                Issue.record("The first event must be the lost connection.")
                return
            }
            #expect(error.code == .connectionLost)
            try await broker.start()
            try await test.connected()
            try test.client.publish(try MQTTPublication("n", "2"))
            #expect(try await test.message().text == "2")
            #expect(test.client.counters.connects == 2)
            #expect(test.client.counters.disconnects == 1)
        }
    }

    @Test("Publications made while the broker is away are sent when it is back; of retained ones only the newest")
    func keepsWhileAway() async throws {
        let broker = try MosquittoProcess()
        try await TestClient.with(MQTTConfiguration(broker)) { test in
            #expect(try await test.disconnected().code == .unreachable)
            test.client.subscribe(to: [try TopicFilter("#")], qos: .exactlyOnce)
            for text in ["1", "2", "3"] {
                try test.client.publish(try MQTTPublication("state", text, retain: true))
                try test.client.publish(try MQTTPublication("event", text))
            }
            try await broker.start()
            var texts: [String] = []
            while texts.count < 4 { texts.append(try await test.message().text) }
            #expect(texts == ["1", "2", "3", "3"])
            #expect(test.client.counters.coalesced == 2)
        }
    }

    @Test("Two programs with one client id: the log says that it may be so")
    func sharedClientID() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        let configuration = MQTTConfiguration(broker)
        let log = LogLines()
        try await TestClient.with(configuration, logger: log.logger) { _ in
            try await TestClient.with(configuration) { _ in
                for await line in log.lines where line.contains("another program") {
                    #expect(line.contains(configuration.clientID))
                    break
                }
            }
        }
    }

    @Test("A frozen broker is detected by keepalive, and the client reconnects when it runs again")
    func noticesSilence() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        var configuration = MQTTConfiguration(broker)
        configuration.keepAliveS = MQTTConfiguration.keepAliveRangeS.lowerBound
        try await TestClient.with(configuration) { test in
            try await test.connected()
            broker.pause()
            #expect(try await test.disconnected().code == .keepAliveTimeout)
            broker.resume()
            try await test.connected()
        }
    }

    @Test("A broker that accepts the connection and never answers CONNECT is a timeout")
    func timesOut() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        var configuration = MQTTConfiguration(broker)
        configuration.limits.connectTimeoutS = 0.1
        broker.pause()
        #expect(try await TestClient.failure(of: configuration).code == .timeout)
    }

    @Test("The last will is delivered when the socket closes, and not after DISCONNECT")
    func leavesWill() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        var configuration = MQTTConfiguration(broker)
        configuration.will = try MQTTPublication("state", "gone", retain: true)
        try await TestClient.with(MQTTConfiguration(broker)) { watcher in
            watcher.client.subscribe(to: [try TopicFilter("state")])
            try await watcher.connected()
            let relay = try LoopbackRelay(to: broker.port)
            var relayed = configuration
            relayed.url = relay.url
            try await TestClient.with(relayed) { test in
                try await test.connected()
                relay.cut()
                #expect(try await watcher.message().text == "gone")
                #expect(try await test.disconnected().code == .connectionLost)
            }
            try await TestClient.with(configuration) { try await $0.connected() }
            try watcher.client.publish(try MQTTPublication("state", "end"))
            #expect(try await watcher.message().text == "end")
        }
    }

    @Test("A stop sends what is queued and disconnects")
    func stopsCleanly() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        let count = 1_000
        try await TestClient.with(MQTTConfiguration(broker)) { watcher in
            watcher.client.subscribe(to: [try TopicFilter("n")])
            try await watcher.connected()
            var patient = MQTTConfiguration(broker)
            patient.limits.drainTimeoutS = 60
            let client = try await TestClient.with(patient) { test in
                try await test.connected()
                for number in 0..<count { try test.client.publish(try MQTTPublication("n", "\(number)")) }
                return test.client
            }
            #expect(client.counters.published == count)
            #expect(client.counters.outboundDepth == 0)
            #expect(throws: MQTTError.self) { try client.publish(try MQTTPublication("n", "late")) }
            for number in 0..<count { #expect(try await watcher.message().text == "\(number)") }
        }
    }

    @Test("A stop while the broker is frozen gives up what cannot be sent and ends the events")
    func stopsFrozen() async throws {
        let broker = try MosquittoProcess()
        try await broker.start()
        var events: MQTTEvents.Iterator?
        try await TestClient.with(MQTTConfiguration(broker)) { test in
            try await test.connected()
            events = test.client.events.makeAsyncIterator()
            broker.pause()
            try test.client.publish(try MQTTPublication("n", "1"))
        }
        let last = await events?.next()?.last
        guard case .disconnected(let error, _) = last else {
            Issue.record("The last event must be the end.")
            return
        }
        #expect(error.code == .stopped)
        #expect(await events?.next() == nil)
    }

    @Test("A stop during a blocked connect ends the events")
    func stopsDialling() async throws {
        let port = freeLoopbackPort()
        let listener = try LoopbackListener.open(port: port, backlog: 0)
        let first = try LoopbackListener.connection(to: port)
        defer { for descriptor in [first, listener] { LoopbackListener.close(descriptor) } }
        let configuration = MQTTConfiguration(url: try MQTTURL(host: "127.0.0.1", port: port), clientID: "test")
        let log = LogLines()
        var events: MQTTEvents.Iterator?
        try await TestClient.with(configuration, logger: log.logger) { test in
            events = test.client.events.makeAsyncIterator()
            #expect(await log.lines.contains { $0.hasPrefix("Connecting") })
        }
        #expect(await events?.next()?.count == 1)
        #expect(await events?.next() == nil)
    }

    @Test("A host name without an address is hostNotFound")
    func findsNoHost() async throws {
        let configuration = MQTTConfiguration(url: try MQTTURL("mqtt://nobody.invalid"), clientID: "test")
        #expect(try await TestClient.failure(of: configuration).code == .hostNotFound)
    }

    @Test("A setting that can never work ends the run at once")
    func refusesSettings() async throws {
        var configuration = MQTTConfiguration(url: try MQTTURL("mqtt://localhost"), clientID: "test")
        configuration.keepAliveS = 1
        let client = MQTTClient(configuration: configuration, logger: .silent)
        await #expect { try await client.run() } throws: { ($0 as? MQTTError)?.code == .invalidConfiguration }
    }

    @Test("A bad answer is reported with a fitting code and crashes nothing", arguments: BadAnswer.all)
    func survivesBadAnswer(answer: BadAnswer) async throws {
        let broker = try FakeBroker(answering: answer.bytes)
        var configuration = MQTTConfiguration(url: broker.url, clientID: "test")
        configuration.limits.connectTimeoutS = 0.2
        let error = try await TestClient.failure(of: configuration)
        #expect(answer.codes.contains(error.code), "\(error)")
    }
}
