import CMalloc
import Synchronization
import Taste

/// The catalog's index in memory: built from the store when first needed, then kept up to date.
///
/// ## Concurrency model
/// Ranking runs outside of the household, on copies of the index. All state is in one mutex; a second one keeps two
/// builders from building at once.
final class CatalogCache: Sendable {
    private struct State {
        var index: CatalogIndex?
        /// Tracks that were added since the build of an index began; nil while none is being built.
        var arrivals: [TrackDescription]?
        var generation = 0
    }

    let store: any HouseholdStore
    private let state = Mutex(State())
    private let building = Mutex(())
    private let preparedTastes = Mutex(PreparedTastes())
    private let addressed = Mutex(AddressedTracks())
    let sounds: SoundCache

    init(store: any HouseholdStore) {
        self.store = store
        sounds = SoundCache(store: store)
    }

    /// The index. Building it takes some tenths of a second for 100,000 tracks, on the calling thread.
    func index() throws -> CatalogIndex {
        if let index = builtIndex { return index }
        return try building.withLock { _ in
            while true {
                if let index = builtIndex { return index }
                if let index = try builtOnce() { return index }
            }
        }
    }

    /// The index if it is in memory.
    var builtIndex: CatalogIndex? { state.withLock { $0.index } }

    /// Tracks with these ids, in no order.
    func tracks(_ ids: [Track.ID]) throws -> [Track] { try store.read { try $0.tracks(ids) } }

    /// The tracks that have these addresses in a library, in the same order, each once.
    func tracks(at addresses: [String], inLibrary name: String) throws -> [TrackID] {
        let ids = try store.read { try $0.trackIDs(at: addresses, inLibrary: name) }
        var seen: Set<TrackID> = []
        return addresses.compactMap { ids[$0].map { TrackID($0) } }.filter { seen.insert($0).inserted }
    }

    /// The track that is heard as this; nil for one that the catalog does not have.
    func trackID(of media: HeardMedia) throws -> TrackID? {
        try store.read { try $0.trackID(of: media) }.map { TrackID($0) }
    }

    /// Adds a track that is new in the catalog.
    func add(_ track: Track) {
        let track = TrackDescription(track)
        state.withLock { state in
            state.index?.add(track)
            state.arrivals?.append(track)
        }
    }

    /// Drops the index, because much of the catalog is new.
    func invalidate() {
        state.withLock { state in
            state.index = nil
            state.generation += 1
        }
        preparedTastes.withLock { $0.forget() }
        forgetAddresses()
    }

    /// Drops what is known of which tracks have an address.
    func forgetAddresses() { addressed.withLock { $0.forget() } }

    /// What to rank by for one person, or for a guest, with a prepared taste: the one that is kept, if it is the same
    /// taste still.
    func ranking(
        _ question: PlaylistQuestion, for person: PersonalTaste?, _ wish: UnderstoodWish, in index: CatalogIndex
    ) throws -> RankingRequest {
        var ranking = question.ranking(for: person, wish)
        ranking.playable = try playable(question.addressing, in: index)
        guard let person, let version = person.version else { return ranking }
        let profile = person.profile.id
        ranking.preparedTaste = preparedTastes.withLock { tastes in
            tastes.taste(of: profile, version: version) { $0.fits(index, at: question.now) }
        }
        guard ranking.preparedTaste == nil, let taste = person.taste else { return ranking }
        ranking.preparedTaste = PreparedTaste(taste, in: index, now: question.now)
        if let prepared = ranking.preparedTaste {
            preparedTastes.withLock { $0.keep(prepared, of: profile, version: version) }
        }
        return ranking
    }

    /// The tracks that have an address in the libraries of a list; nil when a list may have all tracks.
    func playable(_ addressing: Addressing, in index: CatalogIndex) throws -> PlayableTracks? {
        let libraries = addressing.required
        guard !libraries.isEmpty else { return nil }
        let (known, generation) = addressed.withLock { ($0[libraries], $0.generation) }
        if let known, known.tracks.fits(index) { return known.tracks }
        var set = known?.set ?? TrackSet()
        if known == nil { try store.read { try $0.forEachTrack(inLibraries: libraries) { set.insert(TrackID($0)) } } }
        let tracks = PlayableTracks(set, in: index)
        addressed.withLock { $0.keep(set, tracks, of: libraries, generation) }
        return tracks
    }

    /// Builds the index and keeps it; nil when the catalog changed too much meanwhile.
    private func builtOnce() throws -> CatalogIndex? {
        let generation = state.withLock { state in
            state.arrivals = []
            return state.generation
        }
        defer { state.withLock { $0.arrivals = nil } }
        return keep(try build(), generation: generation)
    }

    private func build() throws -> CatalogIndex {
        var builder = CatalogIndex.Builder()
        try store.read { try $0.forEachTrack { builder.add(TrackDescription($0)) } }
        let index = builder.build()
        // Building frees as much as the index takes; the allocator would keep it for good.
        malloc_trim(0)
        return index
    }

    /// Keeps an index, unless the catalog changed while it was built.
    private func keep(_ index: CatalogIndex, generation: Int) -> CatalogIndex? {
        state.withLock { state in
            guard state.generation == generation else { return nil }
            var index = index
            for track in state.arrivals ?? [] { index.add(track) }
            state.index = index
            return index
        }
    }
}

/// Which tracks have an address in a set of libraries, for the sets that lists were asked for.
private struct AddressedTracks {
    private var entries: [[String]: (set: TrackSet, tracks: PlayableTracks)] = [:]
    /// Counts what made them wrong, so that what was read before is not kept after.
    private(set) var generation = 0

    subscript(libraries: [String]) -> (set: TrackSet, tracks: PlayableTracks)? { entries[libraries] }

    mutating func keep(_ set: TrackSet, _ tracks: PlayableTracks, of libraries: [String], _ generation: Int) {
        if generation == self.generation { entries[libraries] = (set, tracks) }
    }

    mutating func forget() {
        entries = [:]
        generation += 1
    }
}
