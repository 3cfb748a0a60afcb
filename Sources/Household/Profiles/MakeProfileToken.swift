public import Foundation

/// Makes a new token for a profile, with which players elsewhere hand in its listens. An earlier one is invalid then.
public struct MakeProfileToken: ImmediateOperation {
    /// Its name, and where it can be asked for. On MQTT everybody who can read the answers would have the token.
    public static let signature = OperationSignature(
        "profile/token", .post("/api/profiles/{name}/token", answers: .created), writes: true, isOnMQTT: false)

    private let name: String

    /// Asks for a token.
    public init(name: String) { self.name = name }

    public init(_ fields: inout FieldReader) throws(HouseholdError) { name = try fields.requiredText("name") }

    /// - Returns: The token. It is shown this once, because only its hash is kept.
    public func perform(in household: isolated Household) throws -> ProfileTokenView {
        let profile = try household.roster.profile(named: name, field: "name")
        let token = ProfileToken.random()
        let time = household.now().wholeMilliseconds
        try household.store.write { try $0.saveTokenHash(token.hash, ofProfile: profile.id, at: time) }
        return ProfileTokenView(profile: name, token: token.text, createdAt: time)
    }
}

/// A profile's new token.
public struct ProfileTokenView: Codable, Equatable, Sendable {
    public var profile: String
    public var token: String
    /// When it was made.
    public var createdAt: Date
}

/// A secret with which listens are handed in for a profile.
struct ProfileToken {
    private static let byteCount = 32

    /// What its owner keeps.
    let text: String

    /// Wraps the token of a request.
    init(_ text: String) { self.text = text }

    /// Makes a token of 256 random bits.
    static func random() -> ProfileToken {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let text = Data(bytes).base64EncodedString()
        return ProfileToken(
            text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: ""))
    }

    /// The SHA-256 of its UTF-8.
    var hash: Data { Data(SHA256.hash(text.utf8)) }

    /// Whether a stored hash is of this token. The time it takes does not depend on where they differ.
    func matches(_ stored: Data) -> Bool {
        let hash = hash
        return hash.count == stored.count && zip(hash, stored).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension Household {
    /// Finds the profile of a token.
    ///
    /// - Parameter text: The token of a request.
    /// - Returns: Name of the profile; nil when the token is invalid.
    /// - Throws: What the store throws.
    public func profile(forToken text: String) throws -> String? {
        let token = ProfileToken(text)
        // Every hash is compared, so that the time does not reveal which one matched.
        let matching = try store.read { try $0.tokenHashes() }.filter { token.matches($0.value) }
        return matching.keys.first.flatMap { roster.profile(id: $0)?.name }
    }
}
