public import Foundation
public import Taste

/// What somebody wants to hear: the input of recommending and of generating.
public struct ListRequest: Sendable {
    /// Whose taste; nil leaves it to the rules.
    public var profile: String?
    /// What it should be like, in words.
    public var vibe: String?
    /// Known music, new music, or both; nil leaves it to the speaker, and is balanced elsewhere.
    public var mode: RankingMode?
    /// Repeats a list; nil is a new one each time.
    public var seed: UInt64?
    /// Whether to read no taste at all.
    public var isGuest = false
    /// Answer as if it were that time.
    public var at: Date?
    /// How many tracks; nil leaves it to the settings.
    public var limit: Int?
    /// How long, in seconds, when that is reached first.
    public var totalS: Double?
    /// Most tracks of one artist; nil leaves it to the settings.
    public var maxPerArtist: Int?
    /// The only tracks and artists that may be chosen.
    public var pool: Pool?
    /// Where it should play.
    public var speaker: String?
    /// Whether the speaker should begin at once.
    public var autoPlay = false
    /// Whether to show what each score is made of.
    public var isExplained = false
    /// Whether a vibe without a profile is a guest's; recommending reads `default` then.
    public var vibeAloneIsGuest = true

    /// Names of the modes.
    public static let modes = RankingMode.allCases.map(\.rawValue)

    /// Creates a request with the documented defaults.
    public init() {}
}

extension ListRequest {
    /// Reads the input of `recommend/get`.
    public init(recommending input: JSONValue) throws(HouseholdError) {
        self.init()
        var arguments = try Arguments(input)
        try readCommon(&arguments)
        vibeAloneIsGuest = false
        limit = try arguments.integer("limit", in: 1...Limits.rankedTracks)
        at = try arguments.time("at")
        arguments.ignore("transaction")
        if let lines = try arguments.texts("pool", isTabbed: true) { pool = Pool(lines: lines) }
        try arguments.finish()
    }

    /// Reads the input of `playlist/generate`.
    public init(generating input: JSONValue, autoPlay: Bool = false) throws(HouseholdError) {
        self.init()
        var arguments = try Arguments(input)
        try readCommon(&arguments)
        let total = try arguments.integer("total_tracks", in: 1...Limits.playlistTracks)
        totalS = try arguments.number("total_minutes", in: 1...1_440).map { $0 * 60 }
        limit = total ?? (totalS == nil ? nil : Limits.playlistTracks)
        speaker = try arguments.nonEmptyText("speaker_entity")
        self.autoPlay = try arguments.bool("auto_play") ?? autoPlay
        arguments.ignore("transaction")
        try arguments.finish()
    }

    private mutating func readCommon(_ arguments: inout Arguments) throws(HouseholdError) {
        profile = try arguments.nonEmptyText("profile")
        vibe = try arguments.nonEmptyText("vibe")
        mode = try arguments.choice("mode", of: RankingMode.self)
        seed = try arguments.integer("seed", in: 0...Limits.wholeNumber).map(UInt64.init)
        isGuest = try arguments.bool("guest") ?? false
        isExplained = try arguments.bool("explain") ?? false
        maxPerArtist = try arguments.integer("max_per_artist", in: 1...Limits.rankedTracks)
    }
}
