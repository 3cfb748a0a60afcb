/// The catalog as taste sees it: an immutable snapshot that ranking reads without a lock.
///
/// A value: ``add(_:)`` changes a copy that nobody else holds in place, and one that is being ranked is left as it was.
public struct MusicIndex: Sendable {
    private(set) var tracks: [IndexedTrack] = []
    private(set) var artists: [IndexedArtist] = []
    private(set) var trackRows: [Int64: Int32] = [:]
    private(set) var artistRows: [String: Int32] = [:]
    private(set) var tags: TagVocabulary
    /// Artists as unit vectors over the features of their tags.
    private(set) var artistVectors = SparseRows()
    /// Artists as unit vectors over their tags alone.
    private(set) var tagVectors = SparseRows()
    /// Artists as unit vectors in the space of the embedding; zero without tags.
    private(set) var artistPlaces: [Vector64] = []
    /// Means of what artists' tracks sound like, in standard deviations from the catalog's mean.
    private(set) var artistSounds: [SIMD8<Float>] = []
    private(set) var embedding = TagEmbedding()
    private(set) var statistics = CatalogStatistics()
    /// Names as written and the genres they last came with, while many tracks come in: normalising each would take longer.
    private var written: [String: (row: Int32, genres: [String])] = [:]

    init(tags: TagVocabulary = TagVocabulary()) { self.tags = tags }

    /// How many tracks there are.
    public var trackCount: Int { tracks.count }

    /// How many artists there are.
    public var artistCount: Int { artists.count }

    /// The name of a track's artist as first credited; nil for an unknown track or artist.
    public func artistName(ofTrack id: Int64) -> String? {
        guard let row = trackRows[id] else { return nil }
        let name = artists[Int(tracks[Int(row)].artist)].name
        return name.isEmpty ? nil : name
    }

    /// Takes in a track that the catalog did not have; rarity of tags stays as it was when the index was built.
    public mutating func add(_ track: TrackDescription) {
        let row = Int(insert(track))
        written = [:]
        updateVectors(ofArtist: row)
    }

    /// The index with one more track.
    public func adding(_ track: TrackDescription) -> MusicIndex {
        var index = self
        index.add(track)
        return index
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
        return artist
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
        inheritTags()
        statistics = CatalogStatistics(tracks: tracks, artists: artists, tags: tags)
        embedding = TagEmbedding(artists: artists, tagCount: tags.names.count)
        for row in artists.indices { updateVectors(ofArtist: row) }
    }

    /// A shared credit without tags of its own sounds like its lead artist.
    private mutating func inheritTags() {
        for row in artists.indices where artists[row].tags.isEmpty {
            guard let lead = TrackIdentity.leadArtist(of: artists[row].name), let leadRow = artistRows[lead] else {
                continue
            }
            artists[row].tags = artists[Int(leadRow)].tags.map {
                WeightedTag(tag: $0.tag, weight: $0.weight * TagWeight.inherited)
            }
        }
    }

    private mutating func updateVectors(ofArtist row: Int) {
        let tags = artists[row].tags
        let tagVector = statistics.tagVector(of: tags)
        tagVectors.set(tagVector, row: row)
        let place = embedding.vector(of: tagVector)
        if row < artistPlaces.count { artistPlaces[row] = place } else { artistPlaces.append(place) }
        artistVectors.set(statistics.featureVector(of: tags, in: self.tags), row: row)
        artists[row].popularity = artists[row].tracks.reduce(0) { max($0, self.tracks[Int($1)].popularity) }
        let sound = meanSound(ofArtist: row)
        if row < artistSounds.count { artistSounds[row] = sound } else { artistSounds.append(sound) }
    }

    private func meanSound(ofArtist row: Int) -> SIMD8<Float> {
        let rows = artists[row].tracks
        let sum = rows.reduce(SIMD8<Float>(repeating: 0)) { $0 + statistics.standardized(tracks[Int($1)].features) }
        return rows.isEmpty ? sum : sum / Float(rows.count)
    }
}
