import Foundation
import Household
import Wire

/// A track as AudioMuse-AI knows it.
struct AudioMuseTrack: Equatable {
    /// The space that words and sounds share.
    static let space = "clap-512"
    private static let dimensions = 512
    /// How many of the moods that it heard are taken as genres.
    private static let moods = 3

    /// The media server's identifier.
    let id: String
    let tags: TrackTags
    let sound: SoundVector?

    /// Reads a track; nil for what has no identifier.
    init?(_ track: JSONValue) {
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
        sound = track["clap_embedding"]?.text.flatMap { Self.floats($0) }.map {
            SoundVector(space: Self.space, values: $0)
        }
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

    /// Little-endian floats in base64; nil unless they are as many as the space has dimensions, and a direction.
    private static func floats(_ text: String) -> [Float]? {
        guard let data = Data(base64Encoded: text), data.count == 4 * dimensions else { return nil }
        let bytes = [UInt8](data)
        let values = stride(from: 0, to: bytes.count, by: 4).map { place in
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) })
        }
        let norm = values.reduce(Float(0)) { $0 + $1 * $1 }
        return norm.isFinite && norm > 0 ? values : nil
    }
}
