import Household
/// Limits of what is read out of files.
enum ImportLimits {
    /// Largest row, quoted newlines and all, in bytes; a quote that is never closed is noticed here at the latest.
    static let rowBytes = 1 << 20
    /// Most columns of a row.
    static let columns = 1_000
    /// Most genres or tags of a track.
    static let tags = 100
    /// Times that can be meant: from the first recording in a catalog to a clock that is wrong, in years.
    static let years = 1000...2200
    /// Longest track, in milliseconds.
    static let trackMs = 86_400_000.0
}
