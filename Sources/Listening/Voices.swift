/// What the sources of one speaker said last, and which of them has the word.
struct Voices: Codable, Equatable, Sendable {
    /// What one source said last.
    struct Voice: Codable, Equatable, Sendable {
        var source: String
        var state: PlayerState
        var media: Media?
        var at: Double
        /// Whether it was cut off since.
        var isAway = false

        var isPlaying: Bool { state == .playing && !isAway }
    }

    private var voices: [String: Voice] = [:]

    /// Whether several sources speak of the speaker.
    var areSeveral: Bool { voices.count > 1 }

    /// Takes note of what a source says.
    ///
    /// - Returns: What it said before.
    mutating func note(_ update: PlayerUpdate) -> Voice? {
        let now = Voice(source: update.source, state: update.state, media: update.media, at: update.at.uptimeS)
        let before = voices[update.voice]
        voices[update.voice] = now
        return before
    }

    /// Nothing is heard from a source any more; nil means from any.
    mutating func cutOff(_ source: String?) {
        for (name, voice) in voices where source == nil || voice.source == source { voices[name]?.isAway = true }
    }

    /// Whether a source can be heard.
    func isHeard(_ name: String) -> Bool { voices[name].map { !$0.isAway } ?? false }

    /// A source other than the one that has the word that says that a track plays on, and has done so since a time.
    func other(than name: String, playing media: Media, since time: Double) -> (name: String, voice: Voice)? {
        let others = voices.filter { other, voice in
            other != name && voice.isPlaying && voice.at >= time && voice.media?.isSameTrack(as: media) == true
        }
        return others.max { ($0.value.at, $0.key) < ($1.value.at, $1.key) }.map { ($0.key, $0.value) }
    }

    mutating func shift(by seconds: Double) { for name in voices.keys { voices[name]?.at += seconds } }
}
