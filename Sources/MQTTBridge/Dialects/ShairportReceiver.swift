import Foundation
import Listening
import Wire

/// The meaning of a message of a receiver. A receiver sends many other messages, which are ignored.
enum ShairportWord {
    case value(key: String, text: String)
    case state(PlayerState, isFlush: Bool)

    private static let described: Set = ["title", "artist", "album", "track_id", "client_name", "ssnc/prgr"]

    init?(_ key: String, _ payload: [UInt8]) {
        switch key {
        case "play_start", "play_resume": self = .state(.playing, isFlush: false)
        case "play_flush": self = .state(.paused, isFlush: true)
        case "play_end": self = .state(.idle, isFlush: false)
        case "active_end": self = .state(.off, isFlush: false)
        case "playing":
            guard let text = PlainText.text(payload) else { return nil }
            self = .state(text == "1" ? .playing : .idle, isFlush: false)
        case "active":
            guard PlainText.text(payload) == "0" else { return nil }
            self = .state(.off, isFlush: false)
        case _ where Self.described.contains(key):
            guard let text = PlainText.text(payload) else { return nil }
            // What shairport-sync is configured to send in place of nothing.
            let plain = text.trimmingCharacters(in: .whitespacesAndNewlines)
            self = .value(key: key, text: plain == "--" ? "" : plain)
        default: return nil
        }
    }
}

/// What came together.
struct ShairportBurst: Sendable {
    var values: [String: String] = [:]
    var state: PlayerState?
    var isFlushed = false

    mutating func add(_ word: ShairportWord) {
        switch word {
        case .value(let key, let text): values[key] = text
        case .state(let state, let isFlush):
            self.state = state
            isFlushed = isFlush
        }
    }
}

/// One receiver of AirPlay: values and events in, whole states out.
///
/// Values of a track come before or after the event that it plays, and a value that the next track lacks is not withdrawn.
/// So values are gathered until it is quiet, and a new title is a new track with what came around it and nothing else.
struct ShairportReceiver: Sendable {
    /// Ticks of AirPlay's clock in a second.
    private static let frameRate = 44_100.0
    /// How long what came without a title waits for one, and a flush for the next track, in seconds.
    private static let strayS = 3.0

    private let name: String
    /// Whether who sends is the speaker, rather than what plays.
    private let namesClient: Bool
    private var state = PlayerState.unknown
    private var track: MediaDescription?
    private var trackID: String?
    private var client: String?
    private var speaker: String?
    private var stray: (values: [String: String], at: Moment)?
    private var flushedAt: Moment?

    init(name: String, namesClient: Bool) {
        self.name = name
        self.namesClient = namesClient
    }

    /// The speaker that the receiver is, or that sends to it.
    var speakerName: String {
        guard namesClient, let client else { return name }
        return "\(name)/" + String(client.map { "+#/".contains($0) ? "_" : $0 })
    }

    /// Takes in what came together.
    mutating func believe(_ burst: ShairportBurst, since: Moment, last: Moment) -> [SourceEvent] {
        let wasNew = describe(burst, since: since, last: last)
        if burst.isFlushed { flushedAt = last }
        if let told = burst.state { state = told }
        // A skip flushes what was sent of the track before; not every version says that the next one plays.
        if wasNew, state == .paused, let flushedAt, last.uptimeS - flushedAt.uptimeS <= Self.strayS { state = .playing }
        if burst.state == .playing { flushedAt = nil }
        return events(of: burst, at: since)
    }

    /// What the broker remembers, which is a mixture of what was and what is.
    func presume(_ burst: ShairportBurst, at time: Moment) -> [SourceEvent] {
        guard let state = burst.state else { return [] }
        let media = burst.values["title"].map {
            MediaDescription(title: $0, artist: burst.values["artist"], album: burst.values["album"]).media
        }
        return [.update(PlayerUpdate(speakerName: speakerName, state: state, media: media, isReplay: true, at: time))]
    }
}

extension ShairportReceiver {
    /// Adds what was sent of a track.
    ///
    /// - Returns: Whether it is another one.
    private mutating func describe(_ burst: ShairportBurst, since: Moment, last: Moment) -> Bool {
        var values = burst.values
        if let name = values["client_name"].flatMap({ MediaDescription.text($0) }) { client = name }
        guard let title = values["title"] else {
            fill(values, at: last)
            return false
        }
        if let stray, since.uptimeS - stray.at.uptimeS <= Self.strayS {
            values.merge(stray.values) { told, _ in told }
        }
        stray = nil
        let isOther = title != track?.title || (values["track_id"] != nil && values["track_id"] != trackID)
        if isOther {
            track = MediaDescription(title: title)
            trackID = nil
        }
        trackID = values["track_id"] ?? trackID
        set(values, overwriting: true)
        return isOther && !title.isEmpty
    }

    /// Takes in what came without a title: what is missing of the track that plays, or a part of the next one.
    private mutating func fill(_ values: [String: String], at time: Moment) {
        let parts = values.filter { $0.key != "client_name" }
        guard !parts.isEmpty else { return }
        stray = (parts, time)
        set(parts, overwriting: false)
    }

    private mutating func set(_ values: [String: String], overwriting: Bool) {
        guard var track else { return }
        let text = { (key: String) in values[key].flatMap { $0.isEmpty ? nil : $0 } }
        if overwriting || track.artist == nil { track.artist = text("artist") ?? track.artist }
        if overwriting || track.album == nil { track.album = text("album") ?? track.album }
        if let progress = values["ssnc/prgr"].flatMap(Self.progress) { track.durationS = progress.durationS }
        self.track = track
    }

    /// Position and duration of `start/now/end` in ticks of a clock of 32 bits.
    private static func progress(_ text: String) -> (positionS: Double, durationS: Double)? {
        let ticks = text.split(separator: "/").compactMap { UInt32($0) }
        guard ticks.count == 3 else { return nil }
        let duration = Double(ticks[2] &- ticks[0]) / frameRate
        guard duration > 0, duration < 86_400 else { return nil }
        let position = Double(Int32(bitPattern: ticks[1] &- ticks[0])) / frameRate
        return (max(0, position), duration)
    }

    private mutating func events(of burst: ShairportBurst, at time: Moment) -> [SourceEvent] {
        guard state != .unknown else { return [] }
        let now = speakerName
        var events: [SourceEvent] = []
        if let speaker, speaker != now {
            events.append(.update(PlayerUpdate(speakerName: speaker, state: .off, at: time)))
        }
        speaker = now
        let isOn = state == .playing || state == .paused
        let position = burst.values["ssnc/prgr"].flatMap(Self.progress)?.positionS
        events.append(
            .update(
                PlayerUpdate(
                    speakerName: now, state: state, media: isOn ? track?.media : nil,
                    position: isOn ? position.map { ReportedPosition(seconds: $0) } : nil, at: time)))
        return events
    }
}
