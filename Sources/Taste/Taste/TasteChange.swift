/// What a play does to a taste; the caller writes it to the store and then hands it to ``ProfileTaste/apply(_:)``.
public enum TasteChange: Equatable, Sendable {
    /// Too little was heard.
    case nothing
    /// New counters of one track (nil: it has no play left), and the new state of the kernels when a week began.
    case update(trackID: Int64, counters: PlayCounters?, kernels: KernelState?)
    /// The play is older than the track's last: ask ``ProfileTaste/recounted(_:from:)`` with all plays of that track.
    case recount(trackID: Int64)
    /// The play is older than the current week: ask ``ProfileTaste/rebuilt(from:)`` with all plays of the profile.
    case rebuild
    /// All of it is new.
    case replace(ProfileTaste)
}
