import Household
import Wire

/// Reads what AudioMuse-AI knows of the tracks of a media server: tags, moods and sound.
struct AudioMuseConnector: LibraryConnector {
    /// Tracks of one page. A track with its embeddings has about 4 kB.
    private static let pageTracks = 250
    /// Pages that are read at most.
    private static let mostPages = 20_000

    private let client: LibraryHTTPClient
    private let template: AddressTemplate?
    /// The model that makes the vectors, where the server does not say.
    private let model: String

    init(_ settings: LibrarySettings) throws {
        client = try LibraryHTTPClient(audioMuse: settings)
        model = settings.soundModel
        template = settings.uri
    }

    /// Tells the fingerprints of all tracks.
    func revision() async throws -> String? {
        var (count, sum, page) = (0, UInt64(0), 1)
        while true {
            let answer = try await ask(page, limit: ServerLimits.pageTracks, [("fields", "index")])
            for track in answer.tracks {
                let text = "\(track["id"]?.identifier ?? "")\u{0}\(track["fp"]?.identifier ?? "")"
                (count, sum) = (count + 1, sum &+ FNV1a.hash(text.utf8))
            }
            guard let next = answer.next else { return "\(count) \(String(sum, radix: 36))" }
            page = next
        }
    }

    func page(at position: String?) async throws -> LibraryPage {
        guard let page = Int(position ?? "1"), page >= 1 else { throw client.place.malformed("the position is wrong") }
        let answer = try await ask(page, limit: Self.pageTracks, [("include_embeddings", "true")])
        let tracks = answer.tracks.compactMap { AudioMuseTrack($0, model: answer.model ?? model) }.compactMap { track in
            track.tags.details { _ in false }.map {
                LibraryTrack(
                    uri: template?.address(id: track.id, path: "") ?? track.id, details: $0, sound: track.sound)
            }
        }
        return LibraryPage(tracks: tracks, next: answer.next.map(String.init), total: answer.total)
    }

    func waitForChange() async throws { try await LibraryPlace.waitForCancellation() }

    private func ask(
        _ page: Int, limit: Int, _ query: [(name: String, value: String)]
    ) async throws -> (tracks: [JSONValue], next: Int?, total: Int?, model: String?) {
        let answer = try await client.get("/api/sync", [("page", "\(page)"), ("limit", "\(limit)")] + query)
        guard case .array(let tracks)? = answer["tracks"], tracks.count <= ServerLimits.pageTracks else {
            throw client.place.malformed("its answer is not a page of tracks")
        }
        let next = answer["has_more"]?.bool == true ? answer["next_page"]?.whole ?? page + 1 : nil
        guard next ?? page + 1 > page, page <= Self.mostPages else {
            throw client.place.malformed("its pages do not end")
        }
        return (tracks, next, answer["total_tracks"]?.whole, answer["clap_model"]?.text)
    }
}

extension LibraryHTTPClient {
    init(audioMuse settings: LibrarySettings) throws {
        let url = try ServerURL(settings.url, of: settings.name)
        var headers: [(name: String, value: String)] = []
        if case .token(let token) = settings.secret { headers = [("Authorization", "Bearer \(token)")] }
        self.init(
            place: LibraryPlace(library: settings.name, address: url.text), base: url.text, headers: headers)
    }
}
