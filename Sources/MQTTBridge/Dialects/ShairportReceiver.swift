import Foundation
import Household
import Listening
import Wire

/// One receiver of AirPlay: values and events in, whole states out.
///
/// Values of a track come before or after the event that it plays, and what the next track does not have is not told.
/// So values are gathered until it is quiet, and a new title is a new track with what came around it and nothing else.
struct ShairportReceiver: Sendable {
    /// Ticks of AirPlay's clock in a second.
    private static let frameRate = 44_100.0
    /// How long what came without a title waits for one, and a flush for the next track, in seconds.
    private static let strayS = 3.0
    /// A burst that is still added to after this many settling times is believed as it is.
    private static let patience = 5.0
    private static let described: Set = ["title", "artist", "album", "track_id", "client_name", "ssnc/prgr"]

    /// What came together.
    private struct Burst {
        var values: [String: String] = [:]
        var state: PlayerState?
        var isFlushed = false
        let startedAt: Date
        var lastAt: Date
    }

    private let name: String
    private let settleS: TimeInterval
    /// Whether who sends is the speaker, rather than what plays.
    private let namesClient: Bool
    private var burst: Burst?
    private var replay: Burst?
    private var state = PlayerState.unknown
    private var media: Media?
    private var trackID: String?
    private var client: String?
    private var speaker: String?
    private var stray: (values: [String: String], at: Date)?
    private var flushedAt: Date?

    init(name: String, settleS: TimeInterval, namesClient: Bool) {
        self.name = name
        self.settleS = settleS
        self.namesClient = namesClient
    }

    var nextDeadline: Date? {
        [burst, replay].compactMap { $0?.lastAt.addingTimeInterval(settleS) }.min()
    }

    /// Takes in what came on one of its topics, `key` without its own.
    mutating func receive(_ message: SourceMessage, key: String) -> [SourceEvent] {
        guard let word = Self.word(key, message.payload) else { return [] }
        let events = advance(to: message.at)
        var grown = (message.isRetained ? replay : burst) ?? Burst(startedAt: message.at, lastAt: message.at)
        grown.lastAt = message.at
        switch word {
        case .value(let text): grown.values[key] = text
        case .state(let state, let isFlush):
            grown.state = state
            grown.isFlushed = isFlush
        }
        if message.isRetained { replay = grown } else { burst = grown }
        return events
    }

    mutating func advance(to now: Date) -> [SourceEvent] {
        var events: [SourceEvent] = []
        if let old = replay, isSettled(old, at: now) {
            replay = nil
            events += presume(old)
        }
        if let old = burst, isSettled(old, at: now) {
            burst = nil
            events += believe(old)
        }
        return events
    }

    private func isSettled(_ burst: Burst, at now: Date) -> Bool {
        burst.lastAt.addingTimeInterval(settleS) <= now
            || burst.startedAt.addingTimeInterval(settleS * Self.patience) <= now
    }
}

extension ShairportReceiver {
    private enum Word {
        case value(String)
        case state(PlayerState, isFlush: Bool)
    }

    /// What a topic tells; nil when it is none of a player's.
    private static func word(_ key: String, _ payload: [UInt8]) -> Word? {
        let text = String(validating: payload, as: UTF8.self)
        switch key {
        case "play_start", "play_resume": return .state(.playing, isFlush: false)
        case "play_flush": return .state(.paused, isFlush: true)
        case "play_end": return .state(.idle, isFlush: false)
        case "active_end": return .state(.off, isFlush: false)
        case "playing": return text.map { .state($0 == "1" ? .playing : .idle, isFlush: false) }
        case "active" where text == "0": return .state(.off, isFlush: false)
        case _ where described.contains(key):
            return text.map { .value($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        default: return nil
        }
    }

    private mutating func believe(_ burst: Burst) -> [SourceEvent] {
        let wasNew = describe(burst)
        if burst.isFlushed { flushedAt = burst.lastAt }
        if let told = burst.state { state = told }
        // A skip flushes what was sent of the track before; not every version says that the next one plays.
        if wasNew, state == .paused, let flushedAt, burst.lastAt.timeIntervalSince(flushedAt) <= Self.strayS {
            state = .playing
        }
        if burst.state == .playing { flushedAt = nil }
        return tell(burst)
    }

    /// Takes in what was told of a track.
    ///
    /// - Returns: Whether it is another one.
    private mutating func describe(_ burst: Burst) -> Bool {
        var values = burst.values
        if let name = values["client_name"], !name.isEmpty { client = name }
        guard let title = values["title"] else {
            fill(values, at: burst.lastAt)
            return false
        }
        if let stray, burst.startedAt.timeIntervalSince(stray.at) <= Self.strayS {
            values.merge(stray.values) { told, _ in told }
        }
        stray = nil
        let isOther = title != media?.title || (values["track_id"] != nil && values["track_id"] != trackID)
        if isOther {
            media = title.isEmpty ? nil : Media(title: title)
            trackID = nil
        }
        trackID = values["track_id"] ?? trackID
        set(values, overwriting: true)
        return isOther && media != nil
    }

    /// Takes in what came without a title: what is missing of the track that plays, or a part of the next one.
    private mutating func fill(_ values: [String: String], at time: Date) {
        let parts = values.filter { $0.key != "client_name" }
        guard !parts.isEmpty else { return }
        stray = (parts, time)
        set(parts, overwriting: false)
    }

    private mutating func set(_ values: [String: String], overwriting: Bool) {
        guard var track = media else { return }
        let text = { (key: String) in values[key].flatMap { $0.isEmpty ? nil : $0 } }
        if overwriting || track.artist == nil { track.artist = text("artist") ?? track.artist }
        if overwriting || track.album == nil { track.album = text("album") ?? track.album }
        if let progress = values["ssnc/prgr"].flatMap(Self.progress) { track.durationS = progress.durationS }
        media = track
    }

    /// Position and duration of `start/now/end` in ticks of a clock of 32 bits.
    private static func progress(_ text: String) -> (positionS: Double, durationS: Double)? {
        let ticks = text.split(separator: "/").compactMap { UInt32($0) }
        guard ticks.count == 3 else { return nil }
        let duration = Double(ticks[2] &- ticks[0]) / frameRate
        guard JSONValue.isDuration(duration) else { return nil }
        let position = Double(Int32(bitPattern: ticks[1] &- ticks[0])) / frameRate
        return (max(0, position), duration)
    }

    private mutating func tell(_ burst: Burst) -> [SourceEvent] {
        guard state != .unknown else { return [] }
        let now = speakerName
        var events: [SourceEvent] = []
        if let speaker, speaker != now {
            events.append(.update(PlayerUpdate(speakerName: speaker, state: .off, at: burst.startedAt)))
        }
        speaker = now
        let isOn = state == .playing || state == .paused
        let position = burst.values["ssnc/prgr"].flatMap(Self.progress)?.positionS
        events.append(
            .update(
                PlayerUpdate(
                    speakerName: now, state: state, media: isOn ? media : nil, positionS: isOn ? position : nil,
                    at: burst.startedAt)))
        return events
    }

    private var speakerName: String {
        guard namesClient, let client else { return name }
        return "\(name)/" + String(client.map { "+#/".contains($0) ? "_" : $0 })
    }

    /// What the broker remembers, which is a mixture of what was and what is.
    private func presume(_ burst: Burst) -> [SourceEvent] {
        guard let state = burst.state else { return [] }
        let title = burst.values["title"]
        let media = title.map { Media(title: $0, artist: burst.values["artist"], album: burst.values["album"]) }
        return [
            .update(
                PlayerUpdate(
                    speakerName: speakerName, state: state, media: media, isReplay: true, at: burst.startedAt))
        ]
    }
}
