public import ArgumentParser
import Foundation
import Household
public import Taste
import Wire

extension RankingMode: ExpressibleByArgument {}

/// The command `haunt recommend`.
struct RecommendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend", abstract: "Ranks tracks for a profile, for a vibe, or for both, and says why.")

    @Option(help: "The profile whose taste is read; by default 'default'.") var profile: String?
    @Option(help: "What the music should be like, in words.") var vibe: String?
    @Option(help: "Number of tracks.") var limit = 25
    @Option(help: "Answer as if it were this time (RFC 3339).") var at: String?
    @Option(help: "The same seed gives the same answer.") var seed: Int?
    @Option(help: "familiar, balanced or discovery.") var mode = RankingMode.balanced
    @Option(help: "Most tracks of one artist.") var maxPerArtist = 2
    @Flag(help: "Use the vibe alone and read no taste.") var guest = false
    @Option(
        help: "A file that names the only tracks to choose from: 'artist<TAB>title' or 'artist' a line.",
        completion: .file())
    var pool: String?
    @Flag(help: "Show the terms of each score, and the number of tracks that each filter removed.") var explain = false
    @OptionGroup var options: StoreOptions

    func run() async throws {
        let fields: [String: JSONValue?] = [
            "profile": .text(profile), "vibe": .text(vibe), "limit": .number(limit), "at": .text(at),
            "seed": .number(seed), "mode": .text(mode.rawValue), "max_per_artist": .number(maxPerArtist),
            "guest": guest ? .bool(true) : nil, "explain": explain ? .bool(true) : nil,
            "pool": try await poolLines(),
        ]
        try await options.ask(Recommend.self, fields) { answer in answer.text }
    }

    private func poolLines() async throws -> JSONValue? {
        guard let pool else { return nil }
        let data = try await InputFile(path: pool).readAll()
        return .texts(String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init))
    }
}

extension RecommendationView {
    fileprivate var text: String {
        let whose = profile.map { "For \($0)" } ?? "For a guest"
        let meaning =
            (understood.map { "\nUnderstood as: \($0)" } ?? "") + notes.map { "\nNote: \($0)" }.joined()
        guard !tracks.isEmpty else { return "\(whose): nothing to recommend yet.\(meaning)" }
        return "\(whose), \(mode.rawValue):\(meaning)\n" + tracks.listing + (removed?.text ?? "")
    }
}

extension [ListedTrackView] {
    /// A table of the tracks with their reasons, and with the terms of their scores if the answer has them.
    var listing: String {
        let isExplained = contains { $0.terms != nil }
        let rows = map { track in
            ["\(track.position).", track.artist ?? "-", track.title, String(format: "%.3f", track.score)]
                + (isExplained ? [track.sum] : []) + [track.reason.text]
        }
        return Table(["", "artist", "title", "score"] + (isExplained ? ["made of"] : []) + ["why"], rows).text
    }
}

extension ListedTrackView {
    /// The terms of the score, as in `tags 0.250 + sound 0.810`.
    fileprivate var sum: String {
        (terms ?? []).map { "\($0.name) \(String(format: "%.3f", $0.value))" }.joined(separator: " + ")
    }
}

extension RemovedView {
    /// A line with the number of tracks that each filter removed.
    var text: String {
        let counts = [
            (excluded, "not wanted"), (recent, "played or listed lately"), (explicit, "explicit"),
            (duplicate, "other editions"), (artistCap, "more of one artist than may be"),
        ]
        let named = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return "\nLeft out: " + (named.isEmpty ? "nothing" : named.joined(separator: ", "))
    }
}
