/// What a catalog file can say of a track.
enum CatalogColumn: Int, ImportColumn {
    case artist, title, album, durationMs, genres, artistGenres, year, decade, popularity, explicit, uri, danceability,
        energy, valence, tempo, acousticness, instrumentalness, speechiness, loudness

    static let names: [String: Self] = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })

    var name: String {
        switch self {
        case .durationMs: "duration_ms"
        case .artistGenres: "artist_genres"
        default: "\(self)"
        }
    }

    /// What the first line of CSV must have.
    static let headers = CSVHeaders<Self>(
        missing: { columns in
            columns.isSuperset(of: [artist.rawValue, title.rawValue])
                ? nil : "the first line must name the columns, and artist and title among them"
        },
        withoutHeader: { _ in nil })
}
