import ArgumentParser
import Foundation
import Household
import Wire

/// Standard error: progress, questions and problems for a person. Standard output has the answers alone.
enum Terminal {
    /// Whether a person sees what is written.
    static var isShown: Bool { isatty(STDERR_FILENO) != 0 }

    /// Whether a person sees what is written and can answer.
    static var isInteractive: Bool { isShown && isatty(STDIN_FILENO) != 0 }

    /// Writes to standard error.
    ///
    /// What cannot be written is lost: its reader is gone, or the disk is full. `FileHandle.write(_:)` would end the program.
    static func write(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

    /// Clears the line of a progress message.
    static func clearLine() { write("\r\u{1B}[K") }
}

/// Options of a command that changes history. On a terminal it shows what it would do and asks first.
struct Confirmation: ParsableArguments {
    @Flag(help: "Only say what would be done.") var dryRun = false
    @Flag(name: .shortAndLong, help: "Do not ask on a terminal.") var yes = false

    /// Performs an operation that has a field `dry_run`, and prints its answer.
    ///
    /// - Parameters:
    ///   - options: Where the store is, and how to print.
    ///   - operation: The operation.
    ///   - fields: Its input.
    ///   - text: Puts an answer in words, as something that was done or would be done.
    /// - Throws: `ExitCode` 1 when the person does not confirm. Nothing was changed then.
    func run<O: HouseholdOperation>(
        _ options: StoreOptions, _ operation: O.Type, _ fields: [String: JSONValue?],
        text: (_ answer: O.Answer, _ isDone: Bool) -> String
    ) async throws where O.Answer: Decodable {
        var trial = fields
        trial["dry_run"] = .some(.bool(true))
        if dryRun { return try await options.ask(operation, trial) { text($0, false) } }
        if !yes, Terminal.isInteractive {
            let answer = try await options.answer(operation, trial)
            try ask(text(answer, false))
        }
        try await options.ask(operation, fields) { text($0, true) }
    }

    private func ask(_ question: String) throws {
        Terminal.write("\(question)\nGo on? [y/N] ")
        let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
        guard answer == "y" || answer == "yes" else {
            Terminal.write("Nothing was changed.\n")
            throw ExitCode.failure
        }
    }
}

/// Rows of text in aligned columns.
struct Table {
    private let header: [String]
    private let rows: [[String]]

    init(_ header: [String], _ rows: [[String]]) {
        self.header = header
        self.rows = rows
    }

    var text: String { ([line(header)] + rows.map(line)).joined(separator: "\n") }

    /// Rows without the header.
    var body: String { rows.map(line).joined(separator: "\n") }

    private var widths: [Int] {
        header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
    }

    private func line(_ row: [String]) -> String {
        let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        let line = cells.joined(separator: "  ")
        return String(line.reversed().drop { $0 == " " }.reversed())
    }
}
