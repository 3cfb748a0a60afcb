public import Wire

/// Lists the speakers ever seen or configured, by name. Aliases are not listed.
public struct ListSpeakers: ImmediateOperation {
    public static let signature = OperationSignature("speaker/list", .get("/api/speakers"), writes: false)

    private let page: PageFields

    public init(_ fields: inout FieldReader) throws(HouseholdError) { page = try PageFields(&fields) }

    public func perform(in household: isolated Household) throws -> SpeakerPage {
        let names = household.roster.speakers.keys.filter { household.settings.aliases[$0] == nil }
        let (selected, next) = page.select(from: names)
        let speakers = selected.compactMap { household.roster.speakers[$0] }
        return SpeakerPage(speakers: speakers.map { household.view(of: $0) }, nextCursor: next)
    }
}

public struct SpeakerPage: Codable, Sendable {
    /// Speakers, by name.
    public var speakers: [SpeakerView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
}
