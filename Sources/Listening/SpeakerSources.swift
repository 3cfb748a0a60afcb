/// The last report of each source of one speaker.
struct SpeakerSources: Codable, Equatable, Sendable {
    /// What one source said last.
    struct Source: Codable, Equatable, Sendable {
        var source: String
        var state: PlayerState
        var media: Media?
        var at: Double
        /// Whether it was cut off since.
        var isAway = false

        var isPlaying: Bool { state == .playing && !isAway }
    }

    private var sources: [String: Source] = [:]

    /// Whether several sources speak of the speaker.
    var areSeveral: Bool { sources.count > 1 }

    /// Takes note of what a source says.
    ///
    /// - Returns: What it said before.
    mutating func note(_ update: PlayerUpdate) -> Source? {
        let now = Source(source: update.source, state: update.state, media: update.media, at: update.at.uptimeS)
        let before = sources[update.reporter]
        sources[update.reporter] = now
        return before
    }

    /// Nothing is heard from a source any more; nil means from any.
    mutating func cutOff(_ source: String?) {
        for (reporter, state) in sources where source == nil || state.source == source {
            sources[reporter]?.isAway = true
        }
    }

    /// Whether a source can be heard.
    func isHeard(_ name: String) -> Bool { sources[name].map { !$0.isAway } ?? false }

    /// A source other than the followed one that has reported since a time that a track plays.
    func other(than name: String, playing media: Media, since time: Double) -> (name: String, state: Source)? {
        let others = sources.filter { other, state in
            other != name && state.isPlaying && state.at >= time && state.media?.isSameTrack(as: media) == true
        }
        return others.max { ($0.value.at, $0.key) < ($1.value.at, $1.key) }.map { ($0.key, $0.value) }
    }

    mutating func shift(by seconds: Double) { for name in sources.keys { sources[name]?.at += seconds } }
}
