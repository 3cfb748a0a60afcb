import ArgumentParser
import Foundation
import Household
import Wire

/// What every command that works on a store takes.
struct StoreOptions: ParsableArguments {
    @Option(name: .customLong("config"), help: "The configuration file.", completion: .file())
    var configFile: String?

    @Option(
        name: .customLong("store"), help: "The database file; the configuration names it otherwise.",
        completion: .file())
    var storePath: String?

    @Flag(name: .customLong("json"), help: "Print JSON.")
    var isJSON = false

    /// The configuration these options lead to.
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

    /// Asks the house, and prints its answer: as JSON if that is wanted, else as `text` puts it.
    func ask<O: HouseholdOperation>(
        _ operation: O.Type, _ fields: [String: JSONValue?] = [:], text: (O.Answer) -> String
    ) async throws where O.Answer: Decodable {
        let answer = try await answer(operation, fields)
        print(isJSON ? String(decoding: try WireJSON.encode(answer), as: UTF8.self) : text(answer))
    }

    /// Asks the house.
    func answer<O: HouseholdOperation>(
        _ operation: O.Type, _ fields: [String: JSONValue?] = [:]
    ) async throws -> O.Answer where O.Answer: Decodable {
        let door = try await HouseDoor.open(configuration(), writes: O.signature.writes)
        return try await door.answer(operation, .object(fields.compactMapValues { $0 }))
    }
}

extension JSONValue {
    /// A text, or nothing.
    static func text(_ text: String?) -> JSONValue? { text.map(JSONValue.string) }
    /// A number, or nothing.
    static func number(_ number: Int?) -> JSONValue? { number.map { .number(Double($0)) } }
    /// Texts.
    static func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
