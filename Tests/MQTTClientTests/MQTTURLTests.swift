import MQTTClient
import Testing

@Suite("Broker addresses")
struct MQTTURLTests {
    @Test(
        "A valid address is parsed",
        arguments: [
            ("mqtt://localhost", "localhost", 1883, false), ("mqtt://localhost:1884", "localhost", 1884, false),
            ("mqtts://broker.home", "broker.home", 8883, true), ("MQTTS://Broker:8884/", "Broker", 8884, true),
            ("mqtt://192.168.1.2:1", "192.168.1.2", 1, false), ("mqtt://[::1]", "::1", 1883, false),
            ("mqtts://[fe80::1%eth0]:65535", "fe80::1%eth0", 65_535, true),
        ])
    func reads(text: String, host: String, port: UInt16, usesTLS: Bool) throws {
        let url = try MQTTURL(text)
        #expect(url == (try MQTTURL(host: host, port: port, usesTLS: usesTLS)))
        #expect(try MQTTURL(url.description) == url)
    }

    @Test(
        "An invalid address is refused",
        arguments: [
            "", "localhost", "localhost:1883", "http://localhost", "mqtt:/localhost", "mqtt://", "mqtt://:1883",
            "mqtt://host:", "mqtt://host:0", "mqtt://host:65536", "mqtt://host:+1", "mqtt://host:1a", "mqtt://::1",
            "mqtt://[::1", "mqtt://[::1]1883", "mqtt://[host]", "mqtt://user:pass@host", "mqtt://host/path",
            "mqtt://ho st", "mqtt://host?x=1", "mqtt://host\0",
        ])
    func refuses(text: String) {
        #expect { try MQTTURL(text) } throws: { ($0 as? MQTTError)?.code == .invalidURL }
    }
}
