/// How near every artist of the catalog is to a wish, by row.
struct VibeCosines {
    /// Cosine of the tags with those of the words, of the moods, and of the artists that are named, in this order.
    private(set) var tags: [SIMD4<Float>]
    /// Cosine of the features of tags with those of the words.
    private(set) var kinship: [Float]
    /// Cosine of the place with that of the words.
    private(set) var place: [Float]
    /// The best cosines of tags; 1 where none is above 0.
    let mostTags: SIMD4<Float>
    /// The best cosine of places: a wish of many words is near to nobody, yet somebody is the nearest. 1 where
    /// none is above 0.
    let mostPlace: Float

    init(_ query: VibeQuery, index: CatalogIndex) {
        let count = index.artistCount
        tags = [SIMD4<Float>](repeating: .zero, count: count)
        kinship = [Float](repeating: 0, count: count)
        place = kinship
        var mostTags = SIMD4<Float>.zero
        var mostPlace: Float = 0
        for row in 0..<count where !index.artistVectors.range(of: row).isEmpty {
            let cosines = index.tagVectors.dot(row: row, query.tags)
            tags[row] = cosines
            mostTags.replace(with: cosines, where: cosines .> mostTags)
            kinship[row] = index.artistVectors.dot(row: row, query.features)
            place[row] = index.artistPlaces[row].dot(query.place)
            mostPlace = max(mostPlace, place[row])
        }
        self.mostTags = mostTags.replacing(with: 1, where: mostTags .<= 0)
        self.mostPlace = mostPlace > 0 ? mostPlace : 1
    }
}
