import Foundation
import Household
import Taste

/// A catalog and histories that look like real ones and are nobody's: artists with few and with many tracks, tags in
/// families, people who play the same things for weeks.
struct SyntheticMusic {
    private static let families = [
        "jazz", "rock", "metal", "techno", "house", "folk", "classical", "hip hop", "soul", "ambient", "pop", "blues",
        "country", "reggae", "punk", "disco",
    ]
    private static let tracksPerArtist = 4.4

    let tracks: [TrackDetails]

    /// Makes up a catalog.
    init(tracks count: Int, seed: UInt64 = 1) {
        var random = SeededGenerator(seed: seed)
        var tracks: [TrackDetails] = []
        var artist = 0
        while tracks.count < count {
            let family = Int.random(in: 0..<Self.families.count, using: &random)
            let tags = Self.tags(family, using: &random)
            // A few artists have very many tracks.
            let size = min(200, Int(Self.tracksPerArtist / 2 / Double.random(in: 0.02..<1, using: &random)) + 1)
            for number in 0..<min(size, count - tracks.count) {
                tracks.append(Self.track(number, artist, family, tags, using: &random))
            }
            artist += 1
        }
        self.tracks = tracks
    }

    /// Makes up a history that ends at a time: each week plays come from some hundred tracks, half of them from the week
    /// before.
    func listens(_ count: Int, until end: Date, seed: UInt64 = 2) -> [ImportedListen] {
        var random = SeededGenerator(seed: seed)
        let perWeek = 500
        var choice = (0..<100).map { _ in Int.random(in: tracks.indices, using: &random) }
        return (0..<count).map { number in
            if number % perWeek == 0 {
                for place in choice.indices.shuffled(using: &random).prefix(50) {
                    choice[place] = Int.random(in: tracks.indices, using: &random)
                }
            }
            let track = tracks[
                choice[Int.random(in: 0..<100, using: &random) * Int.random(in: 0..<100, using: &random) / 100]]
            return ImportedListen(
                startedAt: end.addingTimeInterval(Double(number - count) * 1_200), artist: track.artist,
                title: track.title, heardS: 200)
        }
    }

    private static func tags(_ family: Int, using random: inout SeededGenerator) -> [String] {
        [families[family]]
            + (0..<Int.random(in: 1...8, using: &random)).map { _ in
                let kind = Int.random(in: 0..<40, using: &random)
                return kind < 30
                    ? "\(families[family]) kind \(kind)" : "style \(Int.random(in: 0..<300, using: &random))"
            }
    }

    private static func track(
        _ number: Int, _ artist: Int, _ family: Int, _ tags: [String], using random: inout SeededGenerator
    ) -> TrackDetails {
        let level = Double(family) / Double(families.count)
        func feature() -> Double { min(1, max(0, level + .random(in: -0.3...0.3, using: &random))) }
        return TrackDetails(
            artist: "Artist \(artist)", title: "Song \(number) of \(artist)", album: "Album \(number / 10)",
            durationS: .random(in: 120...400, using: &random), artistGenres: tags,
            year: .random(in: 1955...2025, using: &random), popularity: .random(in: 0...100, using: &random),
            features: SoundFeatures(
                danceability: feature(), energy: feature(), valence: feature(),
                tempo: .random(in: 60...190, using: &random), acousticness: feature(), instrumentalness: feature(),
                speechiness: feature(), loudness: -60 * feature()))
    }
}
