/// The catalog as taste sees it: an immutable snapshot that ranking reads without a lock.
///
/// A value: ``add(_:)`` changes a copy that nobody else holds in place, and one that is being ranked is left as it was.
public struct CatalogIndex: Sendable {
    private(set) var tracks: [IndexedTrack] = []
    private(set) var artists: [IndexedArtist] = []
    private(set) var trackRows: [TrackID: Int32] = [:]
    private(set) var artistRows: [String: Int32] = [:]
    private(set) var tags: TagVocabulary
    /// Artists as unit vectors over the features of their tags.
    private(set) var artistVectors = SparseRows()
    /// Artists as unit vectors over their tags alone.
    private(set) var tagVectors = SparseRows()
    /// Artists as unit vectors in the space of the embedding; zero without tags.
    private(set) var artistPlaces: [Vector64] = []
    /// What artists' tracks sound like, in standard deviations from the catalog's mean: as measured, and as what has the
    /// same tags.
    private(set) var artistSounds: [SIMD8<Float>] = []
    /// How well known each artist is.
    private(set) var artistPriors: [Float] = []
    /// What the tracks of artists with a tag sound like, alike.
    private var tagSounds: [SIMD8<Float>] = []
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
    public func artistName(ofTrack id: TrackID) -> String? {
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
    public func adding(_ track: TrackDescription) -> CatalogIndex {
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
        tagSounds = meanSounds()
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
        let sound = sound(ofArtist: row, tags: tagVector)
        if row < artistSounds.count { artistSounds[row] = sound } else { artistSounds.append(sound) }
        let prior = artists[row].prior
        if row < artistPriors.count { artistPriors[row] = prior } else { artistPriors.append(prior) }
    }
}

// What music sounds like where nobody measured it.
extension CatalogIndex {
    /// Measured tracks that one guess from tags weighs as much as.
    private static let guessWeight: Float = 3
    /// Artists without a sound that a tag begins with, so that few artists do not decide.
    private static let emptyArtists: Float = 10
    /// Tracks of one artist that count in the sound of its tags.
    private static let mostTracks: Float = 5
    /// What a track's own sound weighs beside its artist's.
    private static let ownWeight: Float = 0.6

    /// What a track sounds like: as measured, drawn to its artist, and as its artist where nobody measured.
    func sound(of track: IndexedTrack) -> SIMD8<Float> {
        let artist = artistSounds[Int(track.artist)]
        let isKnown = track.features .== track.features
        let own = artist + Self.ownWeight * (statistics.standardized(track.features) - artist)
        return artist.replacing(with: own, where: isKnown)
    }

    private func sound(ofArtist row: Int, tags: [WeightedTag]) -> SIMD8<Float> {
        let weight = tags.reduce(0) { $0 + $1.weight }
        var guess = SIMD8<Float>(repeating: 0)
        if weight > 0 {
            for tag in tags where Int(tag.tag) < tagSounds.count { guess += tagSounds[Int(tag.tag)] * tag.weight }
            guess /= weight
        }
        let (sum, counts) = measured(ofArtist: row)
        return (sum + guess * Self.guessWeight) / (counts + Self.guessWeight)
    }

    /// The sum of what is known of an artist's tracks, and of how many.
    private func measured(ofArtist row: Int) -> (sum: SIMD8<Float>, counts: SIMD8<Float>) {
        var sum = SIMD8<Float>(repeating: 0)
        var counts = SIMD8<Float>(repeating: 0)
        for track in artists[row].tracks {
            let features = tracks[Int(track)].features
            sum += statistics.standardized(features)
            counts.replace(with: counts + 1, where: features .== features)
        }
        return (sum, counts)
    }

    private func meanSounds() -> [SIMD8<Float>] {
        var sums = [SIMD8<Float>](repeating: SIMD8(repeating: 0), count: tags.names.count)
        var weights = sums
        for row in artists.indices {
            let (sum, counts) = measured(ofArtist: row)
            let weight = counts.replacing(with: Self.mostTracks, where: counts .> Self.mostTracks)
            let mean = (sum / counts).replacing(with: 0, where: counts .== 0)
            for tag in artists[row].tags {
                sums[Int(tag.tag)] += mean * weight
                weights[Int(tag.tag)] += weight
            }
        }
        return sums.indices.map { sums[$0] / (weights[$0] + Self.emptyArtists) }
    }
}

extension CatalogIndex {
    /// Builds an index from a stream of tracks, none of which it keeps.
    public struct Builder: Sendable {
        private var index: CatalogIndex

        /// Begins an empty index.
        public init() { index = CatalogIndex() }

        init(tags: TagVocabulary) { index = CatalogIndex(tags: tags) }

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
