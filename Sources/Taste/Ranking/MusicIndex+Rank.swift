extension MusicIndex {
    /// Ranks tracks.
    ///
    /// - Parameter request: By what.
    /// - Returns: Tracks, the best first. The same request on the same catalog always gets the same answer.
    public func rank(_ request: RankingRequest) -> [RankedTrack] { rankHeeding(request) }

    /// Says why a track is on a list.
    ///
    /// - Parameters:
    ///   - ranked: A track that ``rank(_:)`` answered.
    ///   - request: What was asked.
    /// - Returns: A sentence for people.
    public func reason(for ranked: RankedTrack, by request: RankingRequest) -> Reason {
        ReasonWriter(index: self, request: request).reason(for: ranked)
    }
}
