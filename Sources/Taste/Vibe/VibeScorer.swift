/// How well the artists of a catalog fit a wish: computed once for a list, and for all people of a list for several.
final class VibeScorer: Sendable {
    let terms: VibeTerms
    /// The most that each artist and any of its tracks score, its taste left out.
    private let most: [Float]
    /// Of that, what the sound and year of a track add at most.
    private let mostOwn: [Float]
    /// How well the words fit each artist beside the best there is, 0 to 1; empty where the words say nothing.
    private let shares: [Float]

    init(_ vibe: Vibe, index: CatalogIndex) {
        let terms = VibeTerms(vibe, index: index)
        let own = terms.mostOwn()
        var most = own
        var fits = [Float](repeating: 0, count: most.count)
        for row in most.indices {
            let parts = terms.parts(ofArtist: row)
            most[row] += parts.sum
            fits[row] = parts.fit
        }
        let bestFit = fits.reduce(Float.leastNormalMagnitude) { $1 > $0 ? $1 : $0 }
        for row in fits.indices { fits[row] = max(0, min(1, fits[row] / bestFit)) }
        self.terms = terms
        self.most = most
        mostOwn = own
        shares = vibe.isUnderstood ? fits : []
    }

    var vibe: Vibe { terms.vibe }

    /// The most that an artist and any of its tracks score, its taste left out.
    func most(ofArtist row: Int) -> Float { most[row] }

    /// Of that, what the sound and year of a track add at most.
    func mostOwn(ofArtist row: Int) -> Float { mostOwn[row] }

    /// How well an artist fits the words beside the best there is, 0 to 1; 1 where the words say nothing.
    func share(ofArtist row: Int) -> Float { shares.isEmpty ? 1 : shares[row] }
}
