import MQTTClient
import Testing

@Suite("Topics and filters")
struct TopicTests {
    @Test(
        "A filter matches as MQTT 5 §4.7 says",
        arguments: [
            ("sport/tennis/player1/#", "sport/tennis/player1", true),
            ("sport/tennis/player1/#", "sport/tennis/player1/ranking", true),
            ("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true),
            ("sport/#", "sport", true), ("#", "sport/tennis", true), ("#", "/", true), ("#", "", true),
            ("sport/tennis/+", "sport/tennis/player1", true), ("sport/tennis/+", "sport/tennis/player1/ranking", false),
            ("sport/+", "sport", false), ("sport/+", "sport/", true), ("+/+", "/finance", true),
            ("/+", "/finance", true),
            ("+", "/finance", false), ("+/tennis/#", "a/tennis", true), ("+/tennis/#", "a/b/tennis", false),
            ("#", "$SYS/broker", false), ("+/broker", "$SYS/broker", false), ("$SYS/#", "$SYS/broker", true),
            ("$SYS/+", "$SYS/broker", true), ("a//b", "a//b", true), ("a/+/b", "a//b", true), ("a/b", "a/b/", false),
            ("a/b/", "a/b", false), ("$share/g/a/+", "a/b", true), ("$share/g/a/+", "$share/g/a/b", false),
            ("Häuser/+", "Häuser/ü", true), ("a", "A", false),
        ])
    func matches(filter: String, topic: String, isExpected: Bool) throws {
        #expect(try TopicFilter(filter).matches(topic) == isExpected)
    }

    @Test(
        "An invalid filter is refused",
        arguments: ["", "a/#/b", "a#", "a+", "+a/b", "a/b#", "a\0b", "$share/g", String(repeating: "x", count: 65_536)])
    func refusesFilter(filter: String) {
        #expect { try TopicFilter(filter) } throws: { ($0 as? MQTTError)?.code == .invalidTopic }
    }

    @Test(
        "An invalid topic name is refused",
        arguments: [
            "", "a/#", "+/b", "a+b", "a\0b", "a\nb", "a\u{7F}", "a\u{FFFF}", String(repeating: "ü", count: 32_768),
        ])
    func refusesName(topic: String) {
        #expect { try TopicName(topic) } throws: { ($0 as? MQTTError)?.code == .invalidTopic }
    }

    @Test("A topic may be as long as MQTT allows, and a filter made of it matches only it")
    func acceptsLongName() throws {
        let topic = try TopicName(String(repeating: "x", count: TopicName.maxBytes))
        #expect(TopicFilter(topic).matches(topic.string))
        #expect(!TopicFilter(topic).matches("x"))
    }
}
