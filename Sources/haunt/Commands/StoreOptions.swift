import ArgumentParser
import Foundation
import Household
import Wire

/// Options of every command that works on a store.
struct StoreOptions: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: "The configuration file. Default: \(ConfigurationLoader.defaultFile), if it exists.", completion: .file())
    var configFile: String?

    @Option(
        name: .customLong("store"), help: "The database file; by default that of the configuration.",
        completion: .file())
    var storePath: String?

    @Flag(name: .customLong("json"), help: "Print JSON.")
    var isJSON = false

    /// Loads the configuration for a command, which needs no secrets.
    ///
    /// - Throws: ``Failure`` with code 78 that lists every problem.
    func configuration() throws -> HauntConfiguration { try load(checksSecrets: false).valid() }

    /// Loads the configuration for the daemon.
    ///
    /// - Throws: ``Failure`` with code 78 for everything because of which the daemon could not run.
    func daemonConfiguration() throws -> HauntConfiguration {
        let configuration = try load(checksSecrets: true).valid()
        do {
            try configuration.checkParts()
        } catch {
            throw Failure(code: .configuration, message: Failure(error)?.message ?? "\(error)")
        }
        return configuration
    }

    /// Loads the configuration with its problems.
    func load(checksSecrets: Bool) -> ConfigurationLoader.Loaded {
        ConfigurationLoader.load(
            file: configFile, arguments: ["store.path": storePath].compactMapValues { $0 },
            checksSecrets: checksSecrets)
    }

    /// Runs a command with the configuration. Its errors say which store and which configuration it used.
    ///
    /// - Throws: ``Failure`` with code 78 for a configuration with a problem; what the body throws.
    func using<Value>(_ body: (HauntConfiguration) async throws -> Value) async throws -> Value {
        let loaded = load(checksSecrets: false)
        let configuration = try loaded.valid()
        do {
            return try await body(configuration)
        } catch {
            guard var failure = Failure(error) else { throw error }
            failure.message += "\n  store: \(configuration.store.path)\n  configuration: \(loaded.origin)"
            throw failure
        }
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
        try await using { configuration in
            let household = try await HouseholdConnection.open(configuration, writes: O.signature.writes)
            return try await household.answer(operation, .object(fields.compactMapValues { $0 }))
        }
    }

    /// Prints an answer to standard output: as JSON with `--json`, else as text.
    func show<Answer: Encodable>(_ answer: Answer, text: (Answer) -> String) throws {
        print(isJSON ? try WireJSON.text(answer) : text(answer))
    }
}

extension ConfigurationLoader.Loaded {
    /// The file, for messages.
    var origin: String { file ?? "no file, so the defaults" }

    /// The configuration.
    ///
    /// - Throws: ``Failure`` with code 78 that lists every problem.
    func valid() throws -> HauntConfiguration {
        guard problems.isEmpty else {
            throw Failure(code: .configuration, message: problems.map(\.description).joined(separator: "\n"))
        }
        return configuration
    }
}

// Values of optional arguments; nil for an argument that was not given.
extension JSONValue {
    static func text(_ text: String?) -> JSONValue? { text.map(JSONValue.string) }
    static func number(_ number: Int?) -> JSONValue? { number.map { .number(Double($0)) } }
    /// Names with commas.
    static func names(_ text: String?) -> JSONValue? {
        text.map { texts($0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }) }
    }
    static func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
