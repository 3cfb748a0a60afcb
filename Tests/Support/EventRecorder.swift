public import Household
import Synchronization
import Wire

/// An observer that keeps all events.
public final class EventRecorder: HouseholdObserver {
    private let recorded = Mutex<[HouseholdEvent]>([])
    private let status = Mutex(BrokerStatus())
    private let (news, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    public init() {}

    /// The connection to the broker, as the household sees it.
    public var broker: BrokerStatus {
        get { status.withLock { $0 } }
        set { status.withLock { $0 = newValue } }
    }

    public func householdDid(_ event: HouseholdEvent) {
        recorded.withLock { $0.append(event) }
        continuation.yield()
    }

    /// Waits until what happened is as it should be. One test waits at a time.
    public func wait(until isDone: (EventRecorder) -> Bool) async {
        guard !isDone(self) else { return }
        for await _ in news where isDone(self) { return }
    }

    /// All events so far, in order.
    public var events: [HouseholdEvent] { recorded.withLock { $0 } }

    /// The generated playlists, in order.
    public var playlists: [PlaylistView] {
        events.compactMap { if case .playlistGenerated(let list) = $0 { list.value } else { nil } }
    }

    /// The stored listens, including skipped ones, in order.
    public var listens: [ListenView] {
        events.compactMap { event in
            switch event {
            case .listenRecorded(let listen), .listenSkipped(let listen): listen
            default: nil
            }
        }
    }

    /// The reported problems of the store, in order; nil when it worked again.
    public var storeProblems: [String?] {
        events.compactMap { if case .storeChanged(let problem) = $0 { .some(problem) } else { nil } }
    }
}
