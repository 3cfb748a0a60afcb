public import Household
import Synchronization

/// An observer that remembers what it was told.
public final class EventRecorder: HouseholdObserver {
    private let recorded = Mutex<[HouseholdEvent]>([])

    /// Creates an empty recorder.
    public init() {}

    /// Remembers an event.
    public func householdDid(_ event: HouseholdEvent) { recorded.withLock { $0.append(event) } }

    /// All events so far, in order.
    public var events: [HouseholdEvent] { recorded.withLock { $0 } }

    /// Lists that were made, in order.
    public var playlists: [PlaylistView] {
        events.compactMap { if case .playlistGenerated(let list) = $0 { list } else { nil } }
    }

    /// Listens that were stored, skipped ones included, in order.
    public var listens: [ListenView] {
        events.compactMap { event in
            switch event {
            case .listenRecorded(let listen), .listenSkipped(let listen): listen
            default: nil
            }
        }
    }

    /// Problems of the store as they were told; nil stands for its end.
    public var storeProblems: [String?] {
        events.compactMap { if case .storeChanged(let problem) = $0 { .some(problem) } else { nil } }
    }
}
