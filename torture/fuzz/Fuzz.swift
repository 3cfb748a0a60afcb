import Exchange
import Foundation
import Household
import Listening
@testable import MQTTBridge
import MQTTClient
import Wire

/// What libFuzzer calls with each input. The first byte chooses the parser, the second the size of the chunks.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = unsafe Data(UnsafeBufferPointer(start: start, count: count))
    guard count > 2 else { return 0 }
    let content = Data(bytes.dropFirst(2))
    switch bytes[0] % 5 {
    case 0: parse(content, ListenFileParser(), in: Int(bytes[1]))
    case 1: parse(content, CatalogFileParser(), in: Int(bytes[1]))
    case 2: _ = try? WireJSON.decodeRequest(content)
    case 3: replay(content)
    default: readTopics(String(decoding: content, as: UTF8.self))
    }
    return 0
}

/// Parses a file whole and in chunks: both must find the same rows and problems.
private func parse<Row>(_ content: Data, _ parser: FileParser<Row>, in chunkBytes: Int) {
    var whole = parser
    var items: [FileParser<Row>.Item] = []
    whole.parse(content) { items.append($0) }
    whole.finish { items.append($0) }
    guard chunkBytes > 0 else { return }
    var parts = parser
    var itemsOfParts: [FileParser<Row>.Item] = []
    for first in stride(from: 0, to: content.count, by: chunkBytes) {
        let chunk = content.subdata(in: first..<min(first + chunkBytes, content.count))
        parts.parse(chunk) { itemsOfParts.append($0) }
    }
    parts.finish { itemsOfParts.append($0) }
    guard items == itemsOfParts else { fatalError("\(items) of the whole file, \(itemsOfParts) of its parts") }
}

/// Sources of every dialect, on the base topics that the generator of recordings uses, and every kind of evidence.
nonisolated(unsafe) private let settings = BridgeSettings(
    sources: [
        SourceConfiguration(dialect: .homeAssistantStatestream, baseTopic: "hass"),
        SourceConfiguration(dialect: .homeAssistantJSON, baseTopic: "players"),
        SourceConfiguration(dialect: .sonos2mqtt, baseTopic: "sonos"),
        SourceConfiguration(dialect: .shairportSync(namesClient: true), baseTopic: "airplay"),
        SourceConfiguration(dialect: .generic(.fuzzed), baseTopic: ""),
    ],
    speakerRules: [:], rules: ListenRules(),
    evidence: [
        .homeAssistant(
            base: "hass", people: ["anna": "person.anna"], rooms: ["anna": "sensor.anna_room"], users: ["anna": "a user"]),
        .espresense(base: "espresense", devices: ["anna": "a phone"], maxDistanceM: 3),
        .message(
            MessageEvidence(
                topic: "voice/#", person: JSONPointer("/who")!, confidence: JSONPointer("/sure"), place: JSONPointer("/where"))),
    ], version: "", redactedConfiguration: .null)

extension GenericMapping {
    /// A player that tells all in one JSON payload.
    fileprivate static let fuzzed: GenericMapping = {
        let topic = try! TopicFilter("jellyfin/players/+/state")
        func place(_ pointer: String) -> Place {
            var place = Place(topic: topic)
            place.pointer = JSONPointer(pointer)
            return place
        }
        return GenericMapping(
            speaker: "jellyfin {1}",
            fields: [
                .state: place("/state"), .title: place("/media_title"), .artist: place("/media_artist"), .duration: place("/media_duration"),
                .position: place("/media_position"), .kind: place("/kind"),
            ])
    }()
}

/// Runs the lines of a recording through the dialects and the tracker. Seconds of a play are finite and none is negative.
private func replay(_ content: Data) {
    guard var replay = try? TraceReplay(settings, aliases: ["media_player.alias": "media_player.study"]),
        var evidence = try? EvidenceRouter(settings)
    else { return }
    var plays: [ReplayedPlay] = []
    for (number, line) in content.split(separator: UInt8(ascii: "\n")).enumerated() {
        guard let message = try? MQTTMessage(traceLine: line, number: number) else { continue }
        plays += replay.receive(message)
        _ = evidence.receive(message, at: Moment(message.receivedAt))
    }
    plays += replay.finish()
    for play in plays where !(play.playedS.isFinite && play.playedS >= 0) { fatalError("a play of \(play.playedS) s") }
}

/// Reads a text as a topic, a filter, an address of a broker and a pointer, and matches the filter with the topic.
private func readTopics(_ text: String) {
    let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    _ = try? MQTTURL(text)
    _ = JSONPointer(text)
    guard let filter = try? TopicFilter(parts[0]), let topic = parts.last, (try? TopicName(topic)) != nil else { return }
    _ = filter.matches(topic)
}
