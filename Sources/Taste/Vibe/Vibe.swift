/// What a text asks for, as far as it was understood.
public struct Vibe: Equatable, Sendable {
    /// How long a list should be, where the text says so.
    public enum Length: Equatable, Sendable {
        /// As many tracks.
        case tracks(Int)
        /// As many seconds.
        case seconds(Double)
    }

    /// A track that a text names.
    public struct Track: Equatable, Sendable {
        /// Its id; nil for one that the catalog does not have.
        public var id: TrackID?
        public var title: String
        /// Its artist; empty where nobody knows.
        public var artist: String

        /// Creates the value of a track.
        public init(id: TrackID?, title: String, artist: String) {
            self.id = id
            self.title = title
            self.artist = artist
        }
    }

    public let text: String
    /// The tracks in it, beside ``artists``, which has theirs.
    public internal(set) var tracks: [Track] = []
    /// Whether it asks for what is like the track that plays now.
    public internal(set) var pointsAtPlaying = false
    /// Whether anything plays; nil until ``CatalogIndex/pointing(_:at:)`` says so.
    var isPlayingKnown: Bool?
    /// Names of the artists in it.
    public internal(set) var artists: [String] = []
    /// Whether it asks for what is like them: "music like Nina Simone", not "something by Nina Simone".
    public internal(set) var wantsAlike = false
    /// Kinds of music that it names; those of one phrase ("swedish death metal") belong together.
    public internal(set) var kinds: [[String]] = []
    /// Situations and moods in it: "dinner", "chill".
    public internal(set) var concepts: [String] = []
    /// Tags that fit, 0 to 1.
    public internal(set) var tags: [String: Double] = [:]
    /// Tags that do not, 0 to 1.
    public internal(set) var unwantedTags: [String: Double] = [:]
    /// Tags that the text itself denies: what carries one of them is not chosen.
    public internal(set) var unwantedKinds: [String] = []
    /// Names of artists that are not wanted.
    public internal(set) var unwantedArtists: [String] = []
    /// Audio features by name and where they should go: 1 is up, -1 is down.
    public internal(set) var features: [String: Double] = [:]
    /// First years of the decades in it.
    public internal(set) var decades: [Int] = []
    /// Titles of tracks that are not wanted, as written.
    public internal(set) var unwantedTitles: [String] = []
    /// First years of the decades that are not wanted.
    public internal(set) var unwantedDecades: [Int] = []
    /// Whether it says "only": what does not fit is not chosen, however little fits.
    public internal(set) var isExclusive = false
    /// How long the list should be; nil if the text does not say.
    public internal(set) var length: Length?
    /// Whether one of them says how the music should feel.
    var namesMood = false
    /// For each tag that fits, the words of the text that ask for it.
    public internal(set) var grounds: [String: String] = [:]
    /// Kinds of music that it names, in English, for ``soundWords``.
    var genreWords: [String] = []
    /// Situations, moods and instruments that it names, in English, for ``soundWords``.
    var conceptWords: [String] = []
    /// Words that meant nothing here.
    public internal(set) var unknown: [String] = []
    /// Whether the catalog has tags to choose by.
    var isJudgeable = true
    /// Denials of which nothing was understood, as they were written: "not that one".
    public internal(set) var unknownDenials: [String] = []

    init(text: String) { self.text = text }

    /// Whether it says what to choose; if not, all that is left to rank by is taste, or how well known an artist is.
    public var isUnderstood: Bool { asksForSomething || deniesSomething || pointsAtPlaying }

    /// Whether it names anything that should be there.
    var asksForSomething: Bool {
        !(tracks.isEmpty && artists.isEmpty && tags.isEmpty && features.isEmpty && decades.isEmpty)
    }

    /// Whether it names anything that should not be there.
    var deniesSomething: Bool {
        !(unwantedArtists.isEmpty && unwantedTags.isEmpty && unwantedDecades.isEmpty && unwantedTitles.isEmpty)
    }
}

extension Vibe {
    private static let listedTags = 6
    private static let leastDirection = 0.25

    /// How it was understood, in one line: "chill, dinner → downtempo, lounge; energy low; not: metal".
    public var summary: String {
        guard isUnderstood || length != nil else {
            return "nothing in it is known here; the list is as without words"
        }
        var parts: [String] = []
        if !likes.isEmpty { parts.append("like " + likes.joined(separator: ", ")) }
        if !meaning.isEmpty { parts.append(meaning) }
        parts += features.sorted { $0.key < $1.key }.filter { abs($0.value) >= Self.leastDirection }
            .map { "\($0.key) \($0.value > 0 ? "high" : "low")" }
        if !decades.isEmpty { parts.append(Self.listed(decades)) }
        if isExclusive { parts.append("nothing else") }
        if let length { parts.append(length.text) }
        let unwanted =
            unwantedArtists + unwantedTitles.map { "“\($0)”" }
            + Self.strongest(unwantedTags).filter { !Self.isDecade($0) }
            + unwantedDecades.map { "\($0)s" }
        if !unwanted.isEmpty { parts.append("not: " + unwanted.joined(separator: ", ")) }
        if !isJudgeable { parts.append("nothing here has tags; ranked by popularity") }
        return parts.joined(separator: "; ")
    }

    /// What a person should know of what was not understood; empty if all was.
    public var notes: [String] {
        let playing = isPlayingKnown == false ? ["nothing plays here now that the list could be like"] : []
        let denials = playing + unknownDenials.map { "“\($0)” was not understood" }
        return unknown.isEmpty ? denials : denials + ["nothing is known of “" + unknown.joined(separator: " ") + "”"]
    }

    /// What the list is to be like: tracks, and artists that none of them is by.
    private var likes: [String] {
        let songs = tracks.map { track in
            track.artist.isEmpty ? "“\(track.title)”" : "“\(track.title)” by \(track.artist)"
        }
        let others = artists.filter { name in !tracks.contains { TrackIdentity.isSameArtist($0.artist, name) } }
        return songs + (pointsAtPlaying && isPlayingKnown == nil ? ["what plays now"] : []) + others
    }

    private var meaning: String {
        let heard = concepts.joined(separator: ", ")
        let strongest = Self.strongest(tags).filter { !concepts.contains($0) && !Self.isDecade($0) }
            .joined(separator: ", ")
        return [heard, strongest].filter { !$0.isEmpty }.joined(separator: " → ")
    }

    private static func listed(_ decades: [Int]) -> String { decades.map { "\($0)s" }.joined(separator: ", ") }

    /// Whether a tag is a decade, which is said by itself.
    private static func isDecade(_ tag: String) -> Bool { tag.first?.isNumber ?? false && tag.hasSuffix("0s") }

    private static func strongest(_ tags: [String: Double]) -> [String] {
        tags.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(listedTags).map(\.key)
    }
}

extension Vibe {
    /// How many words a model of words and sound is asked with at most: captions of sounds are short.
    private static let mostSoundWords = 4

    /// The wish in a few English words, for a search by sound; nil when it says nothing of how music sounds.
    ///
    /// They are the names of what was understood, in whatever language it was said: kinds of music first, then situations,
    /// moods and instruments, then decades. Names of artists say nothing to a model of sound.
    public var soundWords: String? {
        var words: [String] = []
        for phrase in genreWords + conceptWords + decades.map({ "\($0)s" }) where !words.contains(phrase) {
            let count = (words + [phrase]).reduce(0) { $0 + $1.split(separator: " ").count }
            if words.isEmpty || count <= Self.mostSoundWords { words.append(phrase) }
        }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}

extension Vibe.Length {
    fileprivate var text: String {
        switch self {
        case .tracks(let count): count == 1 ? "1 track" : "\(count) tracks"
        case .seconds(let seconds): "\(Int((seconds / 60).rounded())) minutes"
        }
    }
}

extension CatalogIndex {
    /// Reads what a text asks for, in the words and names that this catalog knows.
    public func parse(vibe text: String) -> Vibe {
        var vibe = VibeParser(index: self).parse(text)
        vibe.isJudgeable = statistics.taggedCount > 0 || vibe.tags.isEmpty
        return vibe
    }
}
