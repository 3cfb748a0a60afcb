public import Foundation

/// One stored listen, as far as a taste is concerned.
public struct CountedPlay: Hashable, Sendable {
    /// A play of which less was heard, in seconds, says nothing about a taste.
    public static let leastHeardS = 30.0

    /// What was played.
    public var trackID: Int64
    /// When it began.
    public var startedAt: Date
    /// Seconds really heard; nil if nobody measured.
    public var heardS: Double?

    /// Creates a play.
    public init(trackID: Int64, startedAt: Date, heardS: Double? = nil) {
        self.trackID = trackID
        self.startedAt = startedAt
        self.heardS = heardS
    }

    /// Whether enough was heard, or nobody knows how much.
    public var counts: Bool { heardS.map { $0 >= Self.leastHeardS } ?? true }
}
