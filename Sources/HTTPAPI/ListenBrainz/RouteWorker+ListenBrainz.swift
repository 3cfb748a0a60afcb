import Household
import Hummingbird

/// The way in for whatever can talk to ListenBrainz, by its conventions.
///
/// https://listenbrainz.readthedocs.io/en/latest/users/api/core.html
extension RouteWorker {
    private struct Taken: Encodable { var status = "ok" }

    private struct Validity: Encodable {
        var code = 200
        var message: String
        var valid: Bool
        var userName: String?
    }

    /// Takes listens of the profile whose token is shown.
    func submitListens(_ call: HTTPCall) async throws -> HTTPAnswer {
        guard let token = call.request.token(of: "token") else {
            throw HouseholdError(.unauthorized, "You need to provide an Authorization header.")
        }
        guard let profile = try await household.profile(forToken: token) else {
            throw HouseholdError(.unauthorized, "Invalid authorization token.")
        }
        for listen in try ListenSubmission(call.bytes, profile: profile).listens {
            _ = try await household.answer(AddListen.self, listen)
        }
        return try HTTPAnswer(.ok, json: Taken())
    }

    /// Says whose a token is.
    func validateToken(_ call: HTTPCall) async throws -> HTTPAnswer {
        let named = try call.query().first { $0.name == "token" && !$0.text.isEmpty }?.text
        guard let token = call.request.token(of: "token") ?? named else {
            throw HouseholdError(.badRequest, "You need to provide an Authorization token.")
        }
        guard let profile = try await household.profile(forToken: token) else {
            return try HTTPAnswer(.ok, json: Validity(message: "Token invalid.", valid: false))
        }
        return try HTTPAnswer(.ok, json: Validity(message: "Token valid.", valid: true, userName: profile))
    }
}
