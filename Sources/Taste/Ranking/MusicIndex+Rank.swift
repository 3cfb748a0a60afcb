extension MusicIndex {
    /// Ranks tracks.
    ///
    /// - Parameter request: By what.
    /// - Returns: Tracks, the best first. The same request on the same catalog always gets the same answer.
    public func rank(_ request: RankingRequest) -> [RankedTrack] { rankHeeding(request) }
}
