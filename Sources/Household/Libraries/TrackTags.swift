import Foundation
import Listening
import Taste

/// What the tags of a recording say, as they were written.
public struct TrackTags: Equatable, Sendable {
    /// The title; nil when there is none.
    public var title: String?
    /// The artists: one text as it was written, or several where the library keeps them apart.
    public var artists: [String]
    /// The artists of the album.
    public var albumArtists: [String]
    public var album: String?
    /// Genres, each of which may be several.
    public var genres: [String]
    /// Dates of release that begin with or have a year, the best first.
    public var dates: [String]
    /// Length in seconds.
    public var durationS: Double?
    /// 0 to 100.
    public var popularity: Double?
    /// Whether it is marked as explicit; nil when it is not marked.
    public var isExplicit: Bool?
    /// The path of its file; nil when there is none.
    public var path: String?
    /// What the library calls the sound, such as `podcast`.
    public var type: String?
    /// What it sounds like.
    public var features: SoundFeatures?

    /// Creates tags.
    public init(
        title: String?, artists: [String] = [], albumArtists: [String] = [], album: String? = nil,
        genres: [String] = [],
        dates: [String] = [], durationS: Double? = nil, popularity: Double? = nil, isExplicit: Bool? = nil,
        path: String? = nil, type: String? = nil, features: SoundFeatures? = nil
    ) {
        self.title = title
        self.artists = artists
        self.albumArtists = albumArtists
        self.album = album
        self.genres = genres
        self.dates = dates
        self.durationS = durationS
        self.popularity = popularity
        self.isExplicit = isExplicit
        self.path = path
        self.type = type
        self.features = features
    }
}

extension TrackTags {
    private static let mostGenres = 20
    private static let explicitMark = "[explicit]"

    /// What the catalog has of it; nil for what is no music, and for what has neither title nor file name.
    ///
    /// - Parameter isArtist: Tells whether a name is that of one artist.
    /// - Returns: What a library track has as its details.
    public func details(isArtist: (String) -> Bool) -> TrackDetails? {
        let named = title.flatMap { MediaDescription.text($0) } == nil ? titledByFile : self
        let media = MediaDescription(
            title: named.title, artist: named.credit(isArtist).flatMap(Self.known), album: album.flatMap(Self.known),
            durationS: durationS, type: type
        ).media
        let genres = genres.flatMap(TrackDetails.genres).compactMap { MediaDescription.text($0) }
        guard media.kind == .music, let title = media.title, !isTold(title: title, genres: genres) else { return nil }
        let isMarked = [title, album ?? ""].contains { $0.lowercased().hasSuffix(Self.explicitMark) }
        return TrackDetails(
            artist: media.artist, title: title, album: media.album, durationS: media.durationS,
            genres: Array(genres.prefix(Self.mostGenres)), year: year, popularity: popularity,
            isExplicit: isExplicit ?? (isMarked ? true : nil), features: features)
    }

    /// Servers' words for a name that is missing.
    private static let nothing: Set = ["[non-album tracks]", "[unknown album]", "[unknown artist]", "various artists"]

    private static func known(_ name: String) -> String? { nothing.contains(name.lowercased()) ? nil : name }

    /// The credit of the track, else that of its album.
    private func credit(_ isArtist: (String) -> Bool) -> String? {
        let names = artists.contains { !$0.isEmpty } ? artists : albumArtists
        func isKnown(_ name: String) -> Bool { albumArtists.contains(name) || isArtist(name) }
        // Several texts are several artists already. Only their guests are still to be found.
        let credits = names.map { name in ArtistCredit(name) { names.count > 1 && $0 == name || isKnown($0) } }
        var seen: Set<String> = []
        let artists = credits.flatMap(\.artists).filter { seen.insert($0).inserted }
        let guests = credits.flatMap(\.guests).filter { seen.insert($0).inserted }
        let text = artists.joined(separator: ", ")
        return guests.isEmpty || text.isEmpty ? text : text + " feat. " + guests.joined(separator: ", ")
    }

    /// The first year that a date names.
    private var year: Int? {
        for date in dates {
            for run in date.split(whereSeparator: { !$0.isASCII || !$0.isNumber })
            where run.count == 4 || run.count == 8 {
                if let year = Int(run.prefix(4)), (1_000...2_200).contains(year) { return year }
            }
        }
        return nil
    }

    /// The tags of a file without a title: its name is the title, after a track number and perhaps the artist.
    private var titledByFile: TrackTags {
        guard let file = path?.split(separator: "/").last else { return self }
        let stem = file.lastIndex(of: ".").map { file[..<$0] } ?? file
        let digits = stem.prefix { $0.isASCII && $0.isNumber }
        let rest = stem.dropFirst(digits.count).drop { " .-_".contains($0) }
        let name = digits.isEmpty || digits.count > 3 || rest.isEmpty ? stem : rest
        var tags = self
        let parts = String(name).components(separatedBy: " - ")
        if parts.count == 2, artists.isEmpty {
            tags.artists = [parts[0]]
            tags.title = parts[1]
        } else {
            tags.title = String(name)
        }
        return tags
    }
}

// Audiobooks, audio plays and podcasts.
extension TrackTags {
    private static let toldFiles: Set<Substring> = ["m4b", "aa", "aax"]
    /// Words of albums and titles that music does not have.
    private static let toldWords = [
        "hörspiel", "hörspiele", "hoerspiel", "originalhörspiel", "hörbuch", "hoerbuch", "audiobook", "audiolibro",
        "livre audio",
        "luisterboek", "hoorspel", "ungekürzt", "ungekürzte", "unabridged", "lesung",
    ]
    /// What chapters and episodes begin with, before a number.
    private static let chapterWords: Set<Substring> = [
        "kapitel", "chapter", "chapitre", "capitulo", "capítulo", "capitolo", "hoofdstuk", "folge", "episode",
        "épisode", "aflevering",
    ]

    private func isTold(title: String, genres: [String]) -> Bool {
        if genres.contains(where: GenreText.isTold) { return true }
        let folders = path?.split(separator: "/") ?? []
        if folders.last?.split(separator: ".").last.map({ Self.toldFiles.contains($0.lowercased()[...]) }) == true {
            return true
        }
        if folders.dropLast().contains(where: { GenreText.isTold(String($0)) }) { return true }
        let texts = [title, album ?? ""].map { $0.lowercased().split { !$0.isLetter && !$0.isNumber } }
        if texts.contains(where: { words in Self.toldWords.contains { Self.has($0, words) } }) { return true }
        return !genres.contains(where: GenreText.isMusic) && texts.contains(where: Self.isChapter)
    }

    private static func has(_ phrase: String, _ words: [Substring]) -> Bool {
        let parts = phrase.split(separator: " ")
        return parts.count == 1 ? words.contains(parts[0]) : words.joined(separator: " ").contains(phrase)
    }

    /// Whether it begins as "Kapitel 3" and "Folge 12: Der Schatz" do.
    private static func isChapter(_ words: [Substring]) -> Bool {
        words.count > 1 && chapterWords.contains(words[0]) && words[1].allSatisfy(\.isNumber)
    }
}

extension TrackDetails {
    /// The genres of one text, split as people write them: the one rule of libraries and catalog files.
    public static func genres(in text: String) -> [String] { GenreText.genres(in: text) }
}

/// The names of artists, as taste compares them.
public struct ArtistNames: Sendable {
    /// How many names are kept.
    private static let most = 500_000

    private var keys: Set<String> = []

    /// Creates an empty set.
    public init() {}

    /// Adds a name.
    public mutating func insert(_ name: String) {
        if keys.count < Self.most { keys.insert(TrackIdentity.artistKey(of: name)) }
    }

    /// Whether a credit can only be one name, because nothing in it could stand between two.
    public static func isPlain(_ credit: String) -> Bool { ArtistCredit.isPlain(credit) }

    /// Whether an artist has this name.
    public func contains(_ name: String) -> Bool { keys.contains(TrackIdentity.artistKey(of: name)) }
}
