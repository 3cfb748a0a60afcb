/// What music sounds like where nobody measured it: as the measured tracks of artists with the same tags.
struct TagSounds: Sendable {
    /// Measured tracks that one guess from tags weighs as much as.
    private static let guessWeight: Float = 3
    /// Artists without a sound that a tag begins with, so that few artists do not decide.
    private static let emptyArtists: Float = 10
    /// Tracks of one artist that count in the sound of its tags.
    private static let mostTracks: Float = 5

    /// By tag, in standard deviations from the catalog's mean.
    private var byTag: [SIMD8<Float>] = []

    /// What is known of an artist's tracks: sums, and of how many.
    private typealias Measured = (sum: SIMD8<Float>, counts: SIMD8<Float>)

    init() {}

    init(artists: [IndexedArtist], sounds: [MeasuredSound], tagCount: Int) {
        var sums = [SIMD8<Float>](repeating: .zero, count: tagCount)
        var weights = sums
        for artist in artists {
            let (sum, counts) = Self.measured(artist, sounds)
            let weight = counts.replacing(with: Self.mostTracks, where: counts .> Self.mostTracks)
            let mean = (sum / counts).replacing(with: 0, where: counts .== 0)
            for tag in artist.tags {
                sums[Int(tag.tag)] += mean * weight
                weights[Int(tag.tag)] += weight
            }
        }
        byTag = sums.indices.map { sums[$0] / (weights[$0] + Self.emptyArtists) }
    }

    /// What an artist sounds like: the mean of its measured tracks and of what its tags sound like.
    func sound(of artist: IndexedArtist, tags: [WeightedTag], sounds: [MeasuredSound]) -> SIMD8<Float> {
        let weight = tags.reduce(0) { $0 + $1.weight }
        var guess = SIMD8<Float>.zero
        if weight > 0 {
            for tag in tags where Int(tag.tag) < byTag.count { guess += byTag[Int(tag.tag)] * tag.weight }
            guess /= weight
        }
        let (sum, counts) = Self.measured(artist, sounds)
        return (sum + guess * Self.guessWeight) / (counts + Self.guessWeight)
    }

    private static func measured(_ artist: IndexedArtist, _ sounds: [MeasuredSound]) -> Measured {
        var (sum, counts) = (SIMD8<Float>.zero, SIMD8<Int16>.zero)
        for track in artist.tracks {
            let sound = sounds[Int(track)]
            sum += sound.deviations
            counts.replace(with: counts &+ 1, where: sound.isKnown)
        }
        return (sum, SIMD8<Float>(counts))
    }
}

extension CatalogIndex {
    /// What a track's own sound weighs beside its artist's.
    private static let ownWeight: Float = 0.6

    /// What a track sounds like: as measured, drawn to its artist, and as its artist where nobody measured.
    func sound(ofTrack row: Int) -> SIMD8<Float> {
        trackSounds[row].drawn(to: artistSounds[Int(tracks[row].artist)], own: Self.ownWeight)
    }

    /// How intense a track is, 0 being the catalog's mean; nil where nobody measured.
    func energy(ofTrack row: Int) -> Float? {
        let sound = trackSounds[row]
        guard sound.isKnown[AudioFeatures.energyLane] else { return nil }
        let scale = statistics.scale[AudioFeatures.energyLane]
        return scale > 0 ? sound.deviations[AudioFeatures.energyLane] / scale : 0
    }
}
