import Exchange
import Foundation
import Household
import Listening

/// Writes the listens, the feedback and the playlists of one profile to files.
struct ProfileExport {
    private static let pageSize = 100

    /// Number of items written.
    struct Counts: Encodable {
        var listens = 0
        var feedback = 0
        var playlists = 0

        var text: String { "\(listens) listens, \(feedback) verdicts, \(playlists) playlists" }
    }

    let profile: Profile
    let folder: String

    /// Writes the files and replaces those of an earlier export.
    func write(from store: any HouseholdReading) throws -> Counts {
        Counts(
            listens: try writeListens(from: store), feedback: try writeFeedback(from: store),
            playlists: try writePlaylists(from: store))
    }

    private func path(_ ending: String) -> String { "\(folder)/\(profile.name).\(ending)" }

    /// Writes listens, the oldest first.
    private func writeListens(from store: any HouseholdReading) throws -> Int {
        var csv = try OutputFile(path: path("csv"))
        var jsonl = try OutputFile(path: path("listenbrainz.jsonl"))
        try csv.write(ListenFileWriter.csvHeader)
        var count = 0
        try store.forEachListen(ListenSelection(owner: profile.owner)) { listen in
            let row = ImportedListen(listen)
            let (rule, opinion) = (listen.event.rule, listen.event.opinion)
            try csv.write(ListenFileWriter.csv(row, rule: rule, opinion: opinion))
            try jsonl.write(ListenFileWriter.listenBrainz(row, rule: rule, opinion: opinion))
            count += 1
        }
        try csv.close()
        try jsonl.close()
        return count
    }

    /// Writes feedback, the newest first.
    private func writeFeedback(from store: any HouseholdReading) throws -> Int {
        var csv = try OutputFile(path: path("feedback.csv"))
        try csv.write(FeedbackFileWriter.csvHeader)
        var count = 0
        var cursor: Feedback.ID?
        repeat {
            let page = try store.feedback(ofProfile: profile.id, limit: Self.pageSize, below: cursor)
            for feedback in page { try csv.write(FeedbackFileWriter.csv(feedback)) }
            count += page.count
            cursor = page.last?.id
        } while cursor != nil
        try csv.close()
        return count
    }

    private func writePlaylists(from store: any HouseholdReading) throws -> Int {
        let folder = path("playlists")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var count = 0
        var cursor: String?
        repeat {
            let page = try store.playlists(limit: Self.pageSize, after: cursor)
            for playlist in page where playlist.isFor(profile.name) {
                var file = try OutputFile(path: "\(folder)/\(PlaylistFileWriter.fileName(of: playlist))")
                try file.write(PlaylistFileWriter.jspf(playlist))
                try file.close()
                count += 1
            }
            cursor = page.last?.id
        } while cursor != nil
        return count
    }
}

extension ImportedListen {
    /// A stored listen as a row of a file.
    fileprivate init(_ listen: Listen) {
        let event = listen.event
        self.init(
            startedAt: event.startedAt, artist: event.media.artist, title: event.media.title ?? "",
            album: event.media.album, heardS: event.playedS, durationS: event.media.durationS,
            wasSkipped: event.outcome == .skipped, speakerName: event.speakerName, uri: event.media.uri,
            source: event.source, eventID: event.eventID)
    }
}

/// A text file that is written through a buffer.
struct OutputFile {
    private static let bufferBytes = 1 << 16
    private let handle: FileHandle
    private var buffer = Data()

    /// Creates the file, or empties an existing one.
    ///
    /// - Throws: ``Failure`` with code 73.
    init(path: String) throws {
        // Listening history is private, also where an earlier export was not.
        let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: mode),
            (try? FileManager.default.setAttributes(mode, ofItemAtPath: path)) != nil,
            let handle = FileHandle(forWritingAtPath: path)
        else { throw Failure(code: .cannotCreate, message: "Cannot write \(path)") }
        self.handle = handle
    }

    mutating func write(_ text: String) throws {
        buffer.append(contentsOf: text.utf8)
        guard buffer.count >= Self.bufferBytes else { return }
        try handle.write(contentsOf: buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes the rest of the buffer and closes the file.
    mutating func close() throws {
        try handle.write(contentsOf: buffer)
        try handle.close()
    }
}
