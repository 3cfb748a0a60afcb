import ArgumentParser
import Foundation
import Household
import Wire

/// Options of every command that works on a store.
struct StoreOptions: ParsableArguments {
    @Option(name: .customLong("config"), help: "The configuration file.", completion: .file())
    var configFile: String?

    @Option(
        name: .customLong("store"), help: "The database file; the configuration names it otherwise.",
        completion: .file())
    var storePath: String?

    @Flag(name: .customLong("json"), help: "Print JSON.")
    var isJSON = false

    /// Loads the configuration.
    ///
    /// - Throws: ``Failure`` with code 78 that lists every problem.
    func configuration() throws -> HauntConfiguration {
        let loaded = ConfigurationLoader.load(
            file: configFile, arguments: ["store.path": storePath].compactMapValues { $0 })
        guard loaded.problems.isEmpty else {
            throw Failure(code: .configuration, message: loaded.problems.map(\.description).joined(separator: "\n"))
        }
        return loaded.configuration
    }

    /// Performs an operation and prints its answer.
    func ask<O: HouseholdOperation>(
        _ operation: O.Type, _ fields: [String: JSONValue?] = [:], text: (O.Answer) -> String
    ) async throws where O.Answer: Decodable {
        let answer = try await answer(operation, fields)
        try show(answer, text: text)
    }

    /// Performs an operation. A field that is nil is left out.
    func answer<O: HouseholdOperation>(
        _ operation: O.Type, _ fields: [String: JSONValue?] = [:]
    ) async throws -> O.Answer where O.Answer: Decodable {
        let household = try await HouseholdConnection.open(configuration(), writes: O.signature.writes)
        return try await household.answer(operation, .object(fields.compactMapValues { $0 }))
    }

    /// Prints an answer to standard output: as JSON with `--json`, else as text.
    func show<Answer: Encodable>(_ answer: Answer, text: (Answer) -> String) throws {
        print(isJSON ? try WireJSON.text(answer) : text(answer))
    }
}

// Values of optional arguments; nil for an argument that was not given.
extension JSONValue {
    static func text(_ text: String?) -> JSONValue? { text.map(JSONValue.string) }
    static func number(_ number: Int?) -> JSONValue? { number.map { .number(Double($0)) } }
    static func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
