/// What front doors say of an event, in JSON: its name and its data.
public struct Announcement: Encodable, Sendable {
    /// Whom an event is for.
    public enum Reach: Sendable {
        /// MQTT's event topic, and the event stream.
        case everywhere
        /// The event stream, which can repeat it to somebody who missed it.
        case stream
        /// The event stream. Somebody who missed it gets the present state instead.
        case state
    }

    private enum Key: String, CodingKey { case type, data }

    /// Its name, as in `listen_recorded`.
    public let type: String
    public let data: any Encodable & Sendable
    /// Whom it is for.
    public let reach: Reach

    /// Creates an announcement.
    public init(_ type: String, _ data: any Encodable & Sendable, _ reach: Reach = .everywhere) {
        self.type = type
        self.data = data
        self.reach = reach
    }

    /// Writes `type` and `data`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(type, forKey: .type)
        try container.encode(data, forKey: .data)
    }
}

extension HouseholdEvent {
    /// What front doors say of it; nil for what concerns nobody outside.
    public var announcement: Announcement? {
        switch self {
        case .listenRecorded(let listen): Announcement("listen_recorded", listen)
        case .listenSkipped(let listen): Announcement("listen_skipped", listen)
        case .listensAttributed(let change): Announcement("listen_attributed", change)
        case .playIgnored(let play): Announcement("play_ignored", play, .stream)
        case .tasteRebuilt(let build): Announcement("taste_rebuilt", build)
        case .playlistGenerated(let playlist): Announcement("playlist_generated", playlist.withoutWish)
        case .rejected(let rejected): Announcement("rejected", rejected)
        case .profileCreated(let profile): Announcement("profile_created", profile)
        case .profileRemoved(let name): Announcement("profile_removed", ["name": name])
        case .profileChanged(let profile): Announcement("profile_changed", profile, .stream)
        case .speakerChanged(let speaker): Announcement("speaker_changed", speaker, .state)
        case .speakerRemoved(let topic): Announcement("speaker_removed", ["topic": topic], .state)
        case .listenerChanged(let listener, _): Announcement("listener_changed", listener, .state)
        case .listenerAsked(let listener): Announcement("listener_question", listener)
        case .everybodyAway(let listener): Announcement("everybody_away", listener)
        case .listenerRemoved(let topic): Announcement("listener_removed", ["topic": topic], .state)
        case .healthChecked(let health): Announcement("health", health, .state)
        case .libraryChanged(let library): Announcement("library_changed", library)
        case .librarySynced(let sync): Announcement("library_synced", sync)
        case .purged: Announcement("reset", [String: String](), .state)
        case .storeChanged: nil
        }
    }
}
