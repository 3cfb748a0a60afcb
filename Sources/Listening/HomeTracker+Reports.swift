import Foundation

/// How a report reaches its speaker.
extension HomeTracker {
    func resolved(_ name: String) -> String { aliases[name] ?? name }

    func date(of instant: Double) -> Date { Date(timeIntervalSinceReferenceDate: instant + (offsetS ?? 0)) }

    func judged(_ ended: EndedPlay, on name: String) -> Play {
        ended.judged(on: name, by: speakers[name]?.rules ?? ListenRules(), date: date)
    }

    /// Passes an update to its speaker, and updates the group.
    mutating func deliver(_ name: String, _ update: PlayerUpdate) -> [Play] {
        let now = update.at.uptimeS
        let deadlineBefore = deadline(of: name)
        let ended = speakers[name]?.receive(update) ?? []
        var plays = ended.map { judged($0, on: name) }
        let touched = groups.note(
            update.groupMembers.map(resolved), queue: update.queue, of: name, isPlaying: update.state == .playing,
            at: now)
        regroup(name, touched, at: now)
        if !successors.isEmpty { plays += release(ended) }
        checkSoon(name)
        if deadlineBefore == nextCheck, deadline(of: name) != nextCheck {
            nextCheck = earliest()?.deadline ?? .infinity
        }
        return plays
    }
}

/// Several sources of one speaker.
extension HomeTracker {
    /// What ended a moment ago is not begun anew because another source lags, in seconds.
    private static let lagS = 12.0

    /// Whether the report of a source counts. The source that plays and reported last is followed, until it is cut off, no
    /// longer plays, or its track is over.
    ///
    /// What only repeats what that source said before is no news, and begins nothing.
    mutating func accepts(_ update: PlayerUpdate, of name: String) -> Bool {
        let before = sources[name, default: SpeakerSources()].note(update)
        guard let speaker = speakers[name], let sources = sources[name], !speaker.reporter.isEmpty,
            speaker.reporter != update.reporter
        else { return speakers[name].map { !followsOther($0, update, on: name) } ?? true }
        guard update.state == .playing else { return false }
        let now = update.at.uptimeS
        let media = update.media
        if let media, let open = speaker.open, media.isSameTrack(as: open.media) { return true }
        if let before, before.isPlaying, before.media == media { return false }
        if let media, let last = speaker.lastEnded, last.media.isSameTrack(as: media), now - last.at < Self.lagS {
            return false
        }
        let isHeld =
            speaker.state == .playing && sources.isHeard(speaker.reporter) && speaker.open?.isCounting(at: now) == true
        // One that names an artist knows more than one that only knows what it is connected to.
        return !isHeld || media?.artist != nil || speaker.open?.media.artist == nil
    }

    /// Follows another source when the followed one reports that nothing plays while the other reports that the track
    /// goes on. Returns whether that happened.
    private mutating func followsOther(_ speaker: SpeakerTracker, _ update: PlayerUpdate, on name: String) -> Bool {
        guard update.state != .playing, let play = speaker.open, play.away == nil, let sources = sources[name],
            sources.areSeveral, play.isCounting(at: update.at.uptimeS),
            let other = sources.other(than: update.reporter, playing: play.media, since: play.begunAt)
        else { return false }
        speakers[name]?.follow(to: other.name, at: update.at.uptimeS)
        checkSoon(name)
        return true
    }

    /// Applies a retained report. With several sources it ends nothing.
    mutating func applyRetained(_ update: PlayerUpdate, on name: String) {
        guard let speaker = speakers[name] else { return }
        let isOne = sources[name]?.areSeveral != true
        guard isOne ? speaker.reporter == update.reporter : speaker.isPlaying(update) else { return }
        speakers[name]?.applyRetained(update)
        checkSoon(name)
    }

    /// A source, or all of them, cannot be heard since a time, until it says something again.
    ///
    /// - Parameters:
    ///   - source: Which; nil means all.
    ///   - time: Since when; what was counted after it is taken back.
    public mutating func interrupt(source: String?, at time: Moment) {
        for name in speakers.keys.sorted() {
            guard var sources = sources[name] else { continue }
            sources.cutOff(source)
            self.sources[name] = sources
            guard let speaker = speakers[name], !sources.isHeard(speaker.reporter) else { continue }
            interrupt(name, speaker, sources, at: time.uptimeS)
        }
    }

    private mutating func interrupt(
        _ name: String, _ speaker: SpeakerTracker, _ sources: SpeakerSources, at time: Double
    ) {
        if let play = speaker.open, play.running != nil,
            let other = sources.other(than: speaker.reporter, playing: play.media, since: play.begunAt)
        {
            speakers[name]?.follow(to: other.name, at: time)
            return checkSoon(name)
        }
        if handOver(name, at: time) { return }
        speakers[name]?.interrupt(at: time)
        checkSoon(name)
    }
}
