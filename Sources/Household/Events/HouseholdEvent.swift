public import Foundation
public import Wire

/// Something that happened in the house, for front doors to publish.
public enum HouseholdEvent: Sendable {
    /// A completed or partial listen was stored.
    case listenRecorded(ListenView)
    /// A skipped listen was stored.
    case listenSkipped(ListenView)
    /// Listens of a shared speaker went to somebody else than before, because their session was looked at again.
    case listensAttributed(AttributionChangeView)
    /// A play was no listen.
    case playIgnored(IgnoredPlayView)
    /// A profile's taste was rebuilt.
    case tasteRebuilt(TasteBuildView)
    /// A playlist was made; its `autoPlay` says whether the speaker should play it.
    case playlistGenerated(WrittenOnce<PlaylistView>)
    /// Input could not be taken.
    case rejected(RejectedView)
    /// A profile was added.
    case profileCreated(ProfileView)
    /// The view of a profile may have changed.
    case profileChanged(ProfileView)
    /// A profile was removed.
    case profileRemoved(name: String)
    /// The view of a speaker changed.
    case speakerChanged(SpeakerView)
    /// Who is listening at the shared speaker with this topic level changed.
    case listenerChanged(ListenerView, topic: String)
    /// Nobody knows who is listening at a shared speaker, and a person may be asked. At most once a session.
    case listenerAsked(ListenerView)
    /// A shared speaker plays while all who share it are away. At most once a session.
    case everybodyAway(ListenerView)
    /// The speaker with this topic level is not shared any more.
    case listenerRemoved(topic: String)
    /// The speaker with this topic level was removed, or is an alias of another one by now.
    case speakerRemoved(topic: String)
    /// Something was deleted for good. Stored events must be deleted, too.
    case purged
    /// What a library does, or how far it was read, changed.
    case libraryChanged(LibraryView)
    /// The catalog has what a library has.
    case librarySynced(LibrarySyncView)
    /// The store has a problem; nil when it works again.
    case storeChanged(problem: String?)
    /// Somebody asked for the health, or it is due.
    case healthChecked(HealthView)
}

/// Is notified of every event, in order. Events come from the household's queue, those of the store from any thread.
public protocol HouseholdObserver: Sendable {
    /// Takes note of an event. It must neither block nor call the household.
    func householdDid(_ event: HouseholdEvent)
    /// The connection to the broker, on which playlists are sent to speakers.
    var broker: BrokerStatus { get }
}

extension HouseholdObserver {
    /// No problem, for observers that send nothing.
    public var broker: BrokerStatus { BrokerStatus() }
}

/// Several observers as one. Each is notified of every event, in order. The connection to the broker is that of the first.
public struct HouseholdObservers: HouseholdObserver {
    private let first: any HouseholdObserver
    private let others: [any HouseholdObserver]

    /// Creates it.
    public init(_ first: any HouseholdObserver, _ others: any HouseholdObserver...) {
        self.first = first
        self.others = others
    }

    /// Notifies each observer.
    public func householdDid(_ event: HouseholdEvent) {
        first.householdDid(event)
        for other in others { other.householdDid(event) }
    }

    /// The connection to the broker.
    public var broker: BrokerStatus { first.broker }
}

/// An observer that ignores all events.
public struct NullObserver: HouseholdObserver {
    /// Creates it.
    public init() {}
    /// Does nothing.
    public func householdDid(_ event: HouseholdEvent) {}
}

/// An event as front doors publish it: `{"data": …, "type": "listen_recorded"}`.
public struct Announcement: WrittenJSON, Sendable {
    /// Whom an event is for.
    public enum Reach: Sendable {
        /// MQTT's event topic, and the event stream.
        case everywhere
        /// The event stream, which can repeat it to somebody who missed it.
        case stream
        /// The event stream. Somebody who missed it gets the present state instead.
        case state
    }

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

    /// Put together, because the data may be written already.
    public var json: Data {
        get throws { try Data("{\"data\":".utf8) + WireJSON.encode(data) + Data(",\"type\":\"\(type)\"}".utf8) }
    }
}

extension HouseholdEvent {
    /// What front doors publish of it; nil for an event that they do not publish.
    public var announcement: Announcement? {
        switch self {
        case .listenRecorded(let listen): Announcement("listen_recorded", listen)
        case .listenSkipped(let listen): Announcement("listen_skipped", listen)
        case .listensAttributed(let change): Announcement("listen_attributed", change)
        case .playIgnored(let play): Announcement("play_ignored", play, .stream)
        case .tasteRebuilt(let build): Announcement("taste_rebuilt", build)
        case .playlistGenerated(let playlist): Announcement("playlist_generated", playlist.published)
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
