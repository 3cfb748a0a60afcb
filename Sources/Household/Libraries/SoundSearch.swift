import Taste

/// Finds tracks of a library by words that describe sound.
public protocol SoundSearching: Sendable {
    /// Searches, as long as a person waits for a list. The order is what counts: how near a sound is to words means nothing
    /// as a number.
    ///
    /// - Parameters:
    ///   - words: English words.
    ///   - limit: How many tracks are wanted at most, 1…500.
    /// - Returns: Addresses of tracks, the best first.
    /// - Throws: ``LibraryProblem``, `CancellationError`.
    func search(_ words: String, limit: Int) async throws -> [String]

    /// Asks the server to load its model of words, which it lets go of when nobody searches.
    func warmUp() async
}

/// Makes the search of a library, with the secret that its file has now.
///
/// - Throws: ``LibraryProblem``.
public typealias SoundConnecting = @Sendable (LibrarySettings) throws -> any SoundSearching

/// Whether a list is ranked by sound, too.
public enum SoundUse: String, Codable, CaseIterable, Sendable {
    /// A search by sound has a say in it.
    case used
    /// The search did not answer in time, or not in a way that is understood. The words alone decide.
    case away
    /// Nobody can be asked, or the words say nothing of how music sounds, or the search found nothing of the catalog.
    case none
}

/// What searches by sound found for a wish.
struct FoundSound: Sendable {
    var use = SoundUse.none
    /// What each found, the best first.
    private(set) var orders: [[TrackID]] = []

    /// Adds what a search found.
    mutating func add(_ order: [TrackID]) {
        guard !order.isEmpty else { return }
        orders.append(order)
        use = .used
    }
}

/// Asks for the sound of a wish, outside of the household.
struct SoundSearch: Sendable {
    /// How many tracks are asked for: as many as AudioMuse tells.
    private static let limit = 500

    /// The library to ask; nil when there is none.
    let library: LibrarySettings?
    let connect: SoundConnecting?
    /// Called before the search begins.
    let waits: @Sendable () -> Void

    /// Searches for what a wish was understood to ask for.
    ///
    /// - Throws: What the store throws; `CancellationError`. A search that fails is ``SoundUse/away``.
    func find(_ vibe: Vibe?, in catalog: CatalogCache) async throws -> FoundSound {
        guard let words = vibe?.soundWords, let library, let connect else { return FoundSound() }
        let addresses: [String]
        do {
            waits()
            addresses = try await connect(library).search(words, limit: Self.limit)
        } catch {
            try Task.checkCancellation()
            return FoundSound(use: .away)
        }
        var found = FoundSound()
        found.add(try catalog.tracks(at: addresses, inLibrary: library.name))
        return found
    }
}

extension HouseholdSettings {
    /// The library that is asked for the sound of words: the first that knows it.
    var soundLibrary: LibrarySettings? { libraries.first { $0.kind == .audiomuse } }
}

extension Household {
    /// Reads the vectors that a library brought into memory, so that the first list like a track need not wait for them.
    @concurrent
    nonisolated func readSounds(of library: LibrarySettings) async {
        guard library.hasSounds else { return }
        // A list that needs them says what is wrong with the store.
        _ = try? catalog.sounds.index()
    }

    /// Has a library load its model of words, so that the first wish need not wait for it.
    nonisolated func warmUpSound(of library: LibrarySettings) async {
        guard library.kind == .audiomuse, let connectSound else { return }
        await (try? connectSound(library))?.warmUp()
    }
}
