public import Foundation
public import Household
import Wire

/// Reads a file of listens, a chunk at a time: Haunt's CSV, or an export of Spotify, Last.fm or ListenBrainz.
///
/// Which of them it is shows in the names of its columns. What cannot be read is reported with its line, and reading
/// goes on behind it.
public struct ListenFileParser: Sendable {
    /// Handed out one by one, in the order of the file.
    public typealias Item = ImportedItem<ImportedListen>

    private var reader = ImportRowReader<ListenColumn>(headers: ListenColumn.headers)

    /// Begins to read a file.
    public init() {}

    /// Takes in a chunk of the file.
    ///
    /// - Parameters:
    ///   - chunk: Any number of bytes, cut anywhere.
    ///   - body: Takes what the file says.
    /// - Throws: What the body throws.
    public mutating func parse(_ chunk: Data, _ body: (Item) throws -> Void) rethrows {
        try read(chunk, isLast: false, body)
    }

    /// Ends the file: what stands there without an end is read, or reported as cut off.
    ///
    /// - Parameter body: Takes what the file says.
    /// - Throws: What the body throws.
    public mutating func finish(_ body: (Item) throws -> Void) rethrows {
        try read(Data(), isLast: true, body)
    }

    private mutating func read(_ chunk: Data, isLast: Bool, _ body: (Item) throws -> Void) rethrows {
        try reader.read(chunk, isLast: isLast) { row in
            switch row {
            case .failure(let problem): try body(.problem(problem))
            case .success(let row): try body(Self.item(row))
            }
        }
    }

    private static func item(_ row: ImportRow<ListenColumn>) -> Item {
        do throws(ImportProblem) {
            guard let title = try row.text(.title) else {
                // Spotify's history has podcasts and audio books in it, which have no track.
                return row[.endedAt] == nil ? .problem(row.problem(.title, "is missing")) : .notMusic(line: row.line)
            }
            let heardS = try row.number(.heardMs, in: 0...Limits.playedS * 1000).map { $0 / 1000 }
            return .row(
                ImportedListen(
                    startedAt: try start(of: row, heardS: heardS), artist: try row.text(.artist),
                    title: title, album: try row.text(.album), heardS: heardS, durationS: try duration(of: row),
                    wasSkipped: try row.bool(.skipped), speakerName: try row.text(.speakerName),
                    uri: try row.text(.uri), source: try row.text(.source), eventID: try row.text(.eventID)),
                line: row.line)
        } catch {
            return .problem(error)
        }
    }

    private static func start(
        of row: ImportRow<ListenColumn>, heardS: Double?
    ) throws(ImportProblem) -> Date {
        if let field = row[.timestamp] {
            guard case .text(let text) = field, let date = RFC3339.date(from: text) else {
                throw row.problem(.timestamp, "must be a time like 2026-11-22T18:04:05Z")
            }
            return date
        }
        guard let field = row[.startedAt] ?? row[.endedAt] else { throw row.problem(.timestamp, "is missing") }
        guard let date = ExportTime.date(from: field) else { throw row.problem(.startedAt, "cannot be read as a time") }
        return row[.startedAt] == nil ? date.addingTimeInterval(-(heardS ?? 0)) : date
    }

    private static func duration(of row: ImportRow<ListenColumn>) throws(ImportProblem) -> Double? {
        let milliseconds = try row.number(.durationMs, in: 0...ImportLimits.trackMs)
        let wholeSeconds = try row.number(.durationS, in: 0...ImportLimits.trackMs / 1000)
        let seconds = milliseconds.map { $0 / 1000 } ?? wholeSeconds
        // Players write 0 for a length they do not know.
        return seconds == 0 ? nil : seconds
    }
}
