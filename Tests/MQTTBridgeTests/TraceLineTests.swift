import Foundation
import MQTTBridge
import MQTTClient
import Testing

@Suite("Lines of a recording")
struct TraceLineTests {
    @Test(
        "mosquitto's times with Z+0000 equal RFC 3339 times with Z",
        arguments: [
            "2026-11-22T07:55:05.250000Z+0000", "2026-11-22T07:55:05.250000Z",
        ])
    func time(stamp: String) throws {
        let line = #"{"tst":"\#(stamp)","topic":"a/b","qos":1,"retain":1,"payloadlen":2,"payload":"\u00e9"}"#
        let message = try MQTTMessage(traceLine: line.utf8, number: 1)
        #expect(message.receivedAt == Date(timeIntervalSince1970: 1_795_334_105.25))
        #expect(message.topic == "a/b")
        #expect(message.isRetained)
        #expect(message.payload == Array("é".utf8))
    }

    @Test(
        "An unreadable line of a recording is reported with its number",
        arguments: [
            "not json", "[]", #"{"tst":"2026-11-22T07:55:05Z"}"#, #"{"topic":"a","tst":"yesterday"}"#,
            #"{"topic":"a"}"#,
        ])
    func bad(line: String) {
        #expect { try MQTTMessage(traceLine: line.utf8, number: 7) } throws: { ($0 as? TraceReplay.BadLine)?.line == 7 }
    }
}
