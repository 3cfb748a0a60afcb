public import Foundation

/// What a speaker plays at the moment.
public struct NowPlaying: Equatable, Sendable {
    /// What it is.
    public var media: Media
    /// `playing`, `paused` or `buffering`.
    public var state: PlayerState
    /// When it began.
    public var startedAt: Date
}
