import Foundation
import HTTPTypes
import Household
import Hummingbird
import NIOCore

/// A request that has arrived whole.
struct HTTPCall: Sendable {
    let request: Request
    /// What stood in the path in place of names.
    let parameters: [String: String]
    let body: ByteBuffer

    /// Takes in the body of a request, as far as the limit goes.
    ///
    /// - Throws: ``HouseholdError`` `too_large`, or `bad_request` when the body breaks off.
    init(_ request: Request, parameters: [String: String]) async throws(HouseholdError) {
        self.request = request
        self.parameters = parameters
        let tooLarge = HouseholdError(.tooLarge, "The body has more than \(Limits.payloadBytes) bytes")
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Limits.payloadBytes {
            throw tooLarge
        }
        do {
            body = try await request.body.collect(upTo: Limits.payloadBytes)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        } catch {
            throw HouseholdError(.badRequest, "The body could not be read to its end")
        }
    }

    /// The body's bytes.
    var bytes: ByteBufferView { body.readableBytesView }
}

/// The input of an operation, gathered from path, query and body.
extension HTTPCall {
    /// Fields that are no texts, where they stand in a path or a query.
    private static let numbers: Set = ["limit", "seed", "max_per_artist"]
    private static let numericIDs: Set<HouseholdOperation> = [.feedbackRemove]
    private static let booleans: Set = ["guest", "explain", "purge", "dry_run"]
    /// What the names in paths are called as fields.
    private static let fieldNames = ["speaker": "speaker_name"]

    /// Reads the input.
    ///
    /// - Parameter operation: What it is for.
    /// - Returns: An object.
    /// - Throws: ``HouseholdError`` when it cannot be read, or says a thing twice.
    func input(of operation: HouseholdOperation) throws(HouseholdError) -> JSONValue {
        var fields = try bodyFields()
        let numbers = Self.numericIDs.contains(operation) ? Self.numbers.union(["id"]) : Self.numbers
        let texts = try query() + parameters.map { (Self.fieldNames[$0.key] ?? $0.key, $0.value) }
        for (name, text) in texts {
            let value = Self.value(text, isNumber: numbers.contains(name), isBoolean: Self.booleans.contains(name))
            guard fields.updateValue(value, forKey: name) == nil else {
                throw .invalid(String(name.prefix(80)), "\(name.prefix(80)) is said twice")
            }
        }
        return .object(fields)
    }

    private func bodyFields() throws(HouseholdError) -> [String: JSONValue] {
        guard [.post, .put, .patch].contains(request.method) else { return [:] }
        try requireJSON()
        guard case .object(let fields) = try HouseholdJSON.decode(bytes) else {
            throw HouseholdError(.badRequest, "The body must be a JSON object")
        }
        return fields
    }

    /// Lets only JSON in.
    ///
    /// A page of any site may have a browser send forms and plain text here, but not JSON.
    ///
    /// - Throws: ``HouseholdError`` `unsupported_media_type`.
    func requireJSON() throws(HouseholdError) {
        guard body.readableBytes > 0 else { return }
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased().trimmingCharacters(in: .whitespaces)
        guard let type, type == "application/json" || type.hasSuffix("+json") else {
            throw HouseholdError(.unsupportedMediaType, "The body must come with Content-Type: application/json")
        }
        guard request.headers[.contentEncoding] ?? "identity" == "identity" else {
            throw HouseholdError(.unsupportedMediaType, "The body must not be compressed")
        }
    }

    /// What the query says, in order.
    func query() throws(HouseholdError) -> [(name: String, value: String)] {
        var items: [(String, String)] = []
        for item in (request.uri.query ?? "").split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let texts = parts.map { $0.replacing("+", with: " ").removingPercentEncoding }
            guard let name = texts.first ?? nil, let value = texts.count == 2 ? texts[1] : "" else {
                throw HouseholdError(.badRequest, "The query is not percent-encoded UTF-8")
            }
            items.append((name, value))
        }
        return items
    }

    /// A value as JSON would have it.
    ///
    /// What does not fit stays a text, and the operation says what is wrong with it.
    private static func value(_ text: String, isNumber: Bool, isBoolean: Bool) -> JSONValue {
        if isNumber, text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
            let number = Double(text)
        {
            return .number(number)
        }
        if isBoolean, let bool = Bool(text) { return .bool(bool) }
        return .string(text)
    }
}
