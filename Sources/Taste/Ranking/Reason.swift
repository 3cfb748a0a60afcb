/// Why a track is on a list: a true sentence made from what its score was made of.
public struct Reason: Codable, Equatable, Sendable {
    /// What it rests on: `played`, `interest`, `vibe`, `popular` or `start`.
    public var kind: String
    /// A sentence for people, without its subject: "because you played it 9 times, last on Monday".
    public var text: String
    /// The interest of the profile that it serves, by name.
    public var interest: String?

    /// Creates a reason.
    public init(kind: String, text: String, interest: String? = nil) {
        self.kind = kind
        self.text = text
        self.interest = interest
    }

    /// Writes all of it; no interest is `null`, not missing.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(text, forKey: .text)
        try container.encode(interest, forKey: .interest)
    }
}
