import Foundation
import HTTPTypes
import Household
import Hummingbird
import Wire

extension HTTPAnswer {
    /// An error as all routes but ListenBrainz's tell it.
    private struct Envelope: Encodable {
        var error: ErrorView
    }

    /// An error as ListenBrainz tells it.
    ///
    /// https://listenbrainz.readthedocs.io/en/latest/users/api/index.html
    private struct ListenBrainzError: Encodable {
        var code: Int
        var error: String
    }

    /// Tells of an error.
    init(_ error: HouseholdError, status: HTTPResponse.Status? = nil) {
        let body = try? WireJSON.encode(Envelope(error: ErrorView(error)))
        self.init(status ?? HTTPResponse.Status(error.code), body ?? .init(), type: "application/json")
        headers = headers.telling(of: error)
    }

    /// Tells of an error in ListenBrainz's way, which knows fewer codes.
    init(listenBrainz error: HouseholdError) {
        let own = HTTPResponse.Status(error.code)
        let status = [.unprocessableContent, .contentTooLarge].contains(own) ? .badRequest : own
        let body = try? WireJSON.encode(ListenBrainzError(code: status.code, error: error.message))
        self.init(status, body ?? .init(), type: "application/json")
        headers = headers.telling(of: error)
    }
}

extension HTTPFields {
    /// What a client must know to do better next time.
    fileprivate func telling(of error: HouseholdError) -> HTTPFields {
        var fields = self
        switch error.code {
        case .unauthorized: fields[.wwwAuthenticate] = "Bearer realm=\"haunt\""
        case .rateLimited, .unavailable: fields[.retryAfter] = "\(HTTPLimits.retryAfterS)"
        default: break
        }
        return fields
    }
}

extension HTTPResponse.Status {
    /// The one status of each code.
    init(_ code: HouseholdError.Code) {
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
