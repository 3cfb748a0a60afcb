import HauntTestSupport
import Foundation

@testable import Taste

/// A small made-up catalog: four genres of eight artists with four tracks each.
enum DemoMusic {
    static let genres = [
        "jazz": ["jazz", "bebop"], "metal": ["metal", "thrash metal"], "techno": ["techno", "house"],
        "folk": ["folk", "acoustic"],
    ]
    static let tracksPerArtist = 4

    static let tracks: [TrackDescription] = genres.keys.sorted().enumerated().flatMap { family, genre in
        (0..<8).flatMap { artist in (0..<tracksPerArtist).map { track(family, genre, artist, $0) } }
    }

    static let index = CatalogIndex.of(tracks)

    /// Id of the track with a number of an artist.
    static func id(_ genre: String, _ artist: Int, _ number: Int = 0) -> TrackID {
        let family = genres.keys.sorted().firstIndex(of: genre) ?? 0
        return TrackID((family * 8 + artist) * tracksPerArtist + number + 1)
    }

    /// The genre of a track.
    static func genre(_ id: TrackID) -> String? {
        let names = genres.keys.sorted()
        let family = (Int(id.rawValue) - 1) / (8 * tracksPerArtist)
        return names.indices.contains(family) ? names[family] : nil
    }

    /// One play a day of each track, the last one at day 100.
    static func taste(_ ids: [TrackID], days: Int = 20) -> ProfileTaste {
        ProfileTaste.rebuilt(
            from: (0..<days).flatMap { day in
                ids.map { CountedPlay(trackID: $0, startedAt: .reference(days: Double(100 - days + 1 + day))) }
            })
    }

    private static func track(_ family: Int, _ genre: String, _ artist: Int, _ number: Int) -> TrackDescription {
        let tags = genres[genre] ?? []
        // Every other artist has the second tag, and each its own, so that the family shares some but not all.
        let own = artist.isMultiple(of: 2) ? tags : [tags[0], "\(genre) \(artist % 3)"]
        return TrackDescription(
            id: id(genre, artist, number), artist: "\(genre) \(artist)", title: "Song \(number)", artistGenres: own,
            year: 1960 + 10 * (artist % 5), popularity: Double(artist * 4 + number), isExplicit: number == 3,
            durationS: 200, features: AudioFeatures(energy: Double(family) / 4 + Double(number) / 20))
    }
}

extension CatalogIndex {
    static func of(_ tracks: some Sequence<TrackDescription>) -> CatalogIndex {
        var builder = Builder()
        for track in tracks { builder.add(track) }
        return builder.build()
    }

    /// The index with one more track.
    func adding(_ track: TrackDescription) -> CatalogIndex {
        var index = self
        index.add(track)
        return index
    }

    /// The artist of a track as first credited; nil for an unknown track or artist.
    func artistName(ofTrack id: TrackID) -> String? {
        guard let row = trackRows[id] else { return nil }
        let name = artists[Int(tracks[Int(row)].artist)].name
        return name.isEmpty ? nil : name
    }

    /// A playlist of ranked candidates.
    func playlist(from candidates: [RankedTrack], plan: PlaylistPlan) -> BuiltPlaylist {
        PlaylistBuilder(index: self, plan: plan).build(from: candidates)
    }

    /// Why each track of an answer is on it.
    func reasons(_ request: RankingRequest) -> [Reason] { rank(request).map { reason(for: $0, by: request) } }
}
