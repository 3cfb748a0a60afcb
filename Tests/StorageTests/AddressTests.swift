import Household
import Storage
import Testing

@Suite("Addresses of tracks")
struct AddressTests {
    let store: HouseholdDatabase

    init() throws { store = try .inMemory() }

    private func song(_ name: String, _ uri: String?) -> TrackDetails {
        TrackDetails(artist: "Some Band", title: name, uri: uri)
    }

    private func importing(_ rows: [(String, String?)]) throws -> [Int] {
        let counts = try store.write {
            try $0.importTracks(rows.map { song($0.0, $0.1) }, isDemo: false, hasMore: false)
        }
        return [counts.added, counts.updated]
    }

    /// Each title with the address that the track has in the library `files`.
    private func files() throws -> [String: String] {
        try store.read { store in
            var ids: [Track.ID] = []
            try store.forEachTrack { ids.append($0.id) }
            return try store.tracks(ids).reduce(into: [:]) { $0[$1.details.title] = $1.details.uri }
        }
    }

    @Test("After a catalog file with permuted addresses each address belongs to the track that has it there")
    func permutation() throws {
        let names = (0..<15).map { "Song \($0)" }
        #expect(try importing(names.enumerated().map { ($1, "library://track/\($0)") }) == [15, 0])
        for step in 1...4 {
            let rows = names.enumerated().map { ($1, "library://track/\(($0 * 7 + step) % 15)" as String?) }
            #expect(try importing(rows) == [0, 15])
            #expect(try files() == rows.reduce(into: [:]) { $0[$1.0] = $1.1 })
        }
    }

    @Test("A chain of addresses ends where the file says, whatever the order of its rows", arguments: [false, true])
    func chain(isReversed: Bool) throws {
        _ = try importing([("A", "u1"), ("B", "u2"), ("C", "u3")])
        let rows: [(String, String?)] = [("A", "u2"), ("B", "u3"), ("C", "u4"), ("New", "u1")]
        #expect(try importing(isReversed ? rows.reversed() : rows) == [1, 3])
        #expect(try files() == ["A": "u2", "B": "u3", "C": "u4", "New": "u1"])
    }

    @Test("A chain of addresses that crosses batches is right at the first import", arguments: 1...4)
    func chainAcrossBatches(size: Int) throws {
        _ = try importing([("A", "u1"), ("B", "u2"), ("C", "u3"), ("Old name", "u9")])
        let rows: [(String, String?)] = [
            ("New", "u1"), ("New name", "u9"), ("C", "u4"), ("B", "u3"), ("A", "u2"),
        ]
        var undecided: [TrackDetails] = []
        for start in stride(from: 0, to: rows.count, by: size) {
            let batch = rows[start..<min(start + size, rows.count)].map { song($0.0, $0.1) }
            let counts = try store.write { try $0.importTracks(batch, isDemo: false, hasMore: true) }
            undecided += counts.undecided.map { batch[$0] }
        }
        let last = try store.write { try $0.importTracks(undecided, isDemo: false, hasMore: false) }
        #expect(last.undecided.isEmpty)
        #expect(try files() == ["A": "u2", "B": "u3", "C": "u4", "New": "u1", "Old name": "u9"])
    }

    @Test("A new song with the address of a song that has another one now is no new name of that song")
    func takenOver() throws {
        _ = try importing([("Old", "u1")])
        #expect(try importing([("New", "u1"), ("Old", "u2")]) == [1, 1])
        #expect(try files() == ["New": "u1", "Old": "u2"])
        #expect(try importing([("Newer", "u1")]) == [0, 1])
        #expect(try files() == ["New": "u1", "Old": "u2"])
    }

    @Test("A row without an address takes none away")
    func empty() throws {
        _ = try importing([("A", "u1")])
        _ = try importing([("A", nil)])
        #expect(try files() == ["A": "u1"])
    }

    @Test("A listen belongs to the track of its names, and gives its address to no track while another one has it")
    func listens() throws {
        _ = try importing([("A", "library://track/1"), ("B", nil)])
        let heard = try store.write {
            try $0.findOrAddTrack(heard: Sample.media("B", uri: "library://track/1"))
        }
        #expect(try files() == ["A": "library://track/1"])
        #expect(try store.read { try $0.tracks([heard.id]) }.map(\.details.title) == ["B"])
        _ = try store.write { try $0.findOrAddTrack(heard: Sample.media("B", uri: "library://track/2")) }
        #expect(try files() == ["A": "library://track/1", "B": "library://track/2"])
    }

    // MARK: - Libraries

    private func read(_ rows: [(String, String)], generation: Int) throws -> LibraryCounts {
        try store.write { store in
            try store.saveLibrary(try store.library("ma") ?? StoredLibrary(name: "ma"))
            return try store.importTracks(
                rows.map { LibraryTrack(uri: $0.1, details: song($0.0, nil)) }, ofLibrary: "ma", generation: generation)
        }
    }

    private func end(_ generation: Int) throws -> [Int] {
        try store.write { store in
            [
                try store.moveAddresses(ofLibrary: "ma", generation: generation, limit: 100),
                try store.removeAddresses(ofLibrary: "ma", before: generation, limit: 100),
            ]
        }
    }

    private func addresses() throws -> [String: String] {
        try store.read { store in
            var ids: [Track.ID] = []
            var titles: [Track.ID: String] = [:]
            try store.forEachTrack { track in
                ids.append(track.id)
                titles[track.id] = track.details.title
            }
            return try store.addresses(of: ids).reduce(into: [:]) { $0[titles[$1.key] ?? ""] = $1.value["ma"] }
        }
    }

    @Test("Addresses of a library move when its reading ends, and not before")
    func moved() throws {
        #expect(try read([("A", "u1"), ("B", "u2"), ("C", "u3")], generation: 1) == LibraryCounts(added: 3))
        #expect(try end(1) == [0, 0])
        #expect(try read([("A", "u2"), ("B", "u1"), ("D", "u3")], generation: 2) == LibraryCounts(added: 1, known: 2))
        #expect(try addresses() == ["A": "u1", "B": "u2", "C": "u3"])
        #expect(try store.read { try $0.tracksLost(byLibrary: "ma", generation: 2) } == 1)
        #expect(try end(2) == [3, 0])
        #expect(try addresses() == ["A": "u2", "B": "u1", "D": "u3"])
    }

    @Test("A track of which a library has several addresses keeps one as long as one is left")
    func several() throws {
        _ = try read([("A", "u1"), ("A", "u2"), ("B", "u3")], generation: 1)
        _ = try end(1)
        #expect(try store.read { try $0.trackCount(ofLibrary: "ma") } == 2)
        _ = try read([("A", "u2")], generation: 2)
        #expect(try store.read { try $0.tracksLost(byLibrary: "ma", generation: 2) } == 1)
        #expect(try end(2) == [0, 2])
        #expect(try addresses() == ["A": "u2"])
    }

    @Test("What a library no longer has keeps its listens")
    func lost() throws {
        _ = try read([("A", "u1")], generation: 1)
        try store.write { try $0.record(Sample.listen("e1", Sample.media("A"))) }
        _ = try read([], generation: 2)
        #expect(try end(2) == [0, 1])
        #expect(try addresses().isEmpty)
        #expect(try store.read { try $0.listen(eventID: "e1") }?.event.media.title == "A")
    }

    @Test("A track that a library has is not forgotten with the last listen of it")
    func forgotten() throws {
        _ = try read([("A", "u1")], generation: 1)
        let ids = try store.write { store in
            let ids = try ["A", "B"].map { try store.findOrAddTrack(heard: Sample.media($0)).id }
            try store.deleteForgottenTracks(among: ids)
            return ids
        }
        #expect(try store.read { try $0.tracks(ids) }.map(\.details.title) == ["A"])
    }

    @Test("An address that a library was read to have counts before one that a file once said")
    func newest() throws {
        _ = try importing([("Old", "library://track/1")])
        _ = try read([("New", "library://track/1")], generation: 1)
        let id = try store.read { try $0.trackID(of: HeardMedia(uri: "library://track/1")) }
        #expect(try store.read { try $0.tracks([#require(id)]) }.map(\.details.title) == ["New"])
    }
}
