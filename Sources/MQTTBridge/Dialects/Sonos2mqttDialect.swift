import Listening
import Wire

/// `sonos2mqtt`: one retained JSON for each speaker, its whole state, on `<base>/<uuid>`.
///
/// Its keys come as Sonos writes them (`Artist`) or, with discovery switched on there, in camel case (`artist`). It
/// merges what Sonos sends into what it sent before, so that values which Sonos no longer sends stay in its messages. For a
/// speaker that follows another nothing is sent of what it plays: it plays what its coordinator plays.
struct Sonos2mqttDialect: Dialect {
    /// What was last said, live, of a speaker.
    private struct Known {
        var track: SonosTrack
        var positionStamp: Double?
        var update: PlayerUpdate
        /// Whom it follows; nil when it leads or is alone.
        var coordinator: String?
        /// Who is in its group, if it says so.
        var members: Set<String>
    }

    private let base: String
    private var names: [String: String] = [:]
    private var known: [String: Known] = [:]

    init(base: String) { self.base = base }

    var filters: [String] { ["\(base)/+"] }
    var nextDeadline: Double? { nil }

    mutating func receive(_ message: SourceMessage) -> [SourceEvent] {
        guard message.topic != "\(base)/connected" else {
            // 2 is all well; 1 is no Sonos speaker, 0 nobody at all.
            let isWell = message.isRetained || message.payload.elementsEqual("2".utf8)
            return isWell ? [] : [.interrupted(at: message.at)]
        }
        guard let state = try? WireJSON.decode(message.payload), let uuid = state["uuid"]?.mediaText else {
            return []
        }
        guard names[uuid] != nil || names.count < SpeakerCensus.limit * 2 else { return [] }
        names[uuid] = name(state["name"]?.mediaText ?? uuid)
        let update = update(uuid, state, message)
        guard !message.isRetained else { return [.update(update)] }
        if let leader = known[uuid]?.coordinator, let leading = known[leader]?.update {
            return [.update(echo(of: leading, on: uuid, at: message.at))]
        }
        let members = known[uuid]?.members ?? []
        let followers = known.filter { $0.value.coordinator == uuid && (members.isEmpty || members.contains($0.key)) }
        return [.update(update)] + followers.keys.sorted().map { .update(echo(of: update, on: $0, at: message.at)) }
    }

    mutating func advance(to now: Moment) -> [SourceEvent] { [] }

    mutating func forget(_ speakerName: String) {
        for (uuid, name) in names where name == speakerName {
            names[uuid] = nil
            known[uuid] = nil
        }
    }

    private mutating func update(_ uuid: String, _ state: JSONValue, _ message: SourceMessage) -> PlayerUpdate {
        var track = SonosTrack(state["currentTrack"] ?? .null)
        let before = known[uuid]
        if let before { track.mark(after: before.track) }
        let position = state["position"] ?? .null
        let stamp = position.either("LastUpdate")?.mediaNumber
        // The position of the track before stays in the message until the next one is asked for.
        let isFresh = before == nil || before?.track.uri == track.uri || before?.positionStamp != stamp
        let age = stamp.flatMap { stamp in state["ts"]?.mediaNumber.map { max(0, $0 - stamp) / 1_000 } }
        let transport = Self.playerState(state["transportState"]?.mediaText)
        let isPlaying = transport == .playing || transport == .paused || transport == .buffering
        let seconds = isFresh ? position.either("Position")?.mediaText.flatMap(ClockTime.seconds) : nil
        let members = Self.members(state)
        let update = PlayerUpdate(
            speakerName: names[uuid] ?? uuid, state: transport, media: isPlaying ? track.media : nil,
            position: seconds.map { ReportedPosition(seconds: $0, ageS: age ?? 0, stamp: stamp) },
            groupMembers: group(uuid, state, members), isReplay: message.isRetained, at: message.at)
        if !message.isRetained {
            let coordinator = state["coordinatorUuid"]?.mediaText.flatMap { $0 == uuid ? nil : $0 }
            known[uuid] = Known(
                track: track, positionStamp: stamp, update: update, coordinator: coordinator,
                members: Set(members.compactMap { $0.either("Uuid")?.mediaText }))
        }
        return update
    }

    /// What a speaker plays that follows another.
    private func echo(of leading: PlayerUpdate, on uuid: String, at time: Moment) -> PlayerUpdate {
        PlayerUpdate(
            speakerName: names[uuid] ?? uuid, state: leading.state, media: leading.media,
            groupMembers: Self.each([leading.speakerName, names[uuid] ?? uuid]), at: time)
    }

    /// The group's members as it sends them; merging turns the list into an object once it has changed.
    private static func members(_ state: JSONValue) -> [JSONValue] {
        switch state["members"] {
        case .array(let members): members
        case .object(let members): members.sorted { $0.key < $1.key }.map(\.value)
        default: []
        }
    }

    /// Names of the group, its coordinator first.
    private mutating func group(_ uuid: String, _ state: JSONValue, _ members: [JSONValue]) -> [String] {
        for member in members {
            guard let uuid = member.either("Uuid")?.mediaText, let name = member.either("Name")?.mediaText else {
                continue
            }
            names[uuid] = self.name(name)
        }
        guard let coordinator = state["coordinatorUuid"]?.mediaText, coordinator != uuid else {
            guard !members.isEmpty else { return [] }
            let uuids = members.compactMap { $0.either("Uuid")?.mediaText }.filter { $0 != uuid }
            return Self.each(([uuid] + uuids).map { names[$0] ?? $0 })
        }
        return Self.each([coordinator, uuid].map { names[$0] ?? $0 })
    }

    /// Names without those that come again: the halves of a stereo pair have one.
    private static func each(_ names: [String]) -> [String] {
        names.enumerated().filter { !names.prefix($0.offset).contains($0.element) }.map(\.element)
    }

    /// The name as sonos2mqtt has it in topics, below its own base.
    private func name(_ name: String) -> String {
        let topic = name.lowercased().map { $0.isWhitespace ? "-" : "+#".contains($0) ? "_" : $0 }
        return "\(base)/\(String(topic))"
    }

    private static func playerState(_ text: String?) -> PlayerState {
        switch text {
        case "PLAYING": .playing
        case "PAUSED_PLAYBACK", "PAUSED": .paused
        case "TRANSITIONING": .buffering
        case "STOPPED", "NO_MEDIA_PRESENT": .idle
        default: .unknown
        }
    }
}

/// What a Sonos speaker says it plays.
private struct SonosTrack {
    private static let streams = [
        "x-sonosapi-stream:", "x-sonosapi-radio:", "x-sonosapi-hls:", "x-rincon-mp3radio:", "aac:", "hls-radio:",
        "http:", "https:",
    ]
    /// What a speaker that follows another gives as its address.
    private static let following = "x-rincon:"

    var title: String?
    var artist: String?
    var album: String?
    var uri: String?
    var durationS: Double?
    var kind: String
    /// Whether artist, album and duration are those of the track before.
    var isStale = false

    init(_ json: JSONValue) {
        title = json.either("Title")?.printable
        artist = json.either("Artist")?.printable
        album = json.either("Album")?.printable
        uri = json.either("TrackUri")?.mediaText
        durationS = json.either("Duration")?.mediaText.flatMap(ClockTime.seconds)
        kind = json.either("UpnpClass")?.mediaText ?? ""
        // What a speaker says while it has no title yet.
        if title?.hasPrefix("ZPSTR_") == true { title = nil }
    }

    /// Finds out what a stream cannot have, because it only stayed from the track before.
    mutating func mark(after before: SonosTrack) {
        let isStream = Self.streams.contains { uri?.hasPrefix($0) == true }
        let isLeft = artist == before.artist && album == before.album && durationS == before.durationS
        isStale = isStream && isLeft && (before.isStale || (uri != before.uri && title != before.title))
    }

    /// What it plays; nil when it only follows.
    var media: Media? {
        guard title != nil || uri != nil, uri?.hasPrefix(Self.following) != true else { return nil }
        return MediaDescription(
            title: title, artist: isStale ? nil : artist, album: isStale ? nil : album, uri: uri,
            durationS: isStale ? nil : durationS, type: kind
        ).media
    }
}

extension JSONValue {
    /// A field by its name as Sonos writes it, or in camel case.
    fileprivate func either(_ name: String) -> JSONValue? {
        self[name] ?? self[name.prefix(1).lowercased() + name.dropFirst()]
    }
}
