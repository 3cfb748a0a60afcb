import Foundation
public import Wire

/// Lists listens, the newest first.
public struct ListListens: ImmediateOperation {
    public static let signature = OperationSignature("listen/list", .get("/api/history"), writes: false)

    private let filter: ListenFilter
    private let page: PageFields

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        filter = try ListenFilter(&fields)
        page = try PageFields(&fields)
    }

    public func perform(in household: isolated Household) throws -> HistoryPage {
        let selection = try filter.selection(in: household)
        let cursor = try page.cursor.map { text throws(HouseholdError) in try ListenCursor(text: text) }
        let listens = try household.store.read { try $0.listens(selection, limit: page.fetchCount, after: cursor) }
        let (items, next) = page.cut(listens) { ListenCursor(startedAt: $0.event.startedAt, id: $0.id).text }
        return HistoryPage(history: items.map { ListenView($0) }, nextCursor: next)
    }
}

/// A page of listens.
public struct HistoryPage: Codable, Sendable {
    /// Listens, the newest first.
    public var history: [ListenView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?
}

extension ListenCursor {
    /// The cursor as lists return it: milliseconds since 1970 and row id.
    var text: String { "\(startedAt.milliseconds).\(id)" }

    /// Reads a cursor that a list returned.
    init(text: String) throws(HouseholdError) {
        let parts = text.split(separator: ".").compactMap { Int64($0) }
        guard parts.count == 2 else { throw .unknownCursor }
        self.init(startedAt: Date(milliseconds: parts[0]), id: RowID(parts[1]))
    }
}

/// Which listens a request means. All conditions must hold.
struct ListenFilter: Equatable, Sendable {
    private let speaker: String?
    private let since: Date?
    private let until: Date?
    private let artist: String?
    private let profile: String?
    private let session: ListenerSessionRow.ID?
    private let ids: [Listen.ID]?
    private let rule: AttributionRule?
    private let isOpen: Bool?

    init(_ fields: inout FieldReader) throws(HouseholdError) {
        speaker = try fields.speaker()?.name
        since = try fields.time("since")
        until = try fields.time("until")
        artist = try fields.text("artist")
        profile = try fields.text("profile")
        session = try fields.integer("session", in: 1...Int(Int32.max)).map { ListenerSessionRow.ID(Int64($0)) }
        ids = try fields.ids("ids", of: Listen.self)
        rule = try fields.choice("rule", of: AttributionRule.self)
        isOpen = try fields.boolean("open")
    }

    /// Names of the profile and the speaker that it means.
    var names: [String] { [profile, speaker].compactMap { $0 } }

    /// Whether it means all listens.
    var isEmpty: Bool {
        speaker == nil && since == nil && until == nil && artist == nil && profile == nil && session == nil
            && ids == nil && rule == nil && isOpen == nil
    }

    /// What it means to the store.
    ///
    /// - Throws: ``HouseholdError`` `not_found` when the profile does not exist.
    func selection(in household: isolated Household) throws(HouseholdError) -> ListenSelection {
        var selection = ListenSelection(
            speakerName: speaker.map(household.fullName(ofSpeaker:)), since: since, until: until, artist: artist)
        selection.session = session
        (selection.ids, selection.rule, selection.isOpen) = (ids, rule, isOpen)
        if let profile { selection.owner = try household.roster.profile(named: profile).owner }
        return selection
    }
}
