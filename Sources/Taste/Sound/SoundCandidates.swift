/// The tracks that may be among the nearest to a point, in groups: each track of a group is nearer than all of the next.
public struct SoundCandidates: Sendable {
    private let limit: Int
    private let groups: [[TrackID]]

    /// - Parameters:
    ///   - likely: The tracks, each with the least and the most that its cosine can be.
    ///   - limit: How many neighbours are wanted.
    init(_ likely: [(id: TrackID, least: Float, most: Float)], limit: Int) {
        self.limit = limit
        var groups: [[TrackID]] = []
        var count = 0
        var least = Float.infinity
        for track in likely.sorted(by: { ($1.most, $0.id) < ($0.most, $1.id) }) {
            if track.most < least {
                guard count < limit else { break }
                groups.append([])
            }
            groups[groups.count - 1].append(track.id)
            least = min(least, track.least)
            count += 1
        }
        self.groups = groups
    }

    /// The tracks whose order only their points as they are stored decide.
    public var undecided: [TrackID] { groups.lazy.filter { $0.count > 1 }.flatMap { $0 } }

    /// The nearest tracks, the nearest first and of equal ones the lower id.
    ///
    /// - Parameters:
    ///   - point: The point that they were searched for.
    ///   - stored: The points of ``undecided`` as they are stored. A track that is missing is no neighbour.
    /// - Returns: As many tracks as were wanted, or as there are.
    public func nearest(to point: SoundPoint, _ stored: [(id: TrackID, point: SoundPoint)]) -> [TrackID] {
        let cosines = Dictionary(uniqueKeysWithValues: stored.map { ($0.id, $0.point.cosine(to: point)) })
        let ordered = groups.flatMap { group in
            guard group.count > 1 else { return group }
            return group.compactMap { id in cosines[id].map { (cosine: $0, id: id) } }
                .sorted { ($1.cosine, $0.id) < ($0.cosine, $1.id) }.map(\.id)
        }
        return Array(ordered.prefix(limit))
    }
}
