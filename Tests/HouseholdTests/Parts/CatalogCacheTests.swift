import HauntTestSupport
import Listening
import Synchronization
import Taste
import Testing

@testable import Household

@Suite("The catalog's index in memory, alone")
struct CatalogCacheTests {
    private let store: FailingStore
    private let interrupted: InterruptedStore
    private let cache: CatalogCache

    init() throws {
        store = try Example.store()
        interrupted = InterruptedStore(store)
        cache = CatalogCache(store: interrupted)
    }

    /// Adds a track of an artist to the stored catalog.
    @discardableResult
    private func insert(_ artist: String) throws -> Track {
        let added = try store.write { try $0.findOrAddTrack(heard: HeardMedia(title: "Song", artist: artist)).added }
        return try #require(added)
    }

    @Test("The index is built when it is first asked for and not again, so that it is there while the store is away")
    func builtOnce() throws {
        try insert("One")
        #expect(cache.builtIndex == nil)
        #expect(try cache.index().trackCount == 1)
        store.fault = ForeignError()
        #expect(try cache.index().trackCount == 1)
        #expect(cache.builtIndex?.trackCount == 1)
        #expect(throws: ForeignError.self) { try cache.tracks([1]) }
    }

    @Test("A build that fails keeps nothing, and the next one works")
    func failedBuild() throws {
        let track = try insert("One")
        cache.add(track)
        store.fault = ForeignError()
        #expect(throws: ForeignError.self) { try cache.index() }
        #expect(cache.builtIndex == nil)
        store.fault = nil
        #expect(try cache.index().trackCount == 1)
    }

    @Test("A track that is added is in the index, once if it was stored before, and in no copy that was handed out")
    func added() throws {
        cache.add(try insert("One"))
        let before = try cache.index()
        let track = try insert("Two")
        cache.add(track)
        cache.add(track)
        #expect(before.trackCount == 1)
        #expect(cache.builtIndex?.trackCount == 2)
        #expect(cache.builtIndex?.parse(vibe: "Two").artists == ["Two"])
    }

    @Test("An index that was dropped, even twice, is built anew from what is stored by then")
    func invalidated() throws {
        cache.invalidate()
        #expect(try cache.index().trackCount == 0)
        try insert("One")
        #expect(try cache.index().trackCount == 0)
        cache.invalidate()
        cache.invalidate()
        #expect(cache.builtIndex == nil)
        #expect(try cache.index().trackCount == 1)
    }

    @Test("A track that is added while the index is built is in it")
    func addedMeanwhile() throws {
        try insert("One")
        interrupted.afterNextRead { cache.add(try insert("Two")) }
        #expect(try cache.index().trackCount == 2)
        #expect(interrupted.reads == 1)
    }

    @Test("An index that is dropped while it is built is built again")
    func invalidatedMeanwhile() throws {
        try insert("One")
        interrupted.afterNextRead {
            try insert("Two")
            cache.invalidate()
        }
        #expect(try cache.index().trackCount == 2)
        #expect(interrupted.reads == 2)
        #expect(cache.builtIndex?.trackCount == 2)
    }
}

/// A store that has something happen between a read and what is made of it.
private final class InterruptedStore: HouseholdStore {
    private let store: any HouseholdStore
    private let interruption = Mutex<(@Sendable () throws -> Void)?>(nil)
    private let count = Mutex(0)

    init(_ store: any HouseholdStore) { self.store = store }

    /// How many reads there were.
    var reads: Int { count.withLock { $0 } }

    var bytesOnDisk: Int64 { store.bytesOnDisk }
    var schemaVersion: Int { store.schemaVersion }

    func afterNextRead(_ body: @escaping @Sendable () throws -> Void) { interruption.withLock { $0 = body } }

    func read<Value>(_ body: (any HouseholdReading) throws -> Value) throws -> Value {
        count.withLock { $0 += 1 }
        let value = try store.read(body)
        try interruption.withLock { $0.take() }?()
        return value
    }

    func write<Value>(_ body: (any HouseholdWriting) throws -> Value) throws -> Value { try store.write(body) }
}
