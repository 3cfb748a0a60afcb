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
    case playlistGenerated(PlaylistView)
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
    /// Something is forgotten for good. Whoever remembers events must forget them.
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

/// Told of every event, in order. Events come from the household's queue, those of the store from any thread.
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

/// Several observers as one. Each is told of every event, in order. The connection to the broker is that of the first.
public struct HouseholdObservers: HouseholdObserver {
    private let first: any HouseholdObserver
    private let others: [any HouseholdObserver]

    /// Creates it.
    public init(_ first: any HouseholdObserver, _ others: any HouseholdObserver...) {
        self.first = first
        self.others = others
    }

    /// Tells each observer.
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
