/// When a play counts, and as what.
///
/// Every threshold can differ by source and by speaker.
public struct ListenRules: Equatable, Codable, Sendable {
    /// Tracks shorter than this are no listens, in seconds.
    public var minTrackS: Double
    /// Share of the duration that makes a play completed, 0…1.
    public var completeFraction: Double
    /// Seconds that make a play completed whatever its length, and of a track of unknown length.
    public var completeAfterS: Double
    /// A play that another track replaced is skipped under this many seconds.
    public var skipUnderS: Double
    /// A play that another track replaced is skipped under this share of its duration, too.
    public var skipFraction: Double
    /// A play heard for less than this is nothing at all, in seconds.
    public var minHeardS: Double
    /// How long a speaker may be idle, off or away before its play is over, in seconds.
    public var flapS: Double
    /// How long values that arrive one by one are gathered before they are believed, in milliseconds.
    public var settleMs: Double

    /// Creates rules; every threshold has its documented default.
    public init(
        minTrackS: Double = 30, completeFraction: Double = 0.5, completeAfterS: Double = 240,
        skipUnderS: Double = 30, skipFraction: Double = 0.25, minHeardS: Double = 2, flapS: Double = 5,
        settleMs: Double = 200
    ) {
        self.minTrackS = minTrackS
        self.completeFraction = completeFraction
        self.completeAfterS = completeAfterS
        self.skipUnderS = skipUnderS
        self.skipFraction = skipFraction
        self.minHeardS = minHeardS
        self.flapS = flapS
        self.settleMs = settleMs
    }
}

extension ListenRules {
    /// What a play is worth, and why.
    public struct Judgement: Equatable, Sendable {
        /// What it is worth.
        public var outcome: PlayOutcome
        /// Why, in a few words; always set when ignored.
        public var reason: String?
    }

    /// How a play came to its end.
    enum Ending: String, Codable, Equatable, Sendable {
        /// Another track took its place.
        case replaced
        /// The player stopped, was switched off or left.
        case stopped
        /// Nobody said how; nothing was heard of the speaker any more.
        case unseen
    }

    /// Judges a play that somebody else saw: how it ended is not known.
    ///
    /// - Parameters:
    ///   - heardS: Seconds heard; nil counts as all of it.
    ///   - durationS: Length of the track in seconds; nil when unknown.
    /// - Returns: `completed`, `partial`, or `ignored` with the reason.
    public func judge(heardS: Double?, durationS: Double?) -> Judgement {
        if let durationS, durationS < minTrackS { return Judgement(outcome: .ignored, reason: IgnoredReason.tooShort) }
        guard let heardS else { return Judgement(outcome: .completed) }
        if heardS < minHeardS { return Judgement(outcome: .ignored, reason: IgnoredReason.hardlyHeard) }
        return Judgement(outcome: heardS >= completingS(of: durationS) ? .completed : .partial)
    }

    /// Judges a play of something that somebody else saw, which may be no music.
    ///
    /// - Parameters:
    ///   - media: What was played.
    ///   - heardS: Seconds heard; nil counts as all of it.
    /// - Returns: `completed`, `partial`, or `ignored` with the reason.
    public func judge(_ media: Media, heardS: Double?) -> Judgement {
        if let reason = IgnoredReason.of(media) { return Judgement(outcome: .ignored, reason: reason) }
        return judge(heardS: heardS, durationS: media.durationS)
    }

    /// Judges a play that ended.
    ///
    /// - Parameters:
    ///   - heardS: Seconds heard.
    ///   - besidesS: Seconds in which it was heard as another speaker's, or may have been; they speak against a skip.
    ///   - media: What was played.
    ///   - ending: How it ended.
    ///   - isCut: Whether its beginning was seen and its end was not reached: else nobody skipped it.
    /// - Returns: What it is worth, with the reason.
    func judge(heardS: Double, besidesS: Double, of media: Media, ending: Ending, isCut: Bool) -> Judgement {
        if let reason = IgnoredReason.of(media) { return Judgement(outcome: .ignored, reason: reason) }
        var judgement = judge(heardS: heardS, durationS: media.durationS)
        switch (judgement.outcome, ending) {
        case (.completed, .unseen):
            judgement.outcome = .partial
            judgement.reason = "its end was not seen"
        case (.completed, _): judgement.reason = "heard enough of it"
        case (.partial, .replaced):
            if isCut, isSkip(afterS: heardS + besidesS, of: media.durationS) { judgement.outcome = .skipped }
            judgement.reason = "another track began"
        case (.partial, .stopped): judgement.reason = "stopped"
        case (.partial, .unseen): judgement.reason = "its end was not seen"
        case (.skipped, _), (.ignored, _): break
        }
        return judgement
    }

    /// Seconds that make a play of a track completed.
    private func completingS(of durationS: Double?) -> Double {
        min(durationS.map { $0 * completeFraction } ?? .infinity, completeAfterS)
    }

    private func isSkip(afterS seconds: Double, of durationS: Double?) -> Bool {
        seconds < skipUnderS || seconds < (durationS ?? 0) * skipFraction
    }
}

/// Why a sound that was heard is no listen, in the words that users see and counters use.
enum IgnoredReason {
    static let tooShort = "too short"
    static let hardlyHeard = "hardly heard"
    static let groupDuplicate = "duplicate of a group"

    /// The reason that lies in what was played; nil when it is music with a title.
    static func of(_ media: Media) -> String? {
        switch media.kind {
        case .announcement: "announcement"
        case .advert: "advert"
        case .other: "not music"
        case .music: media.title == nil ? "no title" : nil
        }
    }
}
