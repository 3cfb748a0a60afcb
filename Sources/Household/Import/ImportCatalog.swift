import Foundation

/// Stores a batch of tracks in the catalog. The first batch of a real catalog removes the demo tracks that nobody played.
public struct ImportCatalog: ImmediateOperation, Codable {
    /// Its name. Batches come from the command line only.
    public static let signature = OperationSignature("catalog/import", nil, writes: true, isOnMQTT: false)

    public let rows: [TrackDetails]
    /// Whether they are the small catalog that comes with Haunt.
    public let isDemo: Bool
    /// Whether further batches of the same file follow.
    public let hasMore: Bool

    /// Creates a batch.
    public init(rows: [TrackDetails], isDemo: Bool = false, hasMore: Bool = false) {
        self.rows = rows
        self.isDemo = isDemo
        self.hasMore = hasMore
    }

    /// - Throws: ``HouseholdError`` `too_large` when the catalog would have more than ``Limits/catalogTracks`` tracks.
    public func perform(in household: isolated Household) throws -> ImportView {
        guard rows.count <= Limits.importedRows else {
            throw HouseholdError.invalid("rows", "A batch has at most \(Limits.importedRows) rows")
        }
        let now = household.now()
        for (index, row) in rows.enumerated() {
            guard let problem = row.problem(at: now) else { continue }
            throw HouseholdError.invalid("rows[\(index)]", problem)
        }
        let counts = try household.store.write { store in
            guard try store.trackCount() + rows.count <= Limits.catalogTracks else {
                throw HouseholdError(.tooLarge, "The catalog would have more than \(Limits.catalogTracks) tracks")
            }
            if !isDemo { try store.removeUnplayedDemoTracks() }
            return try store.importTracks(rows, isDemo: isDemo, hasMore: hasMore)
        }
        household.invalidateCatalog()
        return ImportView(added: counts.added, known: counts.updated, undecided: counts.undecided)
    }
}
