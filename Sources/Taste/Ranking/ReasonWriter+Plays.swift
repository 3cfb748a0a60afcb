// What was played, and how often.
extension ReasonWriter {
    /// "9 times since May, last 3 days ago"; nil if never.
    func plays(of id: TrackID) -> String? {
        guard let counters = taste?.counters[id] else { return nil }
        let last = PlainTime.ago(from: counters.last, to: now)
        return "\(PlainTime.times(counters.plays, since: counters.first, now: now)), last \(last)"
    }

    /// "31 times since May"; nil if never.
    func plays(ofArtist row: Int32) -> String? {
        let played = playedTracks(ofArtist: row).map(\.counters)
        guard let first = played.map(\.first).min() else { return nil }
        return PlainTime.times(played.reduce(0) { $0 + $1.plays }, since: first, now: now)
    }

    func playedTracks(ofArtist row: Int32) -> [(track: IndexedTrack, counters: PlayCounters)] {
        index.artists[Int(row)].tracks.compactMap { row in
            let track = index.tracks[Int(row)]
            return taste?.counters[track.id].map { (track, $0) }
        }
    }
}
