import Foundation
import HTTPTypes
import Household
import Hummingbird
import NIOCore
import Wire

/// A request with its whole body, unless its route reads that itself.
struct HTTPCall: Sendable {
    let request: Request
    /// The values of the path's parameters, by name.
    let parameters: [String: String]
    let visitor: Visitor
    /// The connection that it came by.
    let context: ConnectionContext
    let body: ByteBuffer

    /// Largest number of bytes that the body of a request can have.
    static func expectedBytes(of request: Request) -> Int {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }) {
            return min(max(0, length), WireJSON.maxBytes)
        }
        return request.headers[.transferEncoding] == nil ? 0 : WireJSON.maxBytes
    }

    /// Reads the body of a request.
    ///
    /// - Throws: ``HouseholdError`` `too_large` above ``WireJSON/maxBytes``, `bad_request` when the connection breaks or
    ///   the client is too slow.
    init(
        _ request: Request, parameters: [String: String], visitor: Visitor, context: ConnectionContext,
        isBodyRead: Bool
    ) async throws(HouseholdError) {
        self.request = request
        self.visitor = visitor
        self.context = context
        self.parameters = parameters
        guard isBodyRead else {
            body = ByteBuffer()
            return
        }
        let tooLarge = HouseholdError(.tooLarge, "The body has more than \(WireJSON.maxBytes) bytes")
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > WireJSON.maxBytes {
            throw tooLarge
        }
        do {
            body = try await Self.collect(request.body)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        } catch {
            throw HouseholdError(.badRequest, "The body could not be read to its end")
        }
    }

    /// Reads a body to its end, within a time.
    private static func collect(_ body: RequestBody) async throws -> ByteBuffer {
        try await withThrowingTaskGroup(of: ByteBuffer?.self) { group in
            group.addTask { try await body.collect(upTo: WireJSON.maxBytes) }
            group.addTask {
                try await Task.sleep(for: .seconds(HTTPLimits.bodyS))
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let buffer = first else { throw CancellationError() }
            return buffer
        }
    }

    var bytes: ByteBufferView { body.readableBytesView }
}

extension HTTPCall {
    /// Field names of the parameters whose name in paths differs.
    private static let fieldNames = ["speaker": "speaker_name"]

    /// The input of an operation, from path, query and body.
    ///
    /// - Throws: ``HouseholdError`` `unsupported_media_type` when the body is not JSON by its type, `bad_request` when
    ///   the query cannot be decoded.
    func input() throws(HouseholdError) -> OperationInput {
        let names = parameters.map { (name: Self.fieldNames[$0.key] ?? $0.key, text: $0.value) }
        let texts = try query() + names
        guard [.post, .put, .patch].contains(request.method) else { return OperationInput(door: .http, texts: texts) }
        try requireJSON()
        return OperationInput(door: .http, payload: Array(bytes), texts: texts)
    }

    /// Refuses other media types than JSON. A page of any site can make a browser send forms and plain text without
    /// asking this server first, but not JSON.
    ///
    /// - Throws: ``HouseholdError`` `unsupported_media_type`.
    private func requireJSON() throws(HouseholdError) {
        guard body.readableBytes > 0 else { return }
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased().trimmingCharacters(in: .whitespaces)
        guard let type, type == "application/json" || type.hasSuffix("+json") else {
            throw HouseholdError(.unsupportedMediaType, "The body must come with Content-Type: application/json")
        }
        guard request.headers[.contentEncoding] ?? "identity" == "identity" else {
            throw HouseholdError(.unsupportedMediaType, "The body must not be compressed")
        }
    }

    /// The names and values of the query, decoded, in order.
    ///
    /// - Throws: ``HouseholdError`` `bad_request` when it is not percent-encoded UTF-8.
    func query() throws(HouseholdError) -> [(name: String, text: String)] {
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
}
