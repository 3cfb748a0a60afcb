public import Foundation
import Listening

/// Listens handed in by others, and the history.
extension Household {
    /// Takes a listen as it came by a front door; what cannot be taken is kept under `rejected`.
    ///
    /// - Parameters:
    ///   - payload: JSON of a listen.
    ///   - door: The front door it came by.
    /// - Returns: What became of it.
    /// - Throws: ``HouseholdError``, after the payload was kept.
    public func takeListen(_ payload: some Collection<UInt8>, door: String) throws -> ListenReceipt {
        do {
            return try addListen(ListenRequest(HouseholdJSON.decode(payload)), source: door)
        } catch let error as HouseholdError where error.code != .unavailable && error.code != .internal {
            keepRejected(payload, door: door, error: error)
            throw error
        }
    }

    /// Stores a listen that somebody hands in.
    ///
    /// - Parameters:
    ///   - request: What was heard.
    ///   - source: What told us, when the listen does not say.
    ///   - receivedAt: When it was told; nil is now.
    /// - Returns: The stored listen, the one it repeats, or why it was not stored.
    /// - Throws: ``HouseholdError`` when a field breaks a rule or the profile does not exist.
    public func addListen(
        _ request: ListenRequest, source: String, receivedAt: Date? = nil
    ) throws -> ListenReceipt {
        try request.checkTime(at: now())
        let speakerName = request.speakerName.map(fullName(ofSpeaker:))
        let startedAt = request.startedAt ?? (receivedAt ?? now()).addingTimeInterval(-(request.playedS ?? 0))
        if let eventID = request.eventID, let known = try store.read({ try $0.listen(eventID: eventID) }) {
            counters.duplicates += 1
            return ListenReceipt(stored: true, isDuplicate: true, listen: ListenView(known))
        }
        let judgement = settings.rules(forSpeaker: speakerName).judge(
            heardS: request.playedS, durationS: request.media.durationS)
        if judgement.outcome == .ignored { return refuse(request, judgement.reason ?? "It does not count") }
        let attribution = try attributeListen(profile: request.profile, speaker: speakerName)
        if let speaker = speakerName.flatMap(meet), try isGuests(request.media, startedAt: startedAt, on: speaker) {
            counters.guestPlays += 1
            return refuse(request, "It is a guest's on \(speaker.name), and guests leave no trace")
        }
        let listen = NewListen(
            eventID: request.eventID ?? newID(), media: request.media,
            startedAt: startedAt,
            playedS: request.playedS, outcome: judgement.outcome, speakerName: speakerName,
            profileID: attribution.profile?.ownerID, rule: attribution.rule, source: request.source ?? source)
        let recording = try record(listen, isCheckpointing: false)
        return ListenReceipt(
            stored: true, isDuplicate: recording.isDuplicate, listen: ListenView(recording.listen))
    }

    private func refuse(_ request: ListenRequest, _ reason: String) -> ListenReceipt {
        ListenReceipt(stored: false, isDuplicate: false, reason: reason, eventID: request.eventID)
    }

    /// Whose a listen is, creating the profile it names where the settings allow that.
    private func attributeListen(profile name: String?, speaker: String?) throws -> Attribution {
        if let name, roster.profiles[name] == nil, settings.autoCreateProfiles {
            _ = try addProfile(named: name, displayName: nil)
        }
        return try Attribution.ofListen(profile: name, speaker: speaker, in: roster)
    }

    /// Lists listens, the newest first.
    public func history(_ request: HistoryRequest) throws -> HistoryPage {
        let selection = try selection(request.filter)
        let listens = try store.read { store in
            try store.listens(selection, limit: request.limit + 1, after: request.cursor)
        }
        let page = listens.prefix(request.limit)
        let last = listens.count > request.limit ? page.last : nil
        let next = last.map { ListenCursor(startedAt: $0.event.startedAt, id: $0.id) }
        return HistoryPage(history: page.map { ListenView($0) }, nextCursor: next?.text)
    }
}

extension ListenCursor {
    /// The cursor as lists hand it out.
    var text: String { "\(startedAt.milliseconds).\(id)" }

    /// Reads a cursor that a list handed out.
    init(text: String) throws(HouseholdError) {
        let parts = text.split(separator: ".").compactMap { Int64($0) }
        guard parts.count == 2 else { throw .unknownCursor }
        self.init(startedAt: Date(milliseconds: parts[0]), id: parts[1])
    }
}
