public import Foundation

/// One stored listen, as far as a taste is concerned.
public struct CountedPlay: Hashable, Sendable {
    /// A play of which less was heard, in seconds, says nothing about a taste, unless it was completed all the same.
    public static let leastHeardS = 30.0

    /// What was played.
    public var trackID: TrackID
    /// When it began.
    public var startedAt: Date
    /// Seconds really heard; nil if nobody measured.
    public var heardS: Double?
    /// Whether it was completed, as a play of a short track can be early.
    public var isCompleted: Bool

    /// Creates a play.
    public init(trackID: TrackID, startedAt: Date, heardS: Double? = nil, isCompleted: Bool = false) {
        self.trackID = trackID
        self.startedAt = startedAt
        self.heardS = heardS
        self.isCompleted = isCompleted
    }

    /// Whether enough was heard, or nobody knows how much.
    public var counts: Bool { isCompleted || heardS.map { $0 >= Self.leastHeardS } ?? true }
}
