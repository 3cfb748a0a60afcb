import HTTPTypes

/// The user of Home Assistant who sends a request through ingress. All values are null for other requests.
///
/// The Supervisor removes these headers from what a browser sends and sets its own.
struct Visitor: Encodable, Sendable {
    var id: String?
    var name: String?
    var displayName: String?
    /// The profile that somebody said the user is.
    var profile: String?

    /// Nobody that is known.
    init() {}

    /// The user that the Supervisor names.
    init(behindIngress headers: HTTPFields) {
        id = Self.value("x-remote-user-id", in: headers)
        name = Self.value("x-remote-user-name", in: headers)
        displayName = Self.value("x-remote-user-display-name", in: headers)
    }

    private enum CodingKeys: String, CodingKey { case id, name, displayName, profile }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(id, forKey: .id)
        try fields.encode(name, forKey: .name)
        try fields.encode(displayName, forKey: .displayName)
        try fields.encode(profile, forKey: .profile)
    }

    private static func value(_ name: String, in headers: HTTPFields) -> String? {
        guard let name = HTTPField.Name(name), let value = headers[name], !value.isEmpty else { return nil }
        return value
    }
}
