public import Taste

/// Reads what people said of tracks.
public protocol FeedbackReading {
    /// What was said under this id.
    func feedback(_ id: Int64) throws -> Feedback?
    /// What a profile said, or all of them when nil, the newest id first, below a row id.
    func feedback(ofProfile id: Int64?, limit: Int, below cursor: Int64?) throws -> [Feedback]
    /// All that a profile said, in order of time, as far as lists are concerned.
    func verdicts(ofProfile id: Int64) throws -> [GivenVerdict]
}

/// Keeps what people said of tracks, and takes it back.
public protocol FeedbackWriting: FeedbackReading {
    /// Keeps what was said; the same verdict on the same track is kept once, under its first id, with the new time.
    ///
    /// - Returns: The row id.
    func saveFeedback(_ feedback: NewFeedback) throws -> Int64
    /// Takes back what was said under this id.
    func deleteFeedback(_ id: Int64) throws
}
