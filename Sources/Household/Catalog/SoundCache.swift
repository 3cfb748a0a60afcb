import Synchronization
import Taste

/// The sounds of the catalog in memory: read from the store when first needed, then kept.
///
/// ## Concurrency model
/// It is called from any thread. What is known is in a mutex; a second one keeps two readers from reading at once.
final class SoundCache: Sendable {
    private struct Known {
        var space: String
        var index: SoundIndex
    }

    private enum State {
        case unread
        /// nil where no track has a vector.
        case read(Known?)
    }

    private let store: any HouseholdStore
    private let state = Mutex((known: State.unread, generation: 0))
    private let reading = Mutex(())

    init(store: any HouseholdStore) { self.store = store }

    /// The sounds of the newest space that is complete; nil where no track has one. Reading 100,000 takes half a second.
    func index() throws -> SoundIndex? { try known()?.index }

    /// Drops them, because there are others.
    func forget() { state.withLock { $0 = (.unread, $0.generation + 1) } }

    /// The tracks that sound most like a track, the nearest first; none for a track without a sound.
    ///
    /// - Parameters:
    ///   - id: The track. It is not among its neighbours.
    ///   - limit: How many are wanted.
    ///   - isAllowed: Which tracks count.
    /// - Returns: The tracks.
    /// - Throws: What the store throws.
    func neighbors(
        of id: TrackID, limit: Int, among isAllowed: (TrackID) -> Bool
    ) throws -> [TrackID] {
        guard let known = try known(), let point = try points(of: [id], in: known).first?.point else { return [] }
        let candidates = known.index.candidates(near: point, limit: limit) { $0 != id && isAllowed($0) }
        return candidates.nearest(to: point, try points(of: candidates.undecided, in: known))
    }

    private func points(of ids: [TrackID], in known: Known) throws -> [(id: TrackID, point: SoundPoint)] {
        let sounds = try store.read { try $0.sounds(of: ids.map { Track.ID($0) }, inSpace: known.space) }
        return sounds.compactMap { sound in SoundPoint(sound.values).map { (TrackID(sound.id), $0) } }
    }

    private func known() throws -> Known? {
        if case .read(let known) = state.withLock({ $0.known }) { return known }
        return try reading.withLock { _ in
            let (last, generation) = state.withLock { $0 }
            if case .read(let known) = last { return known }
            let known = try read()
            // What was read before others came is good for this list, and is not kept.
            state.withLock { if $0.generation == generation { $0.known = .read(known) } }
            return known
        }
    }

    private func read() throws -> Known? {
        try store.read { store in
            guard let space = try store.soundSpaces(ofLibrary: nil).inUse.last else { return nil }
            var index: SoundIndex?
            try store.forEachSound(inSpace: space.name) { id, values in
                guard let point = SoundPoint(values) else { return }
                if index == nil { index = SoundIndex(dimensions: values.count, capacity: space.tracks) }
                index?.add(TrackID(id), point)
            }
            return index.map { Known(space: space.name, index: $0) }
        }
    }
}
