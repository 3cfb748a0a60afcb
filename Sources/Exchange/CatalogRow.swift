import Taste
import Household

/// Turns one row into a track, and gathers the problems with its values.
struct CatalogRow {
    private let row: ImportRow<CatalogColumn>
    private(set) var problems: [ImportProblem] = []

    init(_ row: ImportRow<CatalogColumn>) { self.row = row }

    mutating func track() -> ImportedItem<ImportedTrack> {
        do throws(ImportProblem) {
            guard let title = try row.text(.title) else { throw row.problem(.title, "is missing") }
            let durationMs = number(.durationMs, 0...ImportLimits.trackMs)
            return .row(
                ImportedTrack(
                    artist: try row.text(.artist), title: title, album: try row.text(.album),
                    durationS: durationMs == 0 ? nil : durationMs.map { $0 / 1000 }, genres: row.list(.genres),
                    artistGenres: row.list(.artistGenres), year: year(), popularity: number(.popularity, 0...100),
                    isExplicit: explicit(), uri: try row.text(.uri), features: features()), line: row.line)
        } catch {
            return .problem(error)
        }
    }

    private mutating func features() -> AudioFeatures? {
        let tempo = number(.tempo, 0...500)
        let features = AudioFeatures(
            danceability: number(.danceability, 0...1), energy: number(.energy, 0...1),
            valence: number(.valence, 0...1), tempo: tempo == 0 ? nil : tempo,
            acousticness: number(.acousticness, 0...1), instrumentalness: number(.instrumentalness, 0...1),
            speechiness: number(.speechiness, 0...1), loudness: number(.loudness, -100...20))
        return features == AudioFeatures() ? nil : features
    }

    /// The year, or the middle of the decade, written as `1980s`, `80s` or `1980`.
    private mutating func year() -> Int? {
        let years = Double(ImportLimits.years.lowerBound)...Double(ImportLimits.years.upperBound)
        if let year = number(.year, years) { return Int(year) }
        guard let text = try? row.text(.decade) else { return nil }
        guard let number = Int(text.hasSuffix("s") ? text.dropLast() : text[...]) else {
            problems.append(row.problem(.decade, "must be a decade, like 1980s", keepsRow: true))
            return nil
        }
        let decade = (number < 100 ? 1900 + number : number) / 10 * 10
        return ImportLimits.years.contains(decade) ? decade + 5 : nil
    }

    private mutating func number(_ column: CatalogColumn, _ range: ClosedRange<Double>) -> Double? {
        do { return try row.number(column, in: range) } catch { return note(error) }
    }

    private mutating func explicit() -> Bool? {
        do { return try row.bool(.explicit) } catch { return note(error) }
    }

    private mutating func note<Value>(_ problem: ImportProblem) -> Value? {
        problems.append(ImportProblem(line: problem.line, problem.message, keepsRow: true))
        return nil
    }
}
