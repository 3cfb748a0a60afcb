import Foundation
import Household
import Listening
import MQTTClient
import Wire

/// Makes evidence of messages. A topic is looked up, so that the many messages of the others cost nothing.
public struct EvidenceRouter: Sendable {
    private enum Subject: Sendable {
        case home(person: String)
        case room(person: String)
        case userID(person: String)
        case device(person: String, id: String, maxDistanceM: Double)
        case companion(person: String)
    }

    /// How long the room of a sensor counts without another word, in seconds.
    private static let roomLastsS = 21_600.0
    private static let unknown: Set = ["", "unknown", "unavailable", "none", "null", "not_home"]

    private var subjects: [String: [Subject]] = [:]
    private var messages: [(filter: TopicFilter, evidence: MessageEvidence)] = []
    private var users: [String: String] = [:]
    private var nearest: [String: NearestRoom] = [:]
    /// Players with the user of each change.
    private var presses: PlayPresses
    /// Topics to subscribe to.
    let filters: [TopicFilter]

    /// - Throws: ``MQTTError`` when a topic is invalid.
    public init(_ settings: BridgeSettings) throws {
        presses = PlayPresses(
            bases: settings.sources.filter { $0.dialect == .homeAssistantJSON }.map(\.baseTopic))
        var filters: [String] = []
        for source in settings.evidence {
            switch source {
            case .homeAssistant(let base, let people, let rooms, let users):
                for (person, entity) in people {
                    let topic = Self.topic(of: entity, below: base)
                    subjects["\(topic)/state", default: []].append(.home(person: person))
                    subjects["\(topic)/user_id", default: []].append(.userID(person: person))
                }
                for (person, entity) in rooms {
                    subjects["\(Self.topic(of: entity, below: base))/state", default: []].append(.room(person: person))
                }
                for (person, id) in users { self.users[id] = person }
            case .espresense(let base, let devices, let maxDistanceM):
                for (person, id) in devices {
                    let device = Subject.device(person: person, id: id, maxDistanceM: maxDistanceM)
                    subjects["\(base)/devices/\(id)/", default: []].append(device)
                    subjects["\(base)/companion/\(id)", default: []].append(.companion(person: person))
                    filters.append("\(base)/devices/\(id)/+")
                }
            case .message(let evidence):
                messages.append((try TopicFilter(evidence.topic), evidence))
                filters.append(evidence.topic)
            }
        }
        filters += subjects.keys.filter { !$0.hasSuffix("/") }
        self.filters = try Set(filters).sorted().map { try TopicFilter($0) }
    }

    /// The accounts that the configuration names.
    var accounts: [EvidenceNews] {
        users.sorted { $0.key < $1.key }.map { .account(person: $0.value, id: $0.key) }
    }

    /// What a message says of who is listening.
    mutating func receive(_ message: MQTTMessage, at now: Moment) -> [EvidenceNews] {
        var news: [EvidenceNews] = []
        if !users.isEmpty, let press = presses.receive(message), let person = users[press.userID] {
            news.append(.user(person: person, speaker: press.speaker, at: now.date))
        }
        for (filter, evidence) in messages where !message.isRetained && filter.matches(message.topic) {
            news += evidence.news(of: message.payload, at: now.date)
        }
        guard !subjects.isEmpty else { return news }
        let room = message.topic.lastIndex(of: "/").map { message.topic[message.topic.index(after: $0)...] } ?? ""
        let found = subjects[message.topic] ?? subjects[String(message.topic.dropLast(room.count))] ?? []
        for subject in found { news += self.news(of: subject, in: String(room), message, at: now) }
        return news
    }

    private mutating func news(
        of subject: Subject, in room: String, _ message: MQTTMessage, at now: Moment
    ) -> [EvidenceNews] {
        let (time, isReplay) = (now.date, message.isRetained)
        switch subject {
        case .home(let person):
            guard let state = message.word else { return [] }
            let isUnknown = Self.unknown.contains(state.lowercased()) && state != "not_home"
            return [.home(person: person, isUnknown ? nil : state == "home", at: time, isReplay: isReplay)]
        case .room(let person):
            guard let state = message.word else { return [] }
            let known = Self.unknown.contains(state.lowercased()) ? nil : state
            return [.room(person: person, known, at: time, lastsS: Self.roomLastsS, isReplay: isReplay)]
        case .userID(let person):
            guard let id = message.word, !Self.unknown.contains(id.lowercased()) else { return [] }
            users[id] = person
            return [.account(person: person, id: id)]
        case .device(let person, let id, let maxDistanceM):
            guard !isReplay, let distance = NearestRoom.distance(in: message.payload) else { return [] }
            let change = nearest[id, default: NearestRoom()].update(
                room, at: distance, now.uptimeS, within: maxDistanceM)
            guard let change else { return [] }
            return [.room(person: person, change, at: time, lastsS: NearestRoom.lastsS, isReplay: false)]
        case .companion(let person):
            guard let state = message.word else { return [] }
            let known = Self.unknown.contains(state.lowercased()) ? nil : state
            let room = EvidenceNews.room(
                person: person, known, at: time, lastsS: Self.roomLastsS, isReplay: isReplay)
            // Whoever is in a room is at home again.
            let isHome: Bool? = state == "not_home" ? false : known.map { _ in true }
            return isHome == nil ? [room] : [room, .home(person: person, isHome, at: time, isReplay: isReplay)]
        }
    }

    private static func topic(of entity: String, below base: String) -> String {
        "\(base)/\(entity.split(separator: ".", maxSplits: 1).joined(separator: "/"))"
    }
}

extension MQTTMessage {
    /// A state as bare text or as JSON text; nil when it is neither.
    fileprivate var word: String? {
        guard let text, text.utf8.count < 256 else { return nil }
        return text.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"")
            ? String(text.dropFirst().dropLast()) : text
    }
}

extension MessageEvidence {
    /// Who was heard where. An unknown person and an unknown place say nothing.
    func news(of payload: [UInt8], at time: Date) -> [EvidenceNews] {
        guard let json = try? WireJSON.decode(payload),
            case .string(let name)? = person.value(in: json), let place = place(in: json)
        else { return [] }
        var sure: Double?
        if let confidence {
            guard case .number(let number)? = confidence.value(in: json), (0...1).contains(number) else { return [] }
            sure = number
        }
        let profile = people[name] ?? (people.values.contains(name) || people.isEmpty ? name : nil)
        return profile.map { [.voice(person: $0, confidence: sure, place: place, at: time)] } ?? []
    }

    private func place(in json: JSONValue) -> String? {
        guard let pointer = place else { return places.count == 1 ? places.values.first : nil }
        guard case .string(let name)? = pointer.value(in: json) else { return nil }
        return places[name] ?? name
    }
}
