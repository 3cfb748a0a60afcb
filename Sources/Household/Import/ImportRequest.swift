/// What a request says of a file to import, besides the file.
public struct ImportRequest: Sendable {
    /// What is in a file.
    public enum Kind: String, Codable, Sendable {
        case listens
        case catalog
    }

    public let kind: Kind
    /// The profile that the listens belong to, whatever their speakers.
    public let profile: String?
    /// The speaker of listens that name none.
    public let speaker: String?
    /// What the file is called, for people.
    public let name: String?

    /// Reads the fields of a query, and checks them as the import itself does.
    ///
    /// - Throws: ``HouseholdError``, `not_found` for an unknown profile.
    public init(_ kind: Kind, _ texts: [(name: String, text: String)], in household: Household) async throws {
        var fields = try FieldReader(OperationInput(door: .http, texts: texts))
        self.kind = kind
        name = try fields.text("name")
        profile = kind == .listens ? try fields.text("profile") : nil
        speaker = kind == .listens ? try fields.text("speaker") : nil
        try fields.finish()
        _ = try await household.perform(ImportListens(profile: profile, speaker: speaker, rows: []))
    }
}
