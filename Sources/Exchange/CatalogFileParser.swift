import Foundation
public import Household

/// Parses a catalog file: CSV with a header, or JSON objects with the same keys.
///
/// A row without a title is reported and left out. A value that is invalid is reported, and the row is read without it.
public typealias CatalogFileParser = FileParser<TrackDetails>

extension CatalogFileParser {
    /// Creates a parser for one file.
    public init() { self.init(ImportReader<CatalogColumn>()) }
}

/// The columns of a catalog file.
private enum CatalogColumn: Int, ImportColumn {
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

    static func missing(from columns: Set<Self>) -> String? {
        columns.isSuperset(of: [.artist, .title])
            ? nil : "the first line must name the columns, and artist and title among them"
    }

    static func columns(ofFirstRow texts: [String]) -> [Self]? { nil }

    static func value(of row: inout ImportRow<Self>) throws(ImportProblem) -> TrackDetails? {
        guard let title = try row.text(.title) else { throw row.problem(.title, "is missing") }
        let durationMs = row.validNumber(.durationMs, in: 0...ImportLimits.trackMs)
        return TrackDetails(
            artist: try row.text(.artist), title: title, album: try row.text(.album),
            // Players write 0 for a duration they do not know.
            durationS: durationMs == 0 ? nil : durationMs.map { $0 / 1000 }, genres: row.genres(.genres),
            artistGenres: row.genres(.artistGenres), year: row.year(),
            popularity: row.validNumber(.popularity, in: 0...100), isExplicit: row.isExplicit(),
            uri: try row.text(.uri), features: row.features())
    }
}

extension ImportRow<CatalogColumn> {
    private static var years: ClosedRange<Int> { 1000...2200 }

    fileprivate mutating func isExplicit() -> Bool? {
        do { return try bool(.explicit) } catch { note(error) }
        return nil
    }

    /// The year, or the middle of the decade, which is written as `1980s`, `80s` or `1980`.
    fileprivate mutating func year() -> Int? {
        let years = Double(Self.years.lowerBound)...Double(Self.years.upperBound)
        if let year = validNumber(.year, in: years) { return Int(year) }
        guard let text = try? text(.decade) else { return nil }
        guard let number = Int(text.hasSuffix("s") ? text.dropLast() : text[...]) else {
            note(problem(.decade, "must be a decade, like 1980s"))
            return nil
        }
        let decade = (number < 100 ? 1900 + number : number) / 10 * 10
        return Self.years.contains(decade) ? decade + 5 : nil
    }

    /// The audio features; nil when the row has none.
    fileprivate mutating func features() -> SoundFeatures? {
        let tempo = validNumber(.tempo, in: 0...500)
        let features = SoundFeatures(
            danceability: validNumber(.danceability, in: 0...1), energy: validNumber(.energy, in: 0...1),
            valence: validNumber(.valence, in: 0...1), tempo: tempo == 0 ? nil : tempo,
            acousticness: validNumber(.acousticness, in: 0...1),
            instrumentalness: validNumber(.instrumentalness, in: 0...1),
            speechiness: validNumber(.speechiness, in: 0...1), loudness: validNumber(.loudness, in: -100...20))
        return features == SoundFeatures() ? nil : features
    }
}
