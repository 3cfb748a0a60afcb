public import Foundation

/// What a speaker plays at the moment.
public struct NowPlaying: Equatable, Sendable {
    /// What it is.
    public var media: Media
    /// `playing`, `paused` or `buffering`; `unknown` while the speaker cannot be heard.
    public var state: PlayerState
    /// When it began.
    public var startedAt: Date
    /// Whether it was marked with ``HomeTracker/mark(_:)``.
    public var isMarked: Bool
}
