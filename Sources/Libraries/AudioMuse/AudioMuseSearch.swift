public import Household
import Wire

/// Finds tracks by words, with AudioMuse-AI's model of words and sound.
public struct AudioMuseSearch: SoundSearching {
    /// How long a person waits for a list.
    private static let patience = Duration.seconds(3)

    private let client: LibraryHTTPClient
    private let template: AddressTemplate?

    /// Creates a search.
    ///
    /// - Throws: ``LibraryProblem`` when the settings cannot be used.
    public init(_ settings: LibrarySettings) throws {
        client = try LibraryHTTPClient(audioMuse: settings)
        template = settings.uri
    }

    public func search(_ words: String, limit: Int) async throws -> [String] {
        let body: JSONValue = ["query": .string(words), "limit": .number(Double(limit))]
        // The time limit of the client does not count an answer that comes drop by drop.
        let answer = try await client.place.within(Self.patience) { [client] in
            try await client.post("/api/clap/search", body)
        }
        guard case .array(let results)? = answer["results"] else {
            throw client.place.malformed("its answer is no list of tracks")
        }
        let found = results.compactMap { $0["item_id"]?.identifier }
        guard !found.isEmpty || results.isEmpty else {
            throw client.place.malformed("no track of its answer has an identifier")
        }
        return found.prefix(limit).map { template?.address(id: $0, path: "") ?? $0 }
    }

    public func warmUp() async { _ = try? await client.post("/api/clap/warmup", [:]) }
}
