import Foundation

/// Tokens of profiles, by which a player elsewhere hands in one person's listens.
extension Household {
    /// Makes a new token for a profile; the one it had is worth nothing from then on.
    ///
    /// - Parameters:
    ///   - name: Which profile.
    ///   - door: The front door that asks. On MQTT everybody who may listen to the answers would read it.
    /// - Returns: The token, this once: only its hash is kept.
    /// - Throws: ``HouseholdError`` `not_found`, or `method_not_allowed` on MQTT.
    public func makeToken(ofProfile name: String, door: String) throws -> ProfileTokenView {
        let profile = try roster.profile(named: name, field: "name")
        guard door != "mqtt" else {
            throw HouseholdError(
                .methodNotAllowed, "A token is a secret, and others can read along here: use HTTP or the command line")
        }
        let token = ProfileToken.random()
        let time = now().wholeMilliseconds
        try store.write { try $0.saveTokenHash(token.hash, ofProfile: profile.id, at: time) }
        return ProfileTokenView(profile: name, token: token.text, createdAt: time)
    }

    /// Whose a token is.
    ///
    /// - Parameter text: What somebody shows.
    /// - Returns: Name of the profile; nil when it is nobody's.
    /// - Throws: What the store throws.
    public func profile(forToken text: String) throws -> String? {
        let token = ProfileToken(text)
        // All are compared, whichever it is.
        let matching = try store.read { try $0.tokenHashes() }.filter { token.matches($0.value) }
        return roster.profile(id: matching.keys.first)?.name
    }
}
