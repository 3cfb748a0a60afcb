/// What a text asks for, as far as it was understood.
public struct Vibe: Equatable, Sendable {
    /// The text.
    public let text: String
    /// Names of the artists in it.
    public internal(set) var artists: [String] = []
    /// Situations and moods in it: "dinner", "chill".
    public internal(set) var concepts: [String] = []
    /// Tags that fit, 0 to 1.
    public internal(set) var tags: [String: Double] = [:]
    /// Tags that do not, 0 to 1.
    public internal(set) var unwantedTags: [String: Double] = [:]
    /// Names of artists that are not wanted.
    public internal(set) var unwantedArtists: [String] = []
    /// Audio features by name and where they should go: 1 is up, -1 is down.
    public internal(set) var features: [String: Double] = [:]
    /// First years of the decades in it.
    public internal(set) var decades: [Int] = []
    /// For each tag that fits, the words of the text that ask for it.
    var grounds: [String: String] = [:]
    /// Words that meant nothing here.
    public internal(set) var unknown: [String] = []

    init(text: String) { self.text = text }

    /// Whether anything was understood; if not, all that is left to rank by is how well known an artist is.
    public var isUnderstood: Bool {
        !(artists.isEmpty && tags.isEmpty && unwantedTags.isEmpty && unwantedArtists.isEmpty && features.isEmpty
            && decades.isEmpty)
    }
}
