extension MusicIndex {
    /// Asks, at some twenty moments of a profile's history, what would be recommended then, and compares it with what was
    /// really played next.
    ///
    /// - Parameters:
    ///   - plays: All plays of a profile, ordered by start.
    ///   - progress: Told after each moment how many of how many are done.
    /// - Returns: Both tests; nil for one that this history is too short for.
    public func evaluate(_ plays: [CountedPlay], progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }) -> Evaluation
    {
        let history = EvaluationHistory(plays: plays)
        let tracks = TrackEvaluation(index: self, history: history)
        let artists = ArtistEvaluation(index: self, history: history)
        var familiar: [String: [EvaluationScore]] = [:]
        var discovery: [String: [EvaluationScore]] = [:]
        let cuts = history.cuts
        for (done, cut) in cuts.enumerated() {
            for (method, score) in tracks.answers(at: cut) ?? [:] { familiar[method, default: []].append(score) }
            for (method, score) in artists.answers(at: cut) ?? [:] { discovery[method, default: []].append(score) }
            progress(done + 1, cuts.count)
        }
        return Evaluation(familiar: EvaluationTable(familiar), discovery: EvaluationTable(discovery))
    }

    /// Row of a track's artist; nil for an unknown track.
    func artistRow(ofTrack id: Int64) -> Int32? { trackRows[id].map { tracks[Int($0)].artist } }
}
