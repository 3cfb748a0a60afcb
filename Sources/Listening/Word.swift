/// What a speaker says, and what was known when it said it.
struct Word {
    /// A position that was true longer ago than this tells nothing.
    private static let oldestS = 86_400.0
    /// Clocks of players and ours differ by this much, in seconds.
    private static let slackS = 0.5

    var update: PlayerUpdate
    /// When it said something before.
    var previousAt: Double?
    /// Whether it played when it said something before.
    var wasPlaying: Bool
    /// Whether its position was not told before.
    var isFresh: Bool

    var at: Double { update.at.uptimeS }

    /// Where in a track the speaker says that it is now, whether that is new or not; nil when it cannot be there.
    func position(in media: Media) -> Double? {
        guard let report = update.position, report.ageS < Self.oldestS, report.seconds.isFinite, report.seconds >= 0
        else { return nil }
        let seconds = update.state == .playing ? report.seconds + report.ageS : report.seconds
        return seconds <= (media.durationS ?? .infinity) + TrackPlace.toleranceS ? seconds : nil
    }

    /// The position, if it was not told before.
    private func freshPosition(in media: Media) -> Double? { isFresh ? position(in: media) : nil }

    /// Where in a play the speaker says that it is now, if that is new: a position that was true before the play began is of
    /// the track before.
    func freshPosition(in media: Media, of play: OpenPlay) -> Double? {
        guard let report = update.position, at - report.ageS >= play.begunAt - Self.slackS else { return nil }
        return freshPosition(in: media)
    }

    /// The position, unless it was told before and may be old.
    func presentPosition(in media: Media) -> Double? {
        isFresh || update.position?.stamp != nil ? position(in: media) : nil
    }

    /// The position of a track that this word is the first to tell of; one that was true before the word before is that of
    /// the track before.
    func firstPosition(in media: Media) -> Double? {
        if let previousAt, let report = update.position, report.ageS > at - previousAt + Self.slackS { return nil }
        return freshPosition(in: media)
    }
}

/// What began a play or ended it, so that a person can see why.
struct Cause: Codable, Equatable, Sendable {
    var text: String

    init(_ text: String) { self.text = text }

    init(_ update: PlayerUpdate) {
        var text = update.state.rawValue
        if let media = update.media { text += " “\(media.title ?? "")”" + (media.artist.map { " by \($0)" } ?? "") }
        if let position = update.position { text += " at \(position.seconds)" }
        self.text = "\(update.voice): \(text)"
    }
}
