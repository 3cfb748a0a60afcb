/// Tags as directions in which near ones meet, learned from nothing but the household's own catalog.
struct TagEmbedding: Sendable {
    private var tags: [Vector64] = []

    init() {}

    init(artists: [IndexedArtist], tagCount: Int) {
        let axes = PrincipalAxes(of: TagAssociation(artists: artists, tagCount: tagCount).rows)
        tags = axes.coordinates.map(\.unit)
    }

    /// The unit vector of weighted tags; zero if none of them is placed.
    func vector(of weighted: [WeightedTag]) -> Vector64 {
        var sum = Vector64.zero
        for tag in weighted where Int(tag.tag) < tags.count { sum.add(tags[Int(tag.tag)], times: tag.weight) }
        return sum.unit
    }
}
