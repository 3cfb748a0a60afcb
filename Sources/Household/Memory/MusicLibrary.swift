import Synchronization
import Taste

/// The catalog as the taste sees it: built from the store when first asked for, then kept up.
final class MusicLibrary: Sendable {
    private struct State {
        var index: MusicIndex?
        /// Tracks that came while an index was being built.
        var arrivals: [TrackDescription] = []
        var generation = 0
    }

    private let store: any HouseholdStore
    private let state = Mutex(State())
    private let building = Mutex(())

    init(store: any HouseholdStore) { self.store = store }

    /// The index, built first if need be: some tenths of a second for 100,000 tracks, on the calling thread.
    func index() throws -> MusicIndex {
        if let index = state.withLock({ $0.index }) { return index }
        return try building.withLock { _ in
            if let index = state.withLock({ $0.index }) { return index }
            while true {
                let generation = state.withLock {
                    $0.arrivals = []; return $0.generation
                }
                if let index = keep(try build(), generation: generation) { return index }
            }
        }
    }

    /// The index, if anybody has asked for it.
    var builtIndex: MusicIndex? { state.withLock { $0.index } }

    /// Takes in a track that the catalog did not have.
    func add(_ track: TrackDescription) {
        state.withLock { state in
            if state.index == nil { state.arrivals.append(track) } else { state.index?.add(track) }
        }
    }

    /// Forgets the index, because much of the catalog is new.
    func invalidate() {
        state.withLock { state in
            state.index = nil
            state.generation += 1
        }
    }

    private func build() throws -> MusicIndex {
        var builder = MusicIndex.Builder()
        try store.read { try $0.forEachTrack { builder.add($0) } }
        return builder.build()
    }

    /// Keeps an index unless the catalog changed under it.
    private func keep(_ index: MusicIndex, generation: Int) -> MusicIndex? {
        state.withLock { state in
            guard state.generation == generation else { return nil }
            var index = index
            for track in state.arrivals { index.add(track) }
            state.index = index
            return index
        }
    }
}
