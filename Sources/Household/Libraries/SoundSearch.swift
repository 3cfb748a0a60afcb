/// Finds tracks of a library by words that describe sound.
public protocol SoundSearching: Sendable {
    /// The name of the library whose addresses are found.
    var library: String { get }

    /// Searches. The order is what counts: how near a sound is to words means nothing as a number.
    ///
    /// - Parameters:
    ///   - words: English words.
    ///   - limit: How many tracks are wanted at most, 1…500.
    /// - Returns: Addresses of tracks, the best first.
    /// - Throws: ``LibraryProblem``, `CancellationError`.
    func search(_ words: String, limit: Int) async throws -> [String]

    /// Asks the server to load its model of words, which it lets go of when nobody searches.
    func warmUp() async
}
