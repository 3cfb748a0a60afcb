import Foundation
import Listening
import Wire

/// Stores a listen that somebody hands in. One that cannot be taken is kept under `rejected`.
public struct AddListen: ImmediateOperation {
    public static let signature = OperationSignature(
        "listen/add", .post("/api/history/webhook", answers: .created), writes: true, keepsRejected: true)

    /// What was heard.
    private var media: Media
    /// Seconds heard; nil counts as all of it.
    private let playedS: Double?
    /// When it began; nil is ``playedS`` before it was received.
    private let startedAt: Date?
    /// The speaker, by any of its names.
    private let speakerName: String?
    /// The profile that heard it.
    private let profile: String?
    /// Where it came from.
    private let source: String
    /// The sender's id of the event: the same id is the same listen.
    private let eventID: String?
    /// When it was received, for one that was kept under `rejected`; nil is now.
    ///
    /// Whether it was a guest's was asked at that time, and what was a guest's was not kept.
    var receivedAt: Date?

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
    public static func success(_ answer: ListenReceipt) -> OperationSignature.Route.Success {
        answer.stored && !answer.isDuplicate ? .created : .done
    }

    /// Whether input that cannot be taken names something that a guest plays.
    ///
    /// Any text in it that names a guest's speaker counts. A false yes loses a payload that could not be taken anyway. A
    /// false no would keep what a guest heard.
    static func isGuests(_ input: OperationInput, in household: isolated Household) -> Bool {
        let guests = household.guestSpeakerNames
        if guests.isEmpty { return false }
        guard let json = input.json else {
            let text = String(decoding: input.payload, as: UTF8.self)
            return guests.contains { text.contains($0) }
        }
        let text = { (name: String) -> String? in
            if case .string(let text)? = json[name] {
                text.trimmingCharacters(in: .whitespacesAndNewlines)
            } else {
                nil
            }
        }
        let media = Media(title: text("title"), artist: text("artist"), uri: text("uri"))
        let startedAt = text("started_at").flatMap { RFC3339.date(from: $0) } ?? household.now()
        var texts = Set(input.texts.map(\.text) + [input.speakerTopic ?? ""])
        json.collectTexts(in: &texts)
        return texts.lazy.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter(guests.contains)
            .contains { name in
                let speaker = household.fullName(ofSpeaker: name)
                return household.isGuests(media, startedAt: startedAt, onSpeaker: speaker)
            }
    }

    /// - Returns: The stored listen, the one it repeats, or why it was not stored.
    public func perform(in household: isolated Household) throws -> ListenReceipt {
        switch try judged(in: household) {
        case .over(let receipt): return receipt
        case .report(let report): return receipt(for: try household.recordAnywhere(report, checkpoint: nil))
        }
    }

    /// What is to be done with a listen that was handed in.
    enum Judgement {
        /// Nothing more.
        case over(ListenReceipt)
        /// It is stored, unless it is there already.
        case report(NewListen)
    }

    /// Checks it, decides whether it counts and whose it is.
    ///
    /// - Throws: ``HouseholdError`` that blames a field; what the store throws.
    func judged(in household: isolated Household) throws -> Judgement {
        let now = household.now()
        // Players and other senders name the same sounds, so the same judgement says what is music.
        let media = MediaDescription(media).media
        let playedS = playedS.map { min($0, media.durationS ?? .infinity) }
        let speakerName = speakerName.map(household.fullName(ofSpeaker:))
        let startedAt = startedAt ?? impliedStart(on: speakerName, at: receivedAt ?? now, in: household)
        if receivedAt == nil, household.isGuests(media, startedAt: startedAt, onSpeaker: speakerName) {
            household.counters.guestPlays += 1
            return .over(notStored("It is a guest's on \(speakerName ?? ""), and guests leave no trace"))
        }
        try checkStart(at: now)
        if let eventID, let known = try household.store.read({ try $0.listen(eventID: eventID) }) {
            household.counters.duplicates += 1
            return .over(ListenReceipt(stored: true, isDuplicate: true, listen: ListenView(known)))
        }
        let judgement = household.settings.rules(forSpeaker: speakerName)
            .judge(media, heardS: playedS)
        guard let outcome = ListenOutcome(judgement.outcome) else {
            let reason = judgement.reason ?? "It does not count"
            household.ignore(
                IgnoredPlayView(
                    media, on: speakerName, at: startedAt, playedS: playedS, reason: reason, source: source))
            return .over(notStored(reason))
        }
        let attribution = try attribution(on: speakerName, in: household)
        if let speakerName { household.register(speakerName) }
        return .report(
            NewListen(
                eventID: eventID ?? household.newID(), media: HeardMedia(media), startedAt: startedAt,
                playedS: playedS, outcome: outcome, speakerName: speakerName, owner: attribution.owner,
                rule: attribution.rule, source: source))
    }

    /// The answer when it was handed to the store.
    func receipt(for recording: Recording) -> ListenReceipt {
        guard let listen = recording.listen else { return notStored(ListenReceipt.removed) }
        return ListenReceipt(stored: true, isDuplicate: recording.isDuplicate, listen: ListenView(listen))
    }

    /// When a listen without `started_at` began: with the play on the speaker when that is of the same track, else
    /// ``playedS`` before it was received.
    private func impliedStart(on speakerName: String?, at arrival: Date, in household: isolated Household) -> Date {
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
        if let profile, household.roster.profiles[profile] == nil, household.settings.autoCreateProfiles,
            !household.roster.isRemoved(profile)
        {
            _ = try AddProfile(name: profile).perform(in: household)
        }
        return try Attribution.ofListen(profile: profile, speaker: speakerName, in: household.roster)
    }
}

extension JSONValue {
    /// Adds all texts in it, however deep.
    fileprivate func collectTexts(in texts: inout Set<String>) {
        switch self {
        case .string(let text): texts.insert(text)
        case .array(let items): for item in items { item.collectTexts(in: &texts) }
        case .object(let members): for member in members.values { member.collectTexts(in: &texts) }
        default: break
        }
    }
}
