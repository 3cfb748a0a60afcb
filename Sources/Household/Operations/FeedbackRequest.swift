public import Taste

/// What somebody says of a track: the input of `feedback/add`, and of a speaker's own topic.
public struct FeedbackRequest: Sendable {
    /// Which track is meant.
    public enum Subject: Equatable, Sendable {
        /// The one that plays on the speaker.
        case playing
        /// The one with this row id.
        case track(Int64)
        /// The one with this content id.
        case uri(String)
    }

    /// What is said.
    public var verdict: Verdict
    /// Of what.
    public var subject: Subject
    /// Whose lists it changes; nil leaves it to the rules.
    public var profile: String?
    /// Where the track is playing.
    public var speaker: String?

    /// Reads the input of `feedback/add`.
    public init(_ input: JSONValue) throws(HouseholdError) {
        var arguments = try Arguments(input)
        speaker = try arguments.speaker()
        subject = try arguments.rowID("track_id").map { .track($0) } ?? .playing
        (verdict, profile) = try Self.common(&arguments)
        guard speaker != nil || subject != .playing else {
            throw .invalid("track_id", "Say which track is meant: by track_id, or by a speaker that is playing it")
        }
    }

    /// Reads what came on a speaker's own topic, where `track` is a row id or a content id.
    public init(_ input: JSONValue, onSpeakerTopic topic: String) throws(HouseholdError) {
        var arguments = try Arguments(input)
        speaker = topic
        if case .string = input["track"] {
            subject = try arguments.nonEmptyText("track").map { .uri($0) } ?? .playing
        } else {
            subject = try arguments.rowID("track").map { .track($0) } ?? .playing
        }
        (verdict, profile) = try Self.common(&arguments)
    }

    private static func common(_ arguments: inout Arguments) throws(HouseholdError) -> (Verdict, String?) {
        let verdict = try arguments.choice("verdict", of: Verdict.self)
        let profile = try arguments.nonEmptyText("profile")
        arguments.ignore("transaction")
        try arguments.finish()
        guard let verdict else {
            let words = Verdict.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid("verdict", "verdict is missing: it must be one of \(words)")
        }
        return (verdict, profile)
    }
}

/// Which feedback to list, and which page: the input of `feedback/list`.
public struct FeedbackListRequest: Sendable {
    /// Whose; nil is everybody's.
    public var profile: String?
    /// Which page.
    public var page = PageRequest()

    /// Reads the input.
    public init(_ input: JSONValue) throws(HouseholdError) {
        var arguments = try Arguments(input)
        profile = try arguments.nonEmptyText("profile")
        page.limit = try arguments.pageLimit()
        page.cursor = try arguments.nonEmptyText("cursor")
        arguments.ignore("transaction")
        try arguments.finish()
    }
}

extension Arguments {
    /// Reads a row id.
    fileprivate mutating func rowID(_ name: String) throws(HouseholdError) -> Int64? {
        try integer(name, in: 1...Limits.wholeNumber).map(Int64.init)
    }

    /// Reads the row id of what is meant, which must be there.
    mutating func id() throws(HouseholdError) -> Int64 {
        guard let id = try rowID("id") else { throw .invalid("id", "id is missing: it must be a whole number") }
        return id
    }
}
