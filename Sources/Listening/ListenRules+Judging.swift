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
