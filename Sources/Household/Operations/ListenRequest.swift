public import Foundation
public import Listening

/// A listen as somebody hands it in: the input of `listen/add` and of the webhook.
public struct ListenRequest: Sendable {
    /// What was heard.
    public var media: Media
    /// Seconds heard; nil counts as all of it.
    public var playedS: Double?
    /// When it began; nil is `playedS` ago.
    public var startedAt: Date?
    /// Where it was heard.
    public var speakerName: String?
    /// Whose it is.
    public var profile: String?
    /// What told the one who tells us.
    public var source: String?
    /// The sender's id of the event; the same id is the same listen.
    public var eventID: String?

    /// Reads the input; unknown fields are errors.
    ///
    /// - Parameter input: The JSON object of design's webhook.
    /// - Throws: ``HouseholdError`` that names the field.
    public init(_ input: JSONValue) throws(HouseholdError) {
        var arguments = try Arguments(input)
        let title = try arguments.requiredText("title")
        media = Media(
            title: title, artist: try arguments.nonEmptyText("artist"), album: try arguments.nonEmptyText("album"),
            uri: try arguments.nonEmptyText("uri"))
        let duration = try arguments.number("duration_s", in: 0...Limits.playedS)
        media.durationS = duration == 0 ? nil : duration
        playedS = try arguments.number("played_s", in: 0...Limits.playedS)
        startedAt = try arguments.time("started_at")
        speakerName = try arguments.speaker()
        profile = try arguments.nonEmptyText("profile")
        source = try arguments.nonEmptyText("source")
        eventID = try arguments.nonEmptyText("event_id")
        arguments.ignore("transaction")
        try arguments.finish()
    }

    /// Checks the start against the clock.
    ///
    /// - Parameter now: The time.
    /// - Throws: ``HouseholdError`` when the listen lies in the future or before recorded sound.
    func checkTime(at now: Date) throws(HouseholdError) {
        guard let startedAt else { return }
        guard startedAt <= now.addingTimeInterval(Limits.clockSkewS), startedAt.timeIntervalSince1970 >= 0 else {
            throw .invalid("started_at", "started_at must lie between 1970 and now")
        }
    }
}

/// Which listens to list, and which page: the input of `listen/list`.
public struct HistoryRequest: Sendable {
    /// Which.
    public var filter: ListenFilter
    /// How many.
    public var limit = Limits.defaultPageSize
    /// Where the page begins.
    public var cursor: ListenCursor?

    /// Reads the input.
    public init(_ input: JSONValue) throws(HouseholdError) {
        var arguments = try Arguments(input)
        filter = try ListenFilter(&arguments)
        limit = try arguments.pageLimit()
        if let text = try arguments.nonEmptyText("cursor") { cursor = try ListenCursor(text: text) }
        arguments.ignore("transaction")
        try arguments.finish()
    }
}

extension Arguments {
    /// Reads the speaker, under either of its names.
    mutating func speaker() throws(HouseholdError) -> String? {
        let name = try nonEmptyText("speaker_name")
        let entity = try nonEmptyText("speaker_entity")
        guard let speaker = name ?? entity else { return nil }
        return try SpeakerName.validated(speaker)
    }

    /// Reads how many items a page has.
    mutating func pageLimit() throws(HouseholdError) -> Int {
        try integer("limit", in: 1...Limits.pageSize) ?? Limits.defaultPageSize
    }
}
