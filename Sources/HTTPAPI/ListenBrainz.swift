import Foundation
import Household
import Hummingbird
import Wire

/// The routes for clients of ListenBrainz, with its conventions.
///
/// https://listenbrainz.readthedocs.io/en/latest/users/api/core.html
extension RouteHandler {
    private struct Accepted: Encodable { var status = "ok" }

    private struct Validity: Encodable {
        var code = 200
        var message: String
        var valid: Bool
        var userName: String?
    }

    /// Checks the token of a request whose body is read only then. A request without a body is checked by its route.
    ///
    /// - Throws: ``HouseholdError`` `unauthorized`.
    func authorizeProfile(_ request: Request, for route: Route) async throws {
        guard route.method == .post else { return }
        guard let token = request.token(of: "token") else {
            throw HouseholdError(.unauthorized, "You need to provide an Authorization header.")
        }
        guard try await household.profile(forToken: token) != nil else {
            throw HouseholdError(.unauthorized, "Invalid authorization token.")
        }
    }

    /// Stores the listens of a submission for the profile that the token belongs to.
    func submitListens(_ call: HTTPCall) async throws -> HTTPAnswer {
        guard let token = call.request.token(of: "token") else {
            throw HouseholdError(.unauthorized, "You need to provide an Authorization header.")
        }
        guard let profile = try await household.profile(forToken: token) else {
            throw HouseholdError(.unauthorized, "Invalid authorization token.")
        }
        try await household.addListens(ListenSubmission(call.bytes, profile: profile).listens)
        return try HTTPAnswer(.ok, json: Accepted())
    }

    /// Says which profile a token belongs to.
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

/// A submission of listens.
///
/// https://listenbrainz.readthedocs.io/en/latest/users/json.html
private struct ListenSubmission {
    private enum Kind: String { case single, playingNow = "playing_now", bulk = "import" }

    /// The listens as input of ``AddListen``; none for a submission of the kind `playing_now`.
    let listens: [OperationInput]

    /// Reads a submission. As in ListenBrainz, one invalid listen makes the whole submission invalid.
    ///
    /// - Parameters:
    ///   - body: JSON, whatever the content type.
    ///   - profile: The profile that the token belongs to.
    /// - Throws: ``HouseholdError`` `bad_request`.
    init(_ body: some Collection<UInt8>, profile: String) throws(HouseholdError) {
        let submission = try WireJSON.decodeRequest(body)
        guard case .string(let word) = submission["listen_type"], let kind = Kind(rawValue: word) else {
            throw Self.error("JSON document requires a valid listen_type key: single, playing_now or import")
        }
        guard case .array(let items) = submission["payload"], !items.isEmpty else {
            throw Self.error("JSON document does not contain any listens")
        }
        guard items.count <= (kind == .bulk ? HTTPLimits.submittedListens : 1) else {
            throw Self.error("JSON document contains too many listens for \(word)")
        }
        var listens: [OperationInput] = []
        for item in items {
            let fields = try Self.fields(of: item, isPlaying: kind == .playingNow)
            let json = JSONValue.object(fields.merging(["profile": .string(profile)]) { $1 })
            if kind != .playingNow { listens.append(OperationInput(door: .http, json: json)) }
        }
        self.listens = listens
    }

    /// The fields that ``AddListen`` reads. An invalid optional field is left out.
    private static func fields(of item: JSONValue, isPlaying: Bool) throws(HouseholdError) -> [String: JSONValue] {
        let metadata = item["track_metadata"] ?? .null
        let info = metadata["additional_info"] ?? .null
        guard let artist = text(metadata["artist_name"]), let title = text(metadata["track_name"]) else {
            throw error(
                "JSON document does not contain required track_metadata.artist_name and track_metadata.track_name")
        }
        var fields: [String: JSONValue] = ["title": title, "artist": artist]
        fields["album"] = text(metadata["release_name"])
        fields["duration_s"] = seconds(info["duration_ms"], unitsPerSecond: 1000) ?? seconds(info["duration"])
        fields["played_s"] = seconds(info["ms_played"], unitsPerSecond: 1000)
        for name in ["speaker_name", "uri", "source", "event_id"] { fields[name] = text(info[name]) }
        fields["source"] = fields["source"] ?? "listenbrainz"
        guard !isPlaying else { return fields }
        guard case .number(let time) = item["listened_at"], (1...maxTime).contains(time) else {
            throw error("JSON document does not contain a valid listened_at: seconds since 1970")
        }
        // Some clients send milliseconds. As seconds they would be later than the year 5138.
        let seconds = time >= firstMilliseconds ? time / 1000 : time
        fields["started_at"] = .string(RFC3339.string(from: Date(timeIntervalSince1970: seconds)))
        return fields
    }

    private static let firstMilliseconds = 1e11
    /// The last second of the year 9999, in milliseconds.
    private static let maxTime = 253_402_300_799_000.0

    private static func text(_ value: JSONValue?) -> JSONValue? {
        guard case .string(let text) = value, !text.isEmpty else { return nil }
        return .string(text)
    }

    private static func seconds(_ value: JSONValue?, unitsPerSecond: Double = 1) -> JSONValue? {
        guard case .number(let number) = value, (0...Limits.playedS).contains(number / unitsPerSecond) else {
            return nil
        }
        return .number(number / unitsPerSecond)
    }

    private static func error(_ message: String) -> HouseholdError { HouseholdError(.badRequest, message) }
}
