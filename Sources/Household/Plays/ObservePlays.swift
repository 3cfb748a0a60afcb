import Foundation
public import Listening
import Wire

// Updates of players, as they arrive.
extension Household {
    /// Seconds until ``advance()`` has something to do; nil is never.
    public var secondsToDeadline: Double? {
        let time = clock()
        let session = sharedListening.deadline(among: plays).map { max(0, $0.timeIntervalSince(time.date)) }
        // A listen that another door hands in may begin a session at any time.
        let look = roster.allSharers.isEmpty ? nil : Limits.sessionCheckS
        return [plays.secondsToDeadline(from: time), session, look].compactMap { $0 }.min()
    }

    /// Processes updates of players, in order.
    ///
    /// - Parameter updates: Each with the rules that hold for its source and speaker.
    public func observe(_ updates: [(update: PlayerUpdate, rules: ListenRules)]) {
        var changed: Set<String> = []
        var mayAllHaveChanged = false
        if updates.count > 1 { register(updates.map { settings.resolved($0.update.speakerName) }) }
        for (update, rules) in updates {
            let name = settings.resolved(update.speakerName)
            register(name)
            if plays.receive(update, under: rules) { mayAllHaveChanged = true }
            storeEndedPlays()
            markGuestPlay(on: name)
            changed.insert(name)
        }
        mayAllHaveChanged ? reportSpeakers() : changed.sorted().compactMap { roster.speakers[$0] }.forEach(report)
    }

    /// Lets time pass up to now.
    public func advance() {
        let hasEnded = plays.advance(to: clock())
        storeEndedPlays()
        endSessions()
        let isDue = plays.isCheckpointDue(at: clock())
        if isDue { saveCheckpoint() }
        // Views of shared speakers depend on the time, too. The others need not be compared at each tick of a burst.
        if hasEnded || isDue || !roster.allSharers.isEmpty { reportSpeakers() }
    }

    /// Marks a source as not heard, until it reports again. The time between does not count.
    ///
    /// - Parameters:
    ///   - source: Its id; nil means all sources.
    ///   - time: When it was last heard; nil means now.
    public func interrupt(source: String?, at time: Moment? = nil) {
        plays.interrupt(source: source, at: time ?? clock())
        saveCheckpoint()
        reportSpeakers()
    }

    /// Forgets a speaker of which nothing more will be heard: what it played is over.
    public func forget(speaker name: String) {
        plays.forget(name)
        storeEndedPlays()
        if let speaker = roster.speakers[name], isUnused(speaker) { try? remove(speaker) }
    }

    /// Saves the plays in progress, so that a later run can resume them.
    public func saveCheckpoint() {
        let time = clock()
        plays.advance(to: time)
        storeEndedPlays()
        guard plays.unsavedCount == 0, let checkpoint = try? plays.checkpoint(at: time) else { return }
        // A store that failed is written in any case, to see whether it works again.
        guard plays.isNews(checkpoint) || store.problem != nil else { return plays.hasSaved(checkpoint, at: time) }
        // A failure is reported by the store; the next checkpoint is due as if this one had been saved.
        do {
            try store.writeLittle { store in
                try store.saveCheckpoint(checkpoint)
                try store.forgetCorrections(before: time.date.addingTimeInterval(-Limits.undoS))
            }
            plays.hasSaved(checkpoint, at: time)
        } catch {
            plays.hasSaved(nil, at: time)
        }
    }

    /// Whether the store works; nil when it does, else the problem. A store that failed is tried again.
    public func checkStore() -> String? {
        if store.problem != nil { saveCheckpoint() }
        let expired = now().addingTimeInterval(-Limits.guestListS)
        // What a guest wished for is kept no longer than the list.
        if (try? store.read { try $0.hasGuestLists(before: expired) }) == true {
            try? store.write { try $0.deleteGuestLists(before: expired) }
            recentLists.forget()
        }
        return store.problem
    }

    /// Stores plays that are over.
    ///
    /// What cannot be written now waits, in order, and is written when it can. What the store refuses is kept under
    /// `rejected`, so that it does not hold up others.
    func storeEndedPlays() {
        while let play = plays.takeNext() {
            guard let outcome = ListenOutcome(play.outcome) else {
                ignore(play)
                continue
            }
            do {
                try record(play, as: outcome)
            } catch let error as HouseholdError where error.code != .unavailable {
                keepRejected(play.payload, door: .player, error: error)
            } catch {
                plays.putBack(play, at: clock())
                break
            }
        }
        counters.lost += plays.dropBeyondLimit()
        counters.unsaved = plays.unsavedCount
    }

    private func ignore(_ play: Play) {
        counters.ignored[play.reason ?? "", default: 0] += 1
        guard !isGuests(play) else { return }
        ignore(
            IgnoredPlayView(
                play.media, on: play.speakerName, at: play.startedAt, playedS: play.playedS, reason: play.reason ?? "",
                source: NewListen.playerSource))
    }

    private func isGuests(_ play: Play) -> Bool {
        play.isMarked || roster.speaker(play.speakerName).map { guests.have(play, on: $0) } == true
    }

    private func record(_ play: Play, as outcome: ListenOutcome) throws {
        guard !isGuests(play) else {
            counters.guestPlays += 1
            return
        }
        // What plays now began after this play, so it is no longer the guest's and must not be marked.
        if guests.isTurnOver(by: play) { try endGuestTurn(on: play.speakerName) }
        let attribution = try Attribution.ofListen(profile: nil, speaker: play.speakerName, in: roster)
        let listen = NewListen(
            eventID: play.eventID, media: HeardMedia(play.media), startedAt: play.startedAt, playedS: play.playedS,
            outcome: outcome, speakerName: play.speakerName, owner: attribution.owner, rule: attribution.rule,
            source: NewListen.playerSource)
        let time = clock()
        let checkpoint = try plays.checkpoint(at: time)
        _ = try recordAnywhere(listen, checkpoint: checkpoint)
        plays.hasSaved(checkpoint, at: time)
    }
}

extension Play {
    /// An id that the same play has whenever it is stored.
    fileprivate var eventID: String { "play:\(speakerName):\(startedAt.milliseconds)" }

    /// The play as a payload of `listen/add`.
    fileprivate var payload: Data {
        let texts = [
            "title": media.title, "artist": media.artist, "album": media.album, "uri": media.uri,
            "started_at": RFC3339.string(from: startedAt), "speaker_name": speakerName, "event_id": eventID,
        ]
        let numbers = ["duration_s": media.durationS, "played_s": playedS]
        var fields = texts.compactMapValues { $0.map(JSONValue.string) }
        fields.merge(numbers.compactMapValues { $0.map(JSONValue.number) }) { $1 }
        return (try? WireJSON.encode(JSONValue.object(fields))) ?? Data()
    }
}
