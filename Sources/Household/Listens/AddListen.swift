public import Foundation
public import Listening
import Wire

/// Stores a listen that somebody hands in. One that cannot be taken is kept under `rejected`.
public struct AddListen: ImmediateOperation {
    public static let signature = OperationSignature(
        "listen/add", .post("/api/history/webhook", creates: true), writes: true, keepsRejected: true)

    /// What was heard.
    public var media: Media
    /// Seconds heard; nil counts as all of it.
    public var playedS: Double?
    /// When it began; nil is ``playedS`` before it was received.
    public var startedAt: Date?
    /// The speaker, by any of its names.
    public var speakerName: String?
    /// The profile that heard it.
    public var profile: String?
    /// Where it came from.
    public var source: String
    /// The sender's id of the event: the same id is the same listen.
    public var eventID: String?
    /// When it was received, for one that was kept under `rejected`; nil is now.
    ///
    /// Whether it was a guest's was asked at that time, and what was a guest's was not kept.
    var receivedAt: Date?

    /// Creates a listen with its title; the rest may be unknown.
    public init(_ media: Media, source: String) {
        self.media = media
        self.source = source
    }

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        media = Media(
            title: try fields.requiredText("title"), artist: try fields.text("artist"),
            album: try fields.text("album"))
        let duration = try fields.number("duration_s", in: 0...Limits.playedS)
        // Players write 0 for a length they do not know.
        media.durationS = duration == 0 ? nil : duration
        playedS = try fields.number("played_s", in: 0...Limits.playedS)
        startedAt = try fields.time("started_at")
        speakerName = try fields.speaker()?.name
        profile = try fields.text("profile")
        media.uri = try fields.text("uri")
        source = try fields.text("source") ?? fields.door.rawValue
        eventID = try fields.text("event_id")
    }

    /// 201 for a listen that is new, 200 for one that was there or does not count.
    public static func hasCreated(_ answer: ListenReceipt) -> Bool { answer.stored && !answer.isDuplicate }

    /// Whether input that cannot be taken names something that a guest plays.
    ///
    /// Whatever text of it names a guest's speaker counts, because a wrong no would keep what a guest heard.
    static func isGuests(_ input: OperationInput, in household: isolated Household) -> Bool {
        let json = input.json ?? (try? WireJSON.decode(input.payload)) ?? .null
        let text = { (name: String) -> String? in
            if case .string(let text)? = json[name] {
                text.trimmingCharacters(in: .whitespacesAndNewlines)
            } else {
                nil
            }
        }
        let media = Media(title: text("title"), artist: text("artist"), uri: text("uri"))
        let startedAt = text("started_at").flatMap { RFC3339.date(from: $0) } ?? household.now()
        let texts = json.texts + input.texts.map(\.text) + [input.speakerTopic ?? ""]
        return texts.contains { name in
            let speaker = household.fullName(ofSpeaker: name.trimmingCharacters(in: .whitespacesAndNewlines))
            return household.isGuests(media, startedAt: startedAt, onSpeaker: speaker)
        }
    }

    /// - Returns: The stored listen, the one it repeats, or why it was not stored.
    public func perform(in household: isolated Household) throws -> ListenReceipt {
        let now = household.now()
        let speakerName = speakerName.map(household.fullName(ofSpeaker:))
        let startedAt = startedAt ?? startWithoutWord(on: speakerName, at: receivedAt ?? now, in: household)
        if receivedAt == nil, household.isGuests(media, startedAt: startedAt, onSpeaker: speakerName) {
            household.counters.guestPlays += 1
            return notStored("It is a guest's on \(speakerName ?? ""), and guests leave no trace")
        }
        try checkStart(at: now)
        if let eventID, let known = try household.store.read({ try $0.listen(eventID: eventID) }) {
            household.counters.duplicates += 1
            return ListenReceipt(stored: true, isDuplicate: true, listen: ListenView(known))
        }
        let judgement = household.settings.rules(forSpeaker: speakerName)
            .judge(heardS: playedS, durationS: media.durationS)
        guard let outcome = ListenOutcome(judgement.outcome) else {
            return notStored(judgement.reason ?? "It does not count")
        }
        let attribution = try attribution(on: speakerName, in: household)
        if let speakerName { household.register(speakerName) }
        let listen = NewListen(
            eventID: eventID ?? household.newID(), media: HeardMedia(media), startedAt: startedAt, playedS: playedS,
            outcome: outcome, speakerName: speakerName, owner: attribution.owner, rule: attribution.rule,
            source: source)
        let recording = try household.recordAnywhere(listen, checkpoint: nil)
        return ListenReceipt(
            stored: true, isDuplicate: recording.isDuplicate, listen: ListenView(recording.listen))
    }

    /// When it began, if its sender does not say: with what plays on the speaker, if that is the same track.
    private func startWithoutWord(on speakerName: String?, at arrival: Date, in household: isolated Household) -> Date {
        if let speakerName, let playing = household.plays.nowPlaying(on: speakerName),
            media.isSameTrack(as: playing.media)
        {
            return playing.startedAt
        }
        return arrival.addingTimeInterval(-(playedS ?? 0))
    }

    /// - Throws: ``HouseholdError`` `invalid` when it lies in the future or before 1970.
    private func checkStart(at now: Date) throws(HouseholdError) {
        guard let startedAt else { return }
        guard startedAt <= now.addingTimeInterval(Limits.clockSkewS), startedAt.timeIntervalSince1970 >= 0 else {
            throw .invalid("started_at", "started_at must lie between 1970 and now")
        }
    }

    private func notStored(_ reason: String) -> ListenReceipt {
        ListenReceipt(stored: false, isDuplicate: false, reason: reason, eventID: eventID)
    }

    /// Decides whose it is, and creates the profile it names where the settings allow that.
    private func attribution(on speakerName: String?, in household: isolated Household) throws -> Attribution {
        if let profile, household.roster.profiles[profile] == nil, household.settings.autoCreateProfiles {
            _ = try AddProfile(name: profile).perform(in: household)
        }
        return try Attribution.ofListen(profile: profile, speaker: speakerName, in: household.roster)
    }
}

extension JSONValue {
    /// All texts in it, however deep.
    fileprivate var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let items): items.flatMap(\.texts)
        case .object(let members): members.values.flatMap(\.texts)
        default: []
        }
    }
}
