import Household
import Synchronization

/// A library in memory that tests change, take away and let break.
final class FakeLibrary: LibraryConnector {
    struct State {
        var tracks: [LibraryTrack] = []
        var revision: String? = "1"
        var pageSize = 10
        /// The page, by number of calls from now, that fails.
        var failsAfterPages: Int?
        var problem = LibraryProblem(.away, "The server does not answer")
        var isAway = false
        /// What happens when a page is asked for.
        var onPage: (@Sendable (FakeLibrary) -> Void)?
        var positions: [String?] = []
    }

    private let state = Mutex(State())

    init(_ titles: [String] = []) { set { $0.tracks = titles.enumerated().map { Self.track($1, "lib://\($0)") } } }

    static func track(_ title: String, _ uri: String) -> LibraryTrack {
        LibraryTrack(uri: uri, details: TrackDetails(artist: "Artist of \(title)", title: title, genres: ["rock"]))
    }

    func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    /// Where the pages began that were asked for.
    var positions: [String?] { state.withLock { $0.positions } }

    func revision() async throws -> String? {
        let (isAway, problem, revision) = state.withLock { ($0.isAway, $0.problem, $0.revision) }
        if isAway { throw problem }
        return revision
    }

    func page(at position: String?) async throws -> LibraryPage {
        state.withLock { $0.onPage }?(self)
        return try state.withLock { state in
            state.positions.append(position)
            if let left = state.failsAfterPages {
                state.failsAfterPages = left - 1
                if left == 0 {
                    state.failsAfterPages = nil
                    throw state.problem
                }
            }
            let start = position.flatMap { Int($0) } ?? 0
            let end = min(start + state.pageSize, state.tracks.count)
            return LibraryPage(
                tracks: Array(state.tracks[min(start, end)..<end]),
                next: end < state.tracks.count ? "\(end)" : nil, total: state.tracks.count)
        }
    }

    func waitForChange() async throws { try await Task.sleep(for: .seconds(86_400)) }
}
