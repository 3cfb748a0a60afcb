public import Foundation

/// Which listens somebody means.
///
/// All conditions must hold.
public struct ListenFilter: Equatable, Sendable {
    /// Heard on this speaker.
    public var speakerName: String?
    /// Began then or later.
    public var since: Date?
    /// Began before.
    public var until: Date?
    /// By this artist.
    public var artist: String?
    /// Whose.
    public var profile: String?

    /// Reads its fields.
    init(_ arguments: inout Arguments) throws(HouseholdError) {
        speakerName = try arguments.speaker()
        since = try arguments.time("since")
        until = try arguments.time("until")
        artist = try arguments.nonEmptyText("artist")
        profile = try arguments.nonEmptyText("profile")
    }

    /// Whether it means all listens.
    var isEmpty: Bool { speakerName == nil && since == nil && until == nil && artist == nil && profile == nil }
}

/// A correction of history: the input of `listen/reassign` and of `listen/remove`.
public struct CorrectionRequest: Sendable {
    /// What becomes of the listens.
    public enum Change: Equatable, Sendable {
        /// They are this profile's.
        case reassign(toProfile: String)
        /// They are taken out; with `isPurge` for good.
        case remove(isPurge: Bool)
    }

    /// Which listens.
    public var filter: ListenFilter
    /// What becomes of them.
    public var change: Change
    /// Whether only to say what would be done.
    public var isDryRun: Bool

    /// Reads the input of `listen/reassign`.
    public init(reassigning input: JSONValue) throws(HouseholdError) {
        try self.init(input) { arguments throws(HouseholdError) in
            .reassign(toProfile: try arguments.requiredText("to_profile"))
        }
    }

    /// Reads the input of `listen/remove`.
    public init(removing input: JSONValue) throws(HouseholdError) {
        try self.init(input) { arguments throws(HouseholdError) in
            .remove(isPurge: try arguments.bool("purge") ?? false)
        }
    }

    private init(
        _ input: JSONValue, change: (inout Arguments) throws(HouseholdError) -> Change
    ) throws(HouseholdError) {
        var arguments = try Arguments(input)
        filter = try ListenFilter(&arguments)
        isDryRun = try arguments.bool("dry_run") ?? false
        self.change = try change(&arguments)
        arguments.ignore("transaction")
        try arguments.finish()
        guard !filter.isEmpty else {
            throw HouseholdError(
                .invalid, "Say which listens are meant: at least one of speaker_name, since, until, artist and profile")
        }
    }
}
