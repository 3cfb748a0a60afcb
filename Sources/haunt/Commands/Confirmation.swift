import ArgumentParser
import Foundation
import Household
import Wire

/// What a command takes that changes history: it says what it is about to do before it does it.
struct Confirmation: ParsableArguments {
    @Flag(help: "Only say what would be done.") var dryRun = false
    @Flag(name: .shortAndLong, help: "Do not ask on a terminal.") var yes = false

    /// Does an operation that can be tried dry, and prints its answer.
    ///
    /// On a terminal the dry run is shown first.
    ///
    /// - Parameters:
    ///   - options: Where the house is, and how to print.
    ///   - operation: What to do.
    ///   - fields: Its input.
    ///   - text: Puts an answer in words, by whether it was done or would be.
    /// - Throws: `ExitCode` 1 when the person does not want it; nothing was changed then.
    func run<O: HouseholdOperation>(
        _ options: StoreOptions, _ operation: O.Type, _ fields: [String: JSONValue?],
        text: (_ answer: O.Answer, _ isDone: Bool) -> String
    ) async throws where O.Answer: Decodable {
        var trial = fields
        trial["dry_run"] = .some(.bool(true))
        if dryRun { return try await options.ask(operation, trial) { text($0, false) } }
        if !yes, isatty(STDIN_FILENO) != 0, isatty(STDERR_FILENO) != 0 {
            let answer = try await options.answer(operation, trial)
            try ask(text(answer, false))
        }
        try await options.ask(operation, fields) { text($0, true) }
    }

    private func ask(_ question: String) throws {
        FileHandle.standardError.write(Data("\(question)\nGo on? [y/N] ".utf8))
        let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
        guard answer == "y" || answer == "yes" else {
            FileHandle.standardError.write(Data("Nothing was changed.\n".utf8))
            throw ExitCode.failure
        }
    }
}
