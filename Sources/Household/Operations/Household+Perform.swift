import Taste

/// The one table from an operation's name and JSON to what it does.
extension Household {
    /// Does what was asked.
    ///
    /// - Parameters:
    ///   - operation: What.
    ///   - input: Its fields; unknown ones are errors.
    ///   - door: The front door it came by: `mqtt`, `http` or `cli`.
    /// - Returns: The answer, the same JSON on every front door.
    /// - Throws: ``HouseholdError``.
    public func perform(
        _ operation: HouseholdOperation, _ input: JSONValue, door: String
    ) async throws -> any Encodable & Sendable {
        switch operation {
        case .profileList, .profileShow, .profileAdd, .profileUpdate, .profileSpeakers, .tasteBuild:
            try performOnProfiles(operation, input)
        case .profileRemove: try removeProfile(ProfileRemoval(input))
        case .profileToken: try makeToken(ofProfile: input.read { try $0.requiredText("name") }, door: door)
        case .tasteRefresh: try refreshTastes()
        case .recommendGet: try await recommend(ListRequest(recommending: input))
        case .playlistGenerate: try await generate(ListRequest(generating: input))
        case .playlistList: try playlists(input.page())
        case .playlistShow: try playlist(id: input.read { try $0.requiredText("id") })
        case .listenAdd: try takeListen(HouseholdJSON.encode(input), door: door)
        case .listenList: try history(HistoryRequest(input))
        case .listenReassign: try correct(CorrectionRequest(reassigning: input))
        case .listenRemove: try correct(CorrectionRequest(removing: input))
        case .listenUndo: try undoCorrection(input.read { try $0.requiredText("undo_id") })
        case .feedbackAdd: try addFeedback(FeedbackRequest(input))
        case .feedbackRemove: try removeFeedback(input.read { try $0.id() })
        case .feedbackList: try feedback(FeedbackListRequest(input))
        case .listenImport: try importListens(input.batch())
        case .catalogImport: try importCatalog(input.batch())
        case .rejectedList: try rejected(input.page())
        case .rejectedReplay: try replayRejected(ids: input.read { try $0.ids("ids") })
        case .rejectedDrop: try dropRejected(ids: input.read { try $0.ids("ids") })
        case .speakerList, .speakerGuest, .speakerProfile: try performOnSpeakers(operation, input)
        case .speakerSettings: try changeLists(input)
        }
    }

    private func performOnProfiles(_ operation: HouseholdOperation, _ input: JSONValue) throws -> any Encodable
        & Sendable
    {
        if operation == .profileList { return try profilePage(input.page()) }
        let (name, displayName, speakers) = try input.read {
            (
                try $0.requiredText("name"),
                operation == .profileAdd
                    ? try $0.nonEmptyText("display_name")
                    : operation == .profileUpdate ? try $0.requiredText("display_name") : nil,
                operation == .profileSpeakers ? try $0.requiredTexts("speakers") : []
            )
        }
        return switch operation {
        case .profileAdd: try addProfile(named: name, displayName: displayName)
        case .profileUpdate: try updateProfile(named: name, displayName: displayName ?? name)
        case .profileSpeakers: try setSpeakers(speakers, ofProfile: name)
        case .tasteBuild: try buildTaste(ofProfile: name)
        default: try profile(named: name)
        }
    }

    private func changeLists(_ input: JSONValue) throws -> any Encodable & Sendable {
        let (name, totalTracks, mode) = try input.read {
            (
                try $0.requiredText("speaker_name"), try $0.integer("total_tracks", in: 1...Limits.playlistTracks),
                try $0.choice("mode", of: RankingMode.self)
            )
        }
        return try setLists(totalTracks: totalTracks, mode: mode, onSpeaker: name)
    }

    private func performOnSpeakers(_ operation: HouseholdOperation, _ input: JSONValue) throws -> any Encodable
        & Sendable
    {
        if operation == .speakerList { return try speakerPage(input.page()) }
        let (name, guest, profile) = try input.read {
            (
                try $0.requiredText("speaker_name"),
                operation == .speakerGuest ? try $0.bool("guest") : nil,
                operation == .speakerProfile ? try $0.nonEmptyText("profile") : nil
            )
        }
        guard operation == .speakerGuest else { return try setProfile(profile, ofSpeaker: name) }
        guard let guest else { throw HouseholdError.invalid("guest", "guest must be true or false") }
        return try setGuest(guest, onSpeaker: name)
    }
}

/// A page of a list.
public struct PageRequest: Sendable {
    /// How many items.
    public var limit = Limits.defaultPageSize
    /// What the page before said.
    public var cursor: String?

    /// Creates a request for the first page.
    public init() {}

    /// The cursor of a list in the order of row ids; nil at its beginning.
    func rowCursor() throws(HouseholdError) -> Int64? {
        guard let cursor else { return nil }
        guard let id = Int64(cursor) else { throw .unknownCursor }
        return id
    }

    /// The page of a list that is in memory whole, in the order of its names; the cursor is the last name seen.
    ///
    /// - Parameter names: All names.
    /// - Returns: The names of this page, and where the next begins.
    func page(of names: some Collection<String>) -> (names: [String], next: String?) {
        let rest = names.filter { $0 > cursor ?? "" }.sorted()
        let page = Array(rest.prefix(limit))
        return (page, rest.count > limit ? page.last : nil)
    }
}

extension JSONValue {
    /// Reads an operation's fields, all of them.
    func read<Value>(_ body: (inout Arguments) throws -> Value) throws -> Value {
        var arguments = try Arguments(self)
        arguments.ignore("transaction")
        let value = try body(&arguments)
        try arguments.finish()
        return value
    }

    /// Reads a batch out of a file, which the command that sends it has checked row by row.
    func batch<Batch: Decodable>() throws -> Batch {
        do {
            return try HouseholdJSON.decode(Batch.self, from: HouseholdJSON.encode(self))
        } catch is DecodingError {
            throw HouseholdError(.badRequest, "This batch is not one that haunt import sends")
        }
    }

    /// Reads which page is meant.
    func page() throws -> PageRequest {
        try read {
            var page = PageRequest()
            page.limit = try $0.pageLimit()
            page.cursor = try $0.nonEmptyText("cursor")
            return page
        }
    }
}
