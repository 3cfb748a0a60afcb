import Foundation
import Household
import Wire

/// A track as AudioMuse-AI knows it.
struct AudioMuseTrack: Equatable {
    /// How many of the moods that it heard are taken as genres.
    private static let moods = 3

    /// The media server's identifier.
    let id: String
    let tags: TrackTags
    let sound: SoundVector?

    /// Reads a track; nil for what has no identifier.
    ///
    /// - Parameters:
    ///   - track: What the server says of it.
    ///   - model: The model that made its vector, where the track does not say.
    init?(_ track: JSONValue, model: String) {
        guard let id = track["id"]?.identifier else { return nil }
        self.id = id
        let moods = Self.shares(track["mood_vector"]).sorted { ($1.share, $0.name) < ($0.share, $1.name) }
        let other = Dictionary(Self.shares(track["other_features"]).map { ($0.name, $0.share) }) { first, _ in first }
        let tempo = track["tempo"]?.number.flatMap { (1...500).contains($0) ? $0 : nil }
        let features = SoundFeatures(danceability: other["danceable"], valence: other["happy"], tempo: tempo)
        tags = TrackTags(
            title: track["title"]?.text, artists: [track["artist"]?.text].compactMap { $0 },
            albumArtists: [track["album_artist"]?.text].compactMap { $0 }, album: track["album"]?.text,
            genres: moods.prefix(Self.moods).map(\.name),
            dates: [track["year"]?.whole.map(String.init)].compactMap { $0 },
            features: features == SoundFeatures() ? nil : features)
        let bytes = track["clap_embedding"]?.text.flatMap { Data(base64Encoded: $0) }
        sound = bytes.flatMap { SoundVector(model: track["clap_model"]?.text ?? model, littleEndian: $0) }
    }

    /// Names and shares, written as `rock:0.56,indie:0.41` or as an object.
    private static func shares(_ value: JSONValue?) -> [(name: String, share: Double)] {
        let pairs: [(String, Double?)] =
            switch value {
            case .object(let fields): fields.map { ($0.key, $0.value.number) }
            case .string(let text):
                text.split(separator: ",").prefix(100).map { part in
                    let colon = part.lastIndex(of: ":") ?? part.endIndex
                    let name = part[..<colon].trimmingCharacters(in: .whitespaces)
                    return (name, Double(part[colon...].dropFirst().trimmingCharacters(in: .whitespaces)))
                }
            default: []
            }
        return pairs.compactMap { name, share in
            share.flatMap { (0...1).contains($0) && !name.isEmpty ? (name, $0) : nil }
        }
    }
}
