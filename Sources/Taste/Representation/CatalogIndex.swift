/// The catalog as taste sees it: an immutable snapshot that ranking reads without a lock.
///
/// A value: ``add(_:)`` changes a copy that nobody else holds in place, and one that is being ranked is left as it was.
public struct CatalogIndex: Sendable {
    /// Which rows it has: another one as soon as a track comes in.
    private(set) var identity = CatalogIdentity()
    private(set) var tracks: [IndexedTrack] = []
    /// What was measured of each track; empty while the index is built.
    private(set) var trackSounds: [MeasuredSound] = []
    /// Audio features of each track, unknown ones not a number, while the index is built.
    private var features: [SIMD8<Float>] = []
    private var isBuilt = false
    private(set) var artists: [IndexedArtist] = []
    private(set) var trackRows: [TrackID: Int32] = [:]
    private(set) var artistRows: [String: Int32] = [:]
    private(set) var tags: TagVocabulary
    /// Artists as unit vectors over the features of their tags.
    private(set) var artistVectors = SparseRows()
    /// Artists as unit vectors over their tags alone.
    private(set) var tagVectors = SparseRows()
    /// Artists as unit vectors in the space of the embedding; zero without tags.
    private(set) var artistPlaces = PlaceRows()
    /// What artists' tracks sound like, in standard deviations from the catalog's mean: as measured, and as what has the
    /// same tags.
    private(set) var artistSounds: [SIMD8<Float>] = []
    /// How well known each artist is.
    private(set) var artistPriors: [Float] = []
    /// Of which decades each artist's tracks are.
    private(set) var artistDecades: [DecadeShares] = []
    /// Of which artists most tags say that somebody speaks: audio plays, stories, readings.
    private(set) var spoken: [Bool] = []
    private var tagSounds = TagSounds()
    private(set) var embedding = TagEmbedding()
    private(set) var statistics = CatalogStatistics()
    /// Names as written and the genres they last came with, while many tracks come in: normalising each would take longer.
    private var written: [String: (row: Int32, genres: [String])] = [:]

    init(tags: TagVocabulary = TagVocabulary()) { self.tags = tags }

    /// How many tracks there are.
    public var trackCount: Int { tracks.count }

    /// How many artists there are.
    public var artistCount: Int { artists.count }

    /// Takes in a track that the catalog did not have; rarity of tags stays as it was when the index was built.
    public mutating func add(_ track: TrackDescription) {
        identity = CatalogIdentity()
        let row = Int(insert(track))
        written = [:]
        updateVectors(ofArtist: row)
    }

    /// Takes in a track, or what is new of one that is there.
    ///
    /// - Returns: The row of its artist.
    mutating func insert(_ track: TrackDescription) -> Int32 {
        let artist = artistRow(of: track)
        for genre in track.genres {
            if let tag = tags.intern(genre) { artists[Int(artist)].add(tag, weight: TagWeight.ofTrack) }
        }
        let indexed = IndexedTrack(track, artist: artist)
        if let known = trackRows[track.id] {
            let former = tracks[Int(known)].artist
            if former != artist {
                artists[Int(former)].tracks.removeAll { $0 == known }
                artists[Int(artist)].tracks.append(known)
            }
            tracks[Int(known)] = indexed
        } else {
            trackRows[track.id] = Int32(tracks.count)
            artists[Int(artist)].tracks.append(Int32(tracks.count))
            tracks.append(indexed)
        }
        setSound(of: track, row: trackRows[track.id].map(Int.init) ?? 0)
        return artist
    }

    private mutating func setSound(of track: TrackDescription, row: Int) {
        let lanes = track.features?.lanes ?? SIMD8(repeating: .nan)
        if isBuilt {
            Self.set(&trackSounds, MeasuredSound(lanes, in: statistics), row)
        } else {
            Self.set(&features, lanes, row)
        }
    }

    private mutating func artistRow(of track: TrackDescription) -> Int32 {
        let name = track.artist ?? ""
        if let known = written[name], known.genres == track.artistGenres { return known.row }
        let key = TrackIdentity.artistKey(of: name)
        let row = artistRows[key] ?? Int32(artists.count)
        if row == artists.count {
            artistRows[key] = row
            artists.append(IndexedArtist(name: name, key: key))
        }
        artists[Int(row)].rename(name)
        for genre in track.artistGenres {
            if let tag = tags.intern(genre) { artists[Int(row)].ensure(tag, weight: TagWeight.ofArtist) }
        }
        written[name] = (row, track.artistGenres)
        return row
    }

    /// Computes all that depends on the whole catalog.
    mutating func finish() {
        written = [:]
        isBuilt = true
        groupTracks()
        inheritTags()
        statistics = CatalogStatistics(features: features, artists: artists, tags: tags)
        trackSounds = features.map { [statistics] in MeasuredSound($0, in: statistics) }
        features = []
        embedding = TagEmbedding(artists: artists, tagCount: tags.names.count)
        tagSounds = TagSounds(
            artists: artists, sounds: trackSounds, tagCount: tags.names.count)
        for row in artists.indices { updateVectors(ofArtist: row) }
    }

    /// Puts the tracks of each artist side by side, the best known first, because they are looked at one after the other.
    private mutating func groupTracks() {
        for row in artists.indices { artists[row].sortTracks(tracks) }
        let order = artists.flatMap(\.tracks)
        tracks = order.map { tracks[Int($0)] }
        features = order.map { features[Int($0)] }
        var next: Int32 = 0
        for row in artists.indices {
            let rows = next..<next + Int32(artists[row].tracks.count)
            artists[row].tracks = Array(rows)
            next = rows.upperBound
        }
        for (row, track) in tracks.enumerated() { trackRows[track.id] = Int32(row) }
    }

    /// A shared credit without tags of its own sounds like its lead artist.
    private mutating func inheritTags() {
        for row in artists.indices where artists[row].tags.isEmpty {
            let lead = TrackIdentity.certainLead(of: artists[row].name) { artistRows[$0] != nil }
            guard let leadRow = lead.flatMap({ artistRows[$0] }) else { continue }
            artists[row].tags = artists[Int(leadRow)].tags.map {
                WeightedTag(tag: $0.tag, weight: $0.weight * TagWeight.inherited)
            }
        }
    }

    /// Computes what depends on one artist's tags and tracks.
    private mutating func updateVectors(ofArtist row: Int) {
        artists[row].describe(tracks: tracks)
        let artist = artists[row]
        let tagVector = statistics.tagVector(of: artist.tags)
        tagVectors.set(tagVector, row: row)
        artistVectors.set(statistics.featureVector(of: artist.tags, in: tags), row: row)
        artistPlaces.set(embedding.vector(of: tagVector), row: row)
        let sound = tagSounds.sound(of: artist, tags: tagVector, sounds: trackSounds)
        Self.set(&artistSounds, sound, row)
        Self.set(&artistPriors, artists[row].prior, row)
        Self.set(&spoken, 2 * artist.tags.count { tags.isSpoken($0.tag) } > artist.tags.count, row)
        Self.set(&artistDecades, DecadeShares(artist.tracks.map { tracks[Int($0)] }), row)
    }

    /// Sets the value of a row, which may be new.
    private static func set<Value>(_ values: inout [Value], _ value: Value, _ row: Int) {
        if row < values.count { values[row] = value } else { values.append(value) }
    }
}

extension CatalogIndex {
    /// Builds an index from a stream of tracks, none of which it keeps.
    public struct Builder: Sendable {
        private var index: CatalogIndex

        /// Begins an empty index.
        public init() { index = CatalogIndex() }

        /// Takes in a track; a second one with the same id replaces the first.
        public mutating func add(_ track: TrackDescription) { _ = index.insert(track) }

        /// Finishes.
        ///
        /// The builder is spent then.
        public consuming func build() -> CatalogIndex {
            index.finish()
            return index
        }
    }
}

/// Tells one state of a catalog from all others.
final class CatalogIdentity: Sendable {}
