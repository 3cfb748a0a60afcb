import Listening
import MQTTClient
import Wire

/// `generic`: players described by configuration alone, one JSON a player or one value a topic.
///
/// Where values stand on several topics they are gathered until it is quiet. Only what was sent live is believed; what
/// the broker remembers is a mixture of then and now.
struct GenericDialect: Dialect {
    private typealias Values = [GenericMapping.Field: String]

    /// A player, known by the levels that its wildcards stand for.
    private struct Player {
        var values: Values = [:]
        /// Whether it ever sent a title: then a missing one means that nothing plays, and not that it was not sent yet.
        var hasTitles = false
        /// The name that its last message used.
        var name: String?
    }

    private let mapping: GenericMapping
    private var players: [[String]: Player] = [:]
    private var news: Gathering<[String], Bool>
    private var replays: Gathering<[String], Player>

    init(_ mapping: GenericMapping, settleS: Double) {
        self.mapping = mapping
        // What stands in one message is whole.
        let settleS = Set(mapping.fields.values.map(\.topic)).count > 1 ? settleS : 0
        news = Gathering(settleS: settleS)
        replays = Gathering(settleS: settleS)
    }

    var filters: [String] {
        Set(mapping.fields.values.map(\.topic.string) + [mapping.availability?.topic.string].compactMap { $0 }).sorted()
    }

    var nextDeadline: Double? { [news.nextDeadline, replays.nextDeadline].compactMap { $0 }.min() }

    mutating func receive(_ message: SourceMessage) -> [SourceEvent] {
        if let place = mapping.availability, place.topic.matches(message.topic) {
            let text = place.text(message.payload, json: try? WireJSON.decode(message.payload))
            let word = text.flatMap { place.word(in: $0, for: .state) }
            return word == "offline" && !message.isRetained ? [.interrupted(at: message.at)] : []
        }
        let events = advance(to: message.at)
        let told = mapping.fields.filter { $0.value.topic.matches(message.topic) }
        guard let topic = told.first?.value.topic else { return events }
        // Without JSON, places in JSON are neither there nor gone.
        let json = try? WireJSON.decode(message.payload)
        let key = topic.captured(from: message.topic)
        let isPartial = mapping.isPartial
        let change = { (player: inout Player) in
            for (field, place) in told where place.pointer == nil || json != nil {
                let value = place.text(message.payload, json: json).flatMap { place.word(in: $0, for: field) }
                if value == nil, place.pointer != nil, isPartial, !place.isNull(in: json) { continue }
                player.values[field] = value
                if field == .title { player.hasTitles = true }
            }
        }
        if message.isRetained {
            replays.add(to: key, at: message.at, startingWith: Player(), change)
        } else if players[key] != nil || players.count < SpeakerCensus.limit * 2 {
            change(&players[key, default: Player()])
            news.add(to: key, at: message.at, startingWith: true) { _ in }
        }
        return events + advance(to: message.at)
    }

    mutating func advance(to now: Moment) -> [SourceEvent] {
        var events: [(at: Moment, event: SourceEvent)] = []
        for (key, pile) in replays.settled(at: now) {
            events += updates(key, pile.value, isReplay: true, at: pile.since)
        }
        for (key, pile) in news.settled(at: now) {
            guard let player = players[key] else { continue }
            events += updates(key, player, isReplay: false, at: pile.since)
            let name = name(key, player.values) ?? player.name
            players[key]?.name = name
        }
        return events.sorted { $0.at.uptimeS < $1.at.uptimeS }.map(\.event)
    }

    mutating func forget(_ speakerName: String) { players = players.filter { $0.value.name != speakerName } }
}

extension GenericDialect {
    private func updates(
        _ key: [String], _ player: Player, isReplay: Bool, at: Moment
    ) -> [(at: Moment, event: SourceEvent)] {
        guard let word = player.values[.state], let name = name(key, player.values)
        else { return [] }
        var events: [PlayerUpdate] = []
        // Where a message says who listens, somebody else's player has fallen silent.
        if !isReplay, let before = player.name, before != name {
            events.append(PlayerUpdate(speakerName: before, state: .off, at: at))
        }
        let state = PlayerState(word: word)
        let isOn = state == .playing || state == .paused || state == .buffering
        events.append(
            PlayerUpdate(
                speakerName: name, state: state, media: isOn ? media(player) : nil,
                position: isOn ? seconds(.position, player.values).map { ReportedPosition(seconds: $0) } : nil,
                isReplay: isReplay, at: at))
        return events.map { (at, .update($0)) }
    }

    private func name(_ key: [String], _ values: Values) -> String? {
        var name = mapping.speaker
        for (index, level) in key.enumerated() { name = name.replacing("{\(index + 1)}", with: level) }
        guard name.contains("{speaker}") else { return name }
        guard let part = values[.speaker] else { return nil }
        return name.replacing("{speaker}", with: String(part.map { "+#".contains($0) ? "_" : $0 }))
    }

    private func media(_ player: Player) -> Media? {
        let values = player.values
        guard player.hasTitles || values[.uri] != nil else { return nil }
        return MediaDescription(
            title: values[.title], artist: values[.artist], album: values[.album], uri: values[.uri],
            durationS: seconds(.duration, values), type: values[.kind]
        ).media
    }

    private func seconds(_ field: GenericMapping.Field, _ values: Values) -> Double? {
        values[field].flatMap { mapping.fields[field]?.unit.seconds($0) }
    }
}

extension GenericMapping.Place {
    /// What stands there, as a text; nil when nothing does.
    fileprivate func text(_ payload: [UInt8], json: JSONValue?) -> String? {
        guard let pointer else {
            return PlainText.text(payload).flatMap { JSONValue.string($0).printable }
        }
        let value = json.flatMap { pointer.value(in: $0) }
        if case .bool(let isTrue) = value { return "\(isTrue)" }
        return value?.printable
    }

    /// The value that a text is or has as one of its parts, its word exchanged; nil when there is none.
    fileprivate func word(in text: String, for field: GenericMapping.Field) -> String? {
        guard let part = part(of: text, for: field) else { return nil }
        let word = values[part] ?? part
        return word.isEmpty ? nil : word
    }

    private func part(of text: String, for field: GenericMapping.Field) -> String? {
        guard let separator else { return text }
        let pieces = text.split(separator: separator, maxSplits: parts - 1, omittingEmptySubsequences: false)
        guard pieces.count == parts else { return field == .title ? text : nil }
        return JSONValue.string(String(pieces[part - 1])).printable
    }

    /// Whether JSON says that there is no value, rather than nothing.
    fileprivate func isNull(in json: JSONValue?) -> Bool {
        guard let json, let value = pointer?.value(in: json) else { return false }
        return value == .null || value == ""
    }
}

extension TopicFilter {
    /// What the wildcards of this filter stand for in a topic.
    fileprivate func captured(from topic: String) -> [String] {
        zip(
            string.split(separator: "/", omittingEmptySubsequences: false),
            topic.split(separator: "/", omittingEmptySubsequences: false)
        )
        .filter { $0.0 == "+" }.map { String($0.1) }
    }
}

extension PlayerState {
    /// The state that a word stands for, as players commonly say it.
    init(word: String) {
        self =
            switch word.lowercased() {
            case "playing", "play", "started", "resumed": .playing
            case "paused", "pause", "paused_playback": .paused
            case "buffering", "transitioning", "loading": .buffering
            case "idle", "stopped", "stop", "standby", "on": .idle
            case "off": .off
            case "unavailable", "offline": .unavailable
            default: .unknown
            }
    }
}
