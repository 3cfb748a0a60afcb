/// How near every artist of the catalog is to a wish, by row. A column is empty where the wish has nothing to compare with.
struct VibeCosines {
    /// Cosine of the tags with those of the words, of the moods, and of the artists that are named.
    private let words: [Float]
    private let moods: [Float]
    private let named: [Float]
    /// Cosine of the features of tags with those of the words.
    private let features: [Float]
    /// Cosine of the place with that of the words, and with that of the artists that are named.
    private let places: [Float]
    private let namedPlaces: [Float]
    /// The best cosines of tags with words and moods; 1 where none is above 0.
    let mostWords: Float
    private let mostMoods: Float
    /// The best cosine of places: a wish of many words is near to nobody, yet somebody is the nearest. 1 where
    /// none is above 0.
    let mostPlace: Float

    init(_ query: VibeQuery, index: CatalogIndex) {
        func products(_ rows: SparseRows, _ tags: [WeightedTag], columns: Int) -> [Float] {
            tags.isEmpty ? [] : rows.products(with: tags.dense(columns))
        }
        let columns = index.tags.names.count
        words = products(index.tagVectors, query.tags, columns: columns)
        moods = products(index.tagVectors, query.moods, columns: columns)
        named = products(index.tagVectors, query.namedTags, columns: columns)
        features = products(index.artistVectors, query.features, columns: index.tags.featureCount)
        places = query.place == .zero ? [] : index.artistPlaces.products(with: query.place)
        namedPlaces = query.namedPlace == .zero ? [] : index.artistPlaces.products(with: query.namedPlace)
        mostWords = Self.most(words)
        mostMoods = Self.most(moods)
        mostPlace = Self.most(places)
    }

    /// Cosine of an artist's tags with those of the words, and the same beside the best.
    func words(_ row: Int) -> Float { words.isEmpty ? 0 : words[row] }
    func shareOfWords(_ row: Int) -> Float { words(row) / mostWords }

    /// Cosine of its tags with those of the moods beside the best.
    func shareOfMoods(_ row: Int) -> Float { moods.isEmpty ? 0 : moods[row] / mostMoods }

    /// Cosine of its tags with those of the artists that are named.
    func named(_ row: Int) -> Float { named.isEmpty ? 0 : named[row] }

    /// Cosine of the features of its tags with those of the words.
    func features(_ row: Int) -> Float { features.isEmpty ? 0 : features[row] }

    /// Cosine of its place with that of the words.
    func place(_ row: Int) -> Float { places.isEmpty ? 0 : places[row] }

    /// Cosine of its place with that of the artists that are named.
    func namedPlace(_ row: Int) -> Float { namedPlaces.isEmpty ? 0 : namedPlaces[row] }

    private static func most(_ cosines: [Float]) -> Float {
        let most = cosines.reduce(0) { $1 > $0 ? $1 : $0 }
        return most > 0 ? most : 1
    }
}

extension [WeightedTag] {
    /// The same numbers with a zero for every other column.
    fileprivate func dense(_ columns: Int) -> [Float] {
        var dense = [Float](repeating: 0, count: columns)
        for entry in self { dense[Int(entry.tag)] = entry.weight }
        return dense
    }
}
