import Foundation

/// The sides of a taste, found anew from its counters whenever they are needed: never stored.
struct Interests: Sendable {
    /// Interests at most; more do not help.
    static let most = 12
    /// Artists that are clustered, the most played ones.
    private static let clusteredArtists = 150

    /// The interests, the most important first.
    private(set) var all: [Interest] = []
    /// For each feature of tags a lane for each interest, and the whole taste in ``globalLane``.
    private(set) var table: [SIMD16<Float>]
    /// Each lane's place in the embedding.
    private var places = [Vector64](repeating: .zero, count: globalLane + 1)
    /// `places` transposed: for each dimension of the embedding the number of each lane.
    private var placeTable: [SIMD16<Float>] = []
    /// The lane of the whole taste.
    static let globalLane = 12
    /// For each decade a lane alike: of which years each side is.
    private var decades = [SIMD16<Float>](repeating: SIMD16(repeating: 0), count: DecadeShares.count)

    /// Finds the sides of a taste.
    ///
    /// - Returns: nil when no artist with tags was played.
    init?(of plays: ArtistPlays, in index: CatalogIndex) {
        var strongest = TopK<RankedRow>(limit: Self.clusteredArtists)
        for artist in plays.all where !index.artistVectors.range(of: Int(artist.artist)).isEmpty {
            strongest.offer(
                RankedRow(score: Float(artist.recent), tie: Int64(artist.artist), row: artist.artist))
        }
        let clustered = strongest.sorted()
        guard !clustered.isEmpty else { return nil }
        table = Array(repeating: SIMD16(repeating: 0), count: index.tags.featureCount)
        // Members of a cluster stay in the order of what was clustered: the most played first.
        let clusters = Self.clusters(of: clustered.map(\.row), in: index).map { $0.sorted().map { clustered[$0] } }
        let sums = clusters.map { $0.reduce(0) { $0 + Double($1.score) } }
        // What was played decades ago has faded to nothing, and no side is more important than another.
        let shares = sums.map { pow($0, 0.25) }.normalized
        for position in clusters.indices.sorted(by: { sums[$0] > sums[$1] }) {
            let members = clusters[position].map { ($0.row, Double($0.score)) }
            fill(lane: all.count, with: members, in: index)
            let name = Self.name(of: members, in: index)
            all.append(Interest(name: name, importance: shares[position], artists: members.map(\.0)))
        }
        fill(lane: Self.globalLane, with: plays.all.map { ($0.artist, $0.long) }, in: index)
        makeUnits()
    }

    /// Where an interest lies in the embedding.
    func place(ofLane lane: Int) -> Vector64 { places[lane] }

    /// Cosines of an artist with each interest and with the whole taste: of features and of places, added up.
    func cosines(ofArtist row: Int, in index: CatalogIndex) -> SIMD16<Float> {
        var sum = SIMD16<Float>(repeating: 0)
        for entry in index.artistVectors.entries(of: row) where Int(entry.tag) < table.count {
            sum += table[Int(entry.tag)] * entry.weight
        }
        return sum + index.artistPlaces[row].product(with: placeTable)
    }

    /// The interest that an artist is nearest to, and the mean of the two cosines with it.
    func nearest(toArtist row: Int, in index: CatalogIndex) -> (interest: Int, cosine: Float) {
        Self.nearest(of: all.count, in: cosines(ofArtist: row, in: index))
    }

    /// The first of the best cosines with so many interests.
    static func nearest(of count: Int, in cosines: SIMD16<Float>) -> (interest: Int, cosine: Float) {
        var nearest = 0
        for interest in 1..<max(1, count) where cosines[interest] > cosines[nearest] { nearest = interest }
        return (nearest, cosines[nearest] / 2)
    }

    /// Cosines of the decades of an artist's tracks with those of each interest and of the whole taste; 0 for unknown years.
    func cosines(of shares: DecadeShares) -> SIMD16<Float> {
        let direction = shares.unit
        var sum = SIMD16<Float>(repeating: 0)
        for lane in decades.indices { sum += decades[lane] * direction[lane] }
        return sum
    }

    private static func clusters(of artists: [Int32], in index: CatalogIndex) -> [[Int]] {
        var features = [Float](repeating: 0, count: index.tags.featureCount)
        let places = artists.map { index.artistPlaces[Int($0)] }
        let ward = WardClustering(count: artists.count) { later in
            let row = Int(artists[later])
            for entry in index.artistVectors.entries(of: row) { features[Int(entry.tag)] = entry.weight }
            defer { for entry in index.artistVectors.entries(of: row) { features[Int(entry.tag)] = 0 } }
            return (0..<later).map { earlier in
                let tags = index.artistVectors.dot(row: Int(artists[earlier]), features)
                return (tags + places[earlier].dot(places[later])) / 2
            }
        }
        return ward.clusters(atMost: most)
    }

    /// Puts Σ √weight · vector into a lane.
    private mutating func fill(lane: Int, with artists: [(Int32, Double)], in index: CatalogIndex) {
        for (artist, weight) in artists {
            places[lane].add(index.artistPlaces[Int(artist)], times: Float(weight.squareRoot()))
            let shares = index.artistDecades[Int(artist)].shares
            for decade in decades.indices { decades[decade][lane] += Float(weight.squareRoot()) * shares[decade] }
            for entry in index.artistVectors.entries(of: Int(artist)) where Int(entry.tag) < table.count {
                table[Int(entry.tag)][lane] += Float(weight.squareRoot()) * entry.weight
            }
        }
    }

    /// Brings what is in each lane to length 1; nothing stays nothing.
    private mutating func makeUnits() {
        for lane in places.indices { places[lane] = places[lane].unit }
        placeTable = (0..<Vector64.count).map { dimension in
            var row = SIMD16<Float>(repeating: 0)
            for lane in places.indices { row[lane] = places[lane][dimension] }
            return row
        }
        Self.makeUnits(&table)
        Self.makeUnits(&decades)
    }

    private static func makeUnits(_ columns: inout [SIMD16<Float>]) {
        let squares = columns.reduce(SIMD16<Float>(repeating: 0)) { $0 + $1 * $1 }
        let scale = 1 / squares.squareRoot().replacing(with: 1, where: squares .== 0)
        for column in columns.indices { columns[column] *= scale }
    }

    private static func name(of artists: [(Int32, Double)], in index: CatalogIndex) -> String? {
        var sums: [Int32: Double] = [:]
        for (artist, weight) in artists {
            for entry in index.tagVectors.entries(of: Int(artist)) {
                sums[entry.tag, default: 0] += weight.squareRoot() * Double(entry.weight)
            }
        }
        return sums.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { index.tags.names[Int($0.key)] }
    }
}

/// One side of a taste: artists that sound alike.
struct Interest: Equatable, Sendable {
    /// The tag that distinguishes it best from all other music; nil if its artists share none.
    var name: String?
    /// Share of a list that it is due; all sum to 1.
    var importance: Double
    /// Rows of its artists, the most played first.
    var artists: [Int32]
}
