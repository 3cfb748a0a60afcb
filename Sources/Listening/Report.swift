/// An update of a speaker, and what was known before it.
struct Report {
    /// A position that was true longer ago than this is ignored.
    private static let oldestS = 86_400.0
    /// Clocks of players and ours differ by this much, in seconds.
    private static let slackS = 0.5

    var update: PlayerUpdate
    /// When the speaker reported before.
    var previousAt: Double?
    /// Whether the speaker played at its previous report.
    var wasPlaying: Bool
    /// Whether its position was not reported before.
    var isFresh: Bool

    var at: Double { update.at.uptimeS }

    /// How long nothing was reported before it, in seconds.
    var gapS: Double { previousAt.map { at - $0 } ?? .infinity }

    /// Where in a track the speaker says that it is now, whether that is new or not; nil when it cannot be there.
    func position(in media: Media) -> Double? {
        guard let position = update.position, position.ageS < Self.oldestS, position.seconds.isFinite,
            position.seconds >= 0
        else { return nil }
        let seconds = update.state == .playing ? position.seconds + position.ageS : position.seconds
        return seconds <= (media.durationS ?? .infinity) + TrackPlace.toleranceS ? seconds : nil
    }

    /// The position, if it was not reported before.
    private func freshPosition(in media: Media) -> Double? { isFresh ? position(in: media) : nil }

    /// Where in a play the speaker says that it is now, if that is new: a position that was true before the play began is of
    /// the track before.
    func freshPosition(in media: Media, of play: OpenPlay) -> Double? {
        guard let position = update.position, at - position.ageS >= play.begunAt - Self.slackS else { return nil }
        return freshPosition(in: media)
    }

    /// The position, unless it was reported before and may be old.
    func presentPosition(in media: Media) -> Double? {
        isFresh || update.position?.stamp != nil ? position(in: media) : nil
    }

    /// The position of a track that this report names first.
    ///
    /// A position from before the previous report belongs to the previous track, and is nil here.
    func firstPosition(in media: Media) -> Double? {
        if let previousAt, let position = update.position, position.ageS > at - previousAt + Self.slackS { return nil }
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
        self.text = "\(update.reporter): \(text)"
    }
}
