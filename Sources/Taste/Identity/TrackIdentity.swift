/// What makes two names one track: artist and title without case, accents, punctuation, guests and remaster remarks.
public struct TrackIdentity: Hashable, Sendable {
    /// Key of the artist as credited, without guests and without a leading "The"; empty only if there is no artist.
    public let artistKey: String
    /// Key of the title; empty only if the title is.
    public let titleKey: String

    /// Normalises a track's names.
    public init(artist: String?, title: String) {
        artistKey = artist.map(Self.artistKey) ?? ""
        titleKey = Self.titleKey(of: title)
    }

    /// The key of an artist, by which "The Beatles" and "beatles" are one, and so are an artist alone and with a guest.
    public static func artistKey(of artist: String) -> String {
        let text = FoldedText(artist)
        return text.artistKey ?? text.whole
    }

    /// Whether two names are one artist's.
    static func isSameArtist(_ first: String, _ second: String) -> Bool {
        artistKey(of: first) == artistKey(of: second)
    }

    /// The key of a recording: a remaster, a bonus track and a guest in brackets are the same; a live take or a remix is not.
    public static func titleKey(of title: String) -> String {
        let text = FoldedText(title)
        return text.titleKey(dropping: .remarks) ?? text.whole
    }

    /// The key of a song, whatever the edition: live takes, remixes and radio edits are the same song.
    public static func editionKey(of title: String) -> String {
        let text = FoldedText(title)
        return text.titleKey(dropping: .editions) ?? text.whole
    }

    /// The first artist of a shared credit ("A & B", "A, B", "A x B"); nil when nobody shares it.
    public static func leadArtist(of artist: String) -> String? {
        let text = FoldedText(artist)
        guard let lead = text.creditKeys.first, lead != text.artistKey else { return nil }
        return lead
    }

    /// The first artist of a credit that is shared as far as one can tell from who is known; nil if it may be one act.
    ///
    /// "Camo & Krooked" is no work of somebody who is called Camo. A first name of several words is hardly a stranger's, and
    /// where all who are named are known, they share it.
    static func certainLead(of artist: String, isKnown: (String) -> Bool) -> String? {
        let text = FoldedText(artist)
        let artists = text.creditKeys
        guard artists.count > 1, let lead = artists.first else { return nil }
        let isNamedFully = lead.contains(" ") || text.isSharedForCertain
        return isNamedFully || artists.allSatisfy(isKnown) ? lead : nil
    }
}
