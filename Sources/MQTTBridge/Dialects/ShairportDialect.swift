import Listening

/// `shairport-sync`: one plain value a topic, `<topic>/title`, and events without any, `<topic>/play_start`.
///
/// The base topic is a receiver's own, or what those of several have in common: `airplay` for `airplay/study`.
struct ShairportDialect: Dialect {
    /// What follows a receiver's topic where it sends everything as it came.
    private static let raw: Set<Substring> = ["ssnc", "core"]

    private let base: String
    private let namesClient: Bool
    private var receivers: [String: ShairportReceiver] = [:]
    private var bursts: Gathering<String, ShairportBurst>
    private var replays: Gathering<String, ShairportBurst>

    init(base: String, settleS: Double, namesClient: Bool) {
        self.base = base
        self.namesClient = namesClient
        bursts = Gathering(settleS: settleS)
        replays = Gathering(settleS: settleS)
    }

    var filters: [String] { ["\(base)/+", "\(base)/+/+", "\(base)/+/ssnc/prgr"] }
    var nextDeadline: Double? { [bursts.nextDeadline, replays.nextDeadline].compactMap { $0 }.min() }

    mutating func receive(_ message: SourceMessage) -> [SourceEvent] {
        let levels = message.topic.dropFirst(base.count + 1).split(separator: "/", omittingEmptySubsequences: false)
        let isOwn = levels.count == 1 || Self.raw.contains(levels[0])
        let name = isOwn ? base : "\(base)/\(levels[0])"
        let key = levels.dropFirst(isOwn ? 0 : 1).joined(separator: "/")
        guard let word = ShairportWord(key, message.payload) else { return [] }
        let events = advance(to: message.at)
        if message.isRetained {
            replays.add(to: name, at: message.at, startingWith: ShairportBurst()) { $0.add(word) }
        } else {
            bursts.add(to: name, at: message.at, startingWith: ShairportBurst()) { $0.add(word) }
        }
        return events
    }

    mutating func advance(to now: Moment) -> [SourceEvent] {
        var events: [SourceEvent] = []
        for (name, pile) in replays.settled(at: now) {
            events += (receivers[name] ?? receiver(name)).presume(pile.value, at: pile.since)
        }
        for (name, pile) in bursts.settled(at: now) {
            guard receivers[name] != nil || receivers.count < SpeakerCensus.limit * 2 else { continue }
            var receiver = receivers[name] ?? receiver(name)
            events += receiver.believe(pile.value, since: pile.since, last: pile.last)
            receivers[name] = receiver
        }
        return events
    }

    mutating func forget(_ speakerName: String) { receivers = receivers.filter { $0.value.speakerName != speakerName } }

    private func receiver(_ name: String) -> ShairportReceiver {
        ShairportReceiver(name: name, namesClient: namesClient)
    }
}
