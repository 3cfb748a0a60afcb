import Taste
public import Wire

/// Answers how a wish is understood, without a list.
public struct ReadVibe: HouseholdOperation {
    public static let signature = OperationSignature("vibe/read", .get("/api/vibe"), writes: false, isOnMQTT: false)

    private let text: String

    public init(_ fields: inout FieldReader) throws(HouseholdError) { text = try fields.text("text") ?? "" }

    public func run(in household: isolated Household) async throws -> VibeView {
        try await Self.read(text, in: household.catalog)
    }

    /// Reads outside of the household, so that other operations run meanwhile.
    @concurrent
    private static func read(_ text: String, in catalog: CatalogCache) async throws -> VibeView {
        VibeView(try catalog.index().parse(vibe: text))
    }
}

/// How a wish is understood, in JSON.
public struct VibeView: Codable, Equatable, Sendable {
    /// A tag that fits.
    public struct Tag: Codable, Equatable, Sendable {
        public var tag: String
        /// How well, 0 to 1.
        public var weight: Double
        /// The words of the text that ask for it.
        @ExplicitNull public var words: String?
    }

    /// What the text denies.
    public struct Unwanted: Codable, Equatable, Sendable {
        public var artists: [String]
        public var kinds: [String]
        public var tags: [String]
        public var decades: [Int]
        public var titles: [String]
    }

    public var text: String
    /// The meaning in one line; null when there is no text.
    @ExplicitNull public var understood: String?
    /// Whether it says what to choose.
    public var isUnderstood: Bool
    public var artists: [String]
    /// Kinds of music; those of one phrase stand together.
    public var kinds: [[String]]
    /// Situations and moods.
    public var concepts: [String]
    /// First years of decades.
    public var decades: [Int]
    /// Audio features and where they should go: above 0 is up.
    public var features: [String: Double]
    /// Tags that fit, the best first.
    public var tags: [Tag]
    public var unwanted: Unwanted
    /// Whether it says that nothing else may come.
    public var only: Bool
    /// The length that it asks for, in tracks.
    @ExplicitNull public var totalTracks: Int?
    /// The length that it asks for, in minutes.
    @ExplicitNull public var totalMinutes: Double?
    /// Words that mean nothing here.
    public var unknown: [String]
    /// What a person should know.
    public var notes: [String]

    init(_ vibe: Vibe) {
        text = vibe.text
        understood = vibe.text.isEmpty ? nil : vibe.summary
        isUnderstood = vibe.isUnderstood
        artists = vibe.artists
        kinds = vibe.kinds
        concepts = vibe.concepts
        decades = vibe.decades
        features = vibe.features
        tags = vibe.tags.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { Tag(tag: $0.key, weight: $0.value, words: vibe.grounds[$0.key]) }
        unwanted = Unwanted(
            artists: vibe.unwantedArtists, kinds: vibe.unwantedKinds, tags: vibe.unwantedTags.keys.sorted(),
            decades: vibe.unwantedDecades, titles: vibe.unwantedTitles)
        only = vibe.isExclusive
        if case .tracks(let count)? = vibe.length { totalTracks = count }
        if case .seconds(let seconds)? = vibe.length { totalMinutes = seconds / 60 }
        unknown = vibe.unknown
        notes = vibe.notes
    }
}
