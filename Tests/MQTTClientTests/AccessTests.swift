import HauntTestSupport
import MQTTClient
import Testing

@Suite("Credentials, access lists and certificates", .timeLimit(.minutes(15)))
struct AccessTests {
    @Test("A wrong password is authenticationRefused; once the file is right, the client connects without a restart")
    func refusesPassword() async throws {
        var options = MosquittoProcess.Options()
        options.users = ["haunt": "right"]
        let broker = try MosquittoProcess(options)
        try await broker.start()
        var configuration = MQTTConfiguration(broker)
        configuration.username = "haunt"
        configuration.passwordFile = try broker.directory.write("wrong\n", to: "password")
        try await TestClient.with(configuration) { test in
            let error = try await test.disconnected()
            #expect(error.code == .authenticationRefused)
            #expect(test.client.lastError == error)
            #expect(!test.client.isConnected)
            try broker.directory.write("right\n", to: "password")
            try await test.connected()
            #expect(test.client.lastError == nil)
            #expect(test.client.isConnected)
        }
    }

    @Test("An anonymous client is authenticationRefused where users are required, and a missing password file is named")
    func refusesAnonymous() async throws {
        var options = MosquittoProcess.Options()
        options.users = ["haunt": "right"]
        let broker = try MosquittoProcess(options)
        try await broker.start()
        #expect(try await TestClient.failure(of: MQTTConfiguration(broker)).code == .authenticationRefused)
        var configuration = MQTTConfiguration(broker)
        configuration.username = "haunt"
        configuration.passwordFile = broker.directory.path("nowhere")
        let error = try await TestClient.failure(of: configuration)
        #expect(error.code == .invalidConfiguration)
        #expect(error.message.contains(broker.directory.path("nowhere")))
    }

    @Test("A publication that the access list forbids is reported and counted, and the connection stays up")
    func tellsForbiddenPublication() async throws {
        var options = MosquittoProcess.Options()
        options.accessList = ["topic read #", "topic write open"]
        let broker = try MosquittoProcess(options)
        try await broker.start()
        try await TestClient.with(MQTTConfiguration(broker)) { test in
            test.client.subscribe(to: [try TopicFilter("#")])
            try await test.connected()
            try test.client.publish(try MQTTPublication("closed", "1"))
            try test.client.publish(try MQTTPublication("open", "2"))
            #expect(try await test.message().text == "2")
            #expect(await test.client.flush(timeout: .seconds(10)))
            #expect(test.client.lastError?.code == .publicationRefused)
            #expect(test.client.counters.droppedOutbound == 1)
        }
    }

    @Test("TLS connects with the right authority and is tlsFailed with another one")
    func checksAuthority() async throws {
        var options = MosquittoProcess.Options()
        options.usesTLS = true
        let broker = try MosquittoProcess(options)
        try await broker.start()
        try await TestClient.with(MQTTConfiguration(broker)) { test in
            test.client.subscribe(to: [try TopicFilter("n")])
            try await test.connected()
            let payload = [UInt8](repeating: 3, count: 300_000)
            try test.client.publish(MQTTPublication(topic: try TopicName("n"), payload: payload))
            #expect(try await test.message().payload == payload)
        }
        var strange = MQTTConfiguration(broker)
        strange.tls.caFile = broker.certificates?.strangerCAFile
        var system = MQTTConfiguration(broker)
        system.tls.caFile = nil
        for configuration in [strange, system] {
            let error = try await TestClient.failure(of: configuration)
            #expect(error.code == .tlsFailed)
            #expect(error.message.contains("certificate verify failed"), "\(error)")
        }
    }

    @Test("A certificate for another host name is refused unless that is allowed")
    func checksHostName() async throws {
        var options = MosquittoProcess.Options()
        options.usesTLS = true
        let broker = try MosquittoProcess(options)
        try await broker.start()
        var configuration = MQTTConfiguration(broker)
        configuration.url = try MQTTURL(host: "127.1", port: broker.port, usesTLS: true)
        #expect(try await TestClient.failure(of: configuration).code == .tlsFailed)
        configuration.tls.allowsOtherHostNames = true
        try await TestClient.with(configuration) { try await $0.connected() }
    }

    @Test("Where a client certificate is required, a client connects with it and fails without")
    func showsCertificate() async throws {
        var options = MosquittoProcess.Options()
        options.usesTLS = true
        options.wantsClientCertificates = true
        let broker = try MosquittoProcess(options)
        try await broker.start()
        var configuration = MQTTConfiguration(broker)
        let refusal = try await TestClient.failure(of: configuration)
        #expect([.tlsFailed, .connectionLost].contains(refusal.code), "\(refusal)")
        configuration.tls.certificateFile = broker.certificates?.clientFile
        configuration.tls.keyFile = broker.certificates?.clientKeyFile
        try await TestClient.with(configuration) { try await $0.connected() }
    }
}
