/// When a play counts, and as what.
///
/// Every threshold can differ by source and by speaker.
public struct ListenRules: Equatable, Codable, Sendable {
    /// Tracks shorter than this are no listens, in seconds.
    public var minTrackS: Double
    /// Share of the duration that makes a play completed, 0…1.
    public var completeFraction: Double
    /// Seconds that make a play completed whatever its length, and of a track of unknown length.
    public var completeAfterS: Double
    /// A play that another track replaced is skipped under this many seconds.
    public var skipUnderS: Double
    /// A play that another track replaced is skipped under this share of its duration, too.
    public var skipFraction: Double
    /// A play heard for less than this is nothing at all, in seconds.
    public var minHeardS: Double
    /// How long a speaker may be idle, off or away before its play is over, in seconds.
    public var flapS: Double
    /// How long values that arrive one by one are gathered before they are believed, in milliseconds.
    public var settleMs: Double

    /// Creates rules; every threshold has its documented default.
    public init(
        minTrackS: Double = 30, completeFraction: Double = 0.5, completeAfterS: Double = 240,
        skipUnderS: Double = 30, skipFraction: Double = 0.25, minHeardS: Double = 2, flapS: Double = 5,
        settleMs: Double = 200
    ) {
        self.minTrackS = minTrackS
        self.completeFraction = completeFraction
        self.completeAfterS = completeAfterS
        self.skipUnderS = skipUnderS
        self.skipFraction = skipFraction
        self.minHeardS = minHeardS
        self.flapS = flapS
        self.settleMs = settleMs
    }
}
