import Foundation
import Household
import Wire

/// An import of a file in JSON.
struct ImportJobView: Codable, Equatable, Sendable {
    /// How far it is.
    enum State: String, Codable, Sendable {
        case waiting
        case running
        case done
        case failed
    }

    var id: String
    var kind: ImportRequest.Kind
    @ExplicitNull var name: String?
    @ExplicitNull var profile: String?
    @ExplicitNull var speakerName: String?
    var state = State.waiting
    /// Size of the file as it was sent.
    var bytes: Int
    /// Bytes read so far, unpacked.
    var bytesRead = 0
    var added = 0
    var known = 0
    var removed = 0
    var notMusic = 0
    var unreadable = 0
    /// The first problems.
    var problems: [ImportCounts.Problem] = []
    /// Why it failed.
    @ExplicitNull var message: String?
    var createdAt: Date
    @ExplicitNull var finishedAt: Date?

    init(_ request: ImportRequest, bytes: Int, at time: Date) {
        id = UUID().uuidString.lowercased()
        kind = request.kind
        name = request.name
        profile = request.profile
        speakerName = request.speaker
        self.bytes = bytes
        message = nil
        createdAt = time
        finishedAt = nil
    }

    mutating func update(_ counts: ImportCounts) {
        bytesRead = counts.bytesRead
        added = counts.added
        known = counts.known
        removed = counts.removed
        notMusic = counts.notMusic
        unreadable = counts.unreadable
        problems = counts.problems
    }

    var announcement: Announcement { Announcement("import_changed", self, .state) }
}
