/// Several sources of one speaker.
extension HomeTracker {
    /// What ended a moment ago is not begun anew because another source lags, in seconds.
    private static let lagS = 12.0

    /// Whether a source is to be heard: the one that plays and spoke last has the word, and loses it when it is cut off, no
    /// longer plays, or its track is over.
    ///
    /// What only repeats what that source said before is no news, and begins nothing.
    mutating func hears(_ update: PlayerUpdate, of name: String) -> Bool {
        let before = voices[name, default: Voices()].note(update)
        guard let speaker = speakers[name], let voices = voices[name], !speaker.voice.isEmpty,
            speaker.voice != update.voice
        else { return speakers[name].map { !passesOn($0, update, on: name) } ?? true }
        guard update.state == .playing else { return false }
        let now = update.at.uptimeS
        let media = update.media
        if let media, let open = speaker.open, media.isSameTrack(as: open.media) { return true }
        if let before, before.isPlaying, before.media == media { return false }
        if let media, let last = speaker.lastEnded, last.media.isSameTrack(as: media), now - last.at < Self.lagS {
            return false
        }
        let isHeld =
            speaker.state == .playing && voices.isHeard(speaker.voice) && speaker.open?.isCounting(at: now) == true
        // One that names an artist knows more than one that only knows what it is connected to.
        return !isHeld || media?.artist != nil || speaker.open?.media.artist == nil
    }

    /// Whether the one that has the word says that nothing plays while another says that the track goes on: that one has
    /// the word then.
    private mutating func passesOn(_ speaker: SpeakerTracker, _ update: PlayerUpdate, on name: String) -> Bool {
        guard update.state != .playing, let play = speaker.open, play.away == nil, let voices = voices[name],
            voices.areSeveral, play.isCounting(at: update.at.uptimeS),
            let other = voices.other(than: update.voice, playing: play.media, since: play.begunAt)
        else { return false }
        speakers[name]?.passWord(to: other.name, at: update.at.uptimeS)
        checkSoon(name)
        return true
    }

    /// Takes in what a broker remembers; of several sources none can end anything by it.
    mutating func presume(_ update: PlayerUpdate, on name: String) {
        guard let speaker = speakers[name] else { return }
        let isOne = voices[name]?.areSeveral != true
        guard isOne ? speaker.voice == update.voice : speaker.isPlaying(update) else { return }
        speakers[name]?.presume(update)
        checkSoon(name)
    }

    /// A source, or all of them, cannot be heard since a time, until it says something again.
    ///
    /// - Parameters:
    ///   - source: Which; nil means all.
    ///   - time: Since when; what was counted after it is taken back.
    public mutating func interrupt(source: String?, at time: Moment) {
        for name in speakers.keys.sorted() {
            guard var voices = voices[name] else { continue }
            voices.cutOff(source)
            self.voices[name] = voices
            guard let speaker = speakers[name], !voices.isHeard(speaker.voice) else { continue }
            interrupt(name, speaker, voices, at: time.uptimeS)
        }
    }

    private mutating func interrupt(_ name: String, _ speaker: SpeakerTracker, _ voices: Voices, at time: Double) {
        if let play = speaker.open, play.running != nil,
            let other = voices.other(than: speaker.voice, playing: play.media, since: play.begunAt)
        {
            speakers[name]?.passWord(to: other.name, at: time)
            return checkSoon(name)
        }
        if handOver(name, at: time) { return }
        speakers[name]?.interrupt(at: time)
        checkSoon(name)
    }
}
