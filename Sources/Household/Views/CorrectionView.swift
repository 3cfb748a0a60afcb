/// A correction of history as every front door shows it.
public struct CorrectionView: Codable, Equatable, Sendable {
    /// Listens that it touches.
    public var eventCount: Int
    /// The same by the profile that had them before; after an undo, by the profile that has them back.
    public var byProfile: [String: Int]
    /// What undoes it; null when nothing was done, or nothing can be undone.
    @ExplicitNull public var undoId: String?
}
