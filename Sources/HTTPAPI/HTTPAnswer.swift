import Foundation
import HTTPTypes
import Household
import Hummingbird
import Wire

/// The answer to a request, with its whole body in memory or as a stream.
struct HTTPAnswer: Sendable {
    /// Writes a body piece by piece.
    typealias Stream = @concurrent @Sendable (inout any ResponseBodyWriter) async throws -> Void

    var status: HTTPResponse.Status
    var headers: HTTPFields = [:]
    var body = ByteBuffer()
    /// What is sent in place of ``body``.
    var stream: Stream?

    /// An answer without a body.
    init(_ status: HTTPResponse.Status) { self.status = status }

    /// An answer with a body of a media type.
    init(_ status: HTTPResponse.Status, _ bytes: some Sequence<UInt8>, type: String) {
        self.status = status
        body = ByteBuffer(bytes: bytes)
        headers[.contentType] = type
    }

    /// An answer with a value as JSON.
    init(_ status: HTTPResponse.Status, json value: some Encodable) throws {
        self.init(status, try WireJSON.encode(value), type: "application/json")
    }

    /// The answer as Hummingbird sends it.
    var response: Response {
        let body = stream.map { ResponseBody($0) } ?? ResponseBody(byteBuffer: body)
        return Response(status: status, headers: headers, body: body)
    }

    /// The answer with an entity tag, or status 304 when the header `If-None-Match` has the tag of this body.
    ///
    /// RFC 9110 §8.8.3 and §13.1.2. The tag is a hash of the body.
    func withEntityTag(ifNoneMatch known: String?) -> HTTPAnswer {
        let tag = "\"\(String(FNV1a.hash(body.readableBytesView), radix: 16))\""
        let tags = (known ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        var answer = tags.contains { $0 == "*" || $0 == tag || $0 == "W/\(tag)" } ? HTTPAnswer(.notModified) : self
        answer.headers[.eTag] = tag
        answer.headers[.cacheControl] = "no-cache"
        return answer
    }
}

// Errors.
extension HTTPAnswer {
    /// The body of an error on all routes but those of ListenBrainz.
    private struct Envelope: Encodable {
        var error: ErrorView
    }

    /// The body of an error of ListenBrainz.
    ///
    /// https://listenbrainz.readthedocs.io/en/latest/users/api/index.html
    private struct ListenBrainzError: Encodable {
        var code: Int
        var error: String
    }

    init(_ error: HouseholdError) {
        let body = try? WireJSON.encode(Envelope(error: ErrorView(error)))
        self.init(HTTPResponse.Status(error.code), body ?? .init(), type: "application/json")
        setHeaders(for: error)
    }

    /// An error in the form of ListenBrainz, which has no status 413 and 422.
    init(listenBrainz error: HouseholdError) {
        let own = HTTPResponse.Status(error.code)
        let status = [.unprocessableContent, .contentTooLarge].contains(own) ? .badRequest : own
        let body = try? WireJSON.encode(ListenBrainzError(code: status.code, error: error.message))
        self.init(status, body ?? .init(), type: "application/json")
        setHeaders(for: error)
    }

    private mutating func setHeaders(for error: HouseholdError) {
        switch error.code {
        case .unauthorized: headers[.wwwAuthenticate] = "Bearer realm=\"haunt\""
        case .rateLimited, .unavailable: headers[.retryAfter] = "\(HTTPLimits.retryAfterS)"
        default: break
        }
    }
}

extension HTTPResponse.Status {
    fileprivate init(_ code: HouseholdError.Code) {
        self =
            switch code {
            case .badRequest: .badRequest
            case .unauthorized: .unauthorized
            case .notFound: .notFound
            case .methodNotAllowed: .methodNotAllowed
            case .conflict: .conflict
            case .tooLarge: .contentTooLarge
            case .unsupportedMediaType: .unsupportedMediaType
            case .invalid: .unprocessableContent
            case .rateLimited: .tooManyRequests
            case .unavailable: .serviceUnavailable
            case .internal: .internalServerError
            }
    }
}
