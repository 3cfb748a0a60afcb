import ArgumentParser
import Foundation
import Household
import Storage
import Taste

/// The command `haunt taste …`.
struct TasteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "taste", abstract: "Rebuilds a profile's taste from its listens.", subcommands: [Build.self])

    struct Build: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Rebuilds a profile's taste from all its listens.")
        @Argument(help: "The profile's name.") var name: String
        @OptionGroup var options: StoreOptions

        func run() async throws {
            try await options.ask(BuildTaste.self, ["name": .text(name)]) { build in
                "Built the taste of \(build.profile) from \(build.eventCount) listens: version \(build.version)."
            }
        }
    }
}

/// The command `haunt evaluate`.
struct Evaluate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures on the history of this household how well Haunt predicts it.",
        discussion: """
            At some twenty moments of the last fifth of a history Haunt is asked what it would have recommended, knowing
            nothing that came later, and the answer is compared with what was really played: the tracks of the next seven
            days, and the new artists of the next sixty among ten times as many others. docs/taste.md explains the columns.
            """)

    @Option(help: "The profile; all profiles by default.") var profile: String?
    @OptionGroup var options: StoreOptions

    func run() async throws {
        let page = try await options.using { configuration in
            // It only reads, so it opens the store itself and does not take the time of a daemon.
            let store = try HouseholdConnection.readOnlyStore(configuration)
            let household = try Household(store: store, settings: HouseholdSettings())
            return try await household.evaluate(profile: profile) { profile, done, count in
                guard Terminal.isShown else { return }
                if done < count { Terminal.write("\r\(profile): \(done) of \(count)") } else { Terminal.clearLine() }
            }
        }
        try options.show(page) { $0.text }
    }
}

extension EvaluationPage {
    fileprivate var text: String {
        (evaluations.map(\.text) + [listeners.sentence].compactMap(\.self)).joined(separator: "\n\n")
    }
}

extension EvaluationView {
    fileprivate var text: String {
        let known = familiar.map(\.text) ?? "Too short a history to ask what comes next."
        let new = discovery.map(\.text) ?? "Too few new artists to ask which come next."
        return """
            \(profile), \(plays) plays
            Known tracks of the next 7 days:
            \(known)
            New artists of the next 60 days:
            \(new)
            """
    }
}

extension EvaluationTable {
    fileprivate var text: String {
        let hasCoverage = scores.contains { $0.coverage != nil }
        let rows = scores.map { score in
            [score.method, Self.figure(score.hits), Self.figure(score.gain)]
                + (hasCoverage ? [score.coverage.map(Self.figure) ?? "-"] : [])
        }
        let header = ["", "right of 25", "nDCG@25"] + (hasCoverage ? ["coverage"] : [])
        let sign = difference < 0 ? "" : "+"
        return Table(header, rows).text
            + "\nhaunt against \(bestBaseline): \(sign)\(Self.figure(difference))"
            + " [\(Self.figure(low)) \(Self.figure(high))], \(questions) questions"
    }

    private static func figure(_ value: Double) -> String { String(format: "%.3f", value) }
}
