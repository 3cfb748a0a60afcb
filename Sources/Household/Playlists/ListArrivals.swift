/// The order in which requests for lists arrived, and which list each speaker was sent last.
///
/// Requests may pass each other while one of them waits for a search by sound.
struct ListArrivals {
    /// How many requests arrived.
    private var arrived = 0
    /// By the name of the speaker: the arrival of the request whose list it was sent last.
    private var sent: [String: Int] = [:]

    /// Counts a request that arrives.
    ///
    /// - Returns: Its number. Later requests have higher ones.
    mutating func next() -> Int {
        arrived += 1
        return arrived
    }

    /// Takes note that the list of a request goes to a speaker, unless that of a later request went there.
    ///
    /// - Returns: Whether it may go there.
    mutating func send(_ arrival: Int, to speaker: String) -> Bool {
        guard arrival >= sent[speaker] ?? 0 else { return false }
        sent[speaker] = arrival
        return true
    }
}
