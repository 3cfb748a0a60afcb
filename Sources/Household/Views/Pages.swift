public import Foundation

/// A page of profiles.
public struct ProfilePage: Codable, Sendable {
    /// Profiles, by name.
    public var profiles: [ProfileView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
}

/// A page of speakers.
public struct SpeakerPage: Codable, Sendable {
    /// Speakers, by name.
    public var speakers: [SpeakerView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
}

/// A page of listens.
public struct HistoryPage: Codable, Sendable {
    /// Listens, the newest first.
    public var history: [ListenView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
}

/// A page of playlists.
public struct PlaylistPage: Codable, Sendable {
    /// Playlists, the newest first.
    public var playlists: [PlaylistView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
}

/// A page of rejected listens.
public struct RejectedPage: Codable, Sendable {
    /// Rejected listens, the newest first.
    public var rejected: [RejectedView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
}

/// A rejected listen as every front door shows it.
public struct RejectedView: Codable, Equatable, Sendable {
    /// Row id; null in the event that tells of it.
    @ExplicitNull public var id: Int64?
    /// When it came.
    public var receivedAt: Date
    /// The front door it came by.
    public var door: String
    /// What was sent.
    public var payload: String
    /// Why it was not taken.
    public var error: ErrorView

    init(_ rejected: RejectedListen) {
        id = rejected.id
        receivedAt = rejected.receivedAt
        door = rejected.door
        payload = rejected.payload
        error = ErrorView(rejected.error)
    }
}

/// An error as every front door shows it.
public struct ErrorView: Codable, Equatable, Sendable {
    /// One of the closed list.
    public var code: HouseholdError.Code
    /// What is wrong and what to do.
    public var message: String
    /// The field that is to blame.
    @ExplicitNull public var field: String?

    /// Shows an error.
    public init(_ error: HouseholdError) {
        code = error.code
        message = error.message
        field = error.field
    }
}
