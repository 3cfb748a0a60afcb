public import Foundation
public import Listening

/// What the speakers do, taken in as it happens.
extension Household {
    /// When ``advance()`` has something to do: a play that ends by silence, a checkpoint, plays that wait for the store.
    public var nextDeadline: Date? {
        let time = moment
        let checkpoint = tracker.isHearing(at: time) ? lastCheckpoint.addingTimeInterval(Limits.checkpointS) : nil
        let retry = unsaved.isEmpty ? nil : lastCheckpoint.addingTimeInterval(Limits.storeRetryS)
        let deadline = tracker.nextDeadline.map { time.date.addingTimeInterval($0 - time.uptimeS) }
        return [deadline, checkpoint, retry].compactMap { $0 }.min()
    }

    /// Takes in what speakers said, in order.
    ///
    /// - Parameter updates: Each with the rules that hold for its source and speaker.
    public func observe(_ updates: [(update: PlayerUpdate, rules: ListenRules)]) {
        for (update, rules) in updates {
            meet(settings.resolved(update.speakerName))
            file(tracker.receive(update, under: rules))
            markGuests()
        }
        showSpeakers()
    }

    /// Forgets a speaker of which nothing more is to be heard.
    public func forget(speaker name: String) {
        file(tracker.forget(name))
    }

    /// Lets time pass up to now.
    public func advance() {
        file(tracker.advance(to: moment))
        let time = now()
        // The clock may have been set back.
        if abs(time.timeIntervalSince(lastCheckpoint)) >= (unsaved.isEmpty ? Limits.checkpointS : Limits.storeRetryS) {
            saveCheckpoint()
        }
        showSpeakers()
    }

    /// Says that nothing was heard from a source for a while, and will be again: the time between counts for nothing.
    ///
    /// - Parameters:
    ///   - source: Its id; nil means all.
    ///   - time: When the last thing came; nil means now.
    public func interrupt(source: String?, at time: Moment? = nil) {
        tracker.interrupt(source: source, at: time ?? moment)
        saveCheckpoint()
        showSpeakers()
    }

    /// Writes down what plays, so that a later run can go on with it.
    public func saveCheckpoint() {
        let waiting = unsaved + tracker.advance(to: moment)
        unsaved = []
        file(waiting)
        guard unsaved.isEmpty else { return }
        lastCheckpoint = now()
        do {
            let data = try checkpoint().encoded()
            guard data != savedCheckpoint else { return }
            try store.write { [time = lastCheckpoint] store in
                try store.saveTrackerCheckpoint(data)
                try Self.forgetOldCorrections(at: time, in: store)
            }
            savedCheckpoint = data
            storeWorks()
        } catch {
            storeFails(error)
        }
    }

    /// Stores plays that are over.
    ///
    /// What cannot be written now waits, in order, and is written when it can. What the store will never take is kept
    /// under `rejected`, so that it stands in nobody's way.
    func file(_ plays: [Play]) {
        unsaved += plays.filter(isListen)
        while let play = unsaved.first {
            unsaved.removeFirst()
            do {
                try file(play)
                storeWorks()
            } catch let error as HouseholdError where error.code != .unavailable {
                reject(play, error)
            } catch {
                unsaved.insert(play, at: 0)
                lastCheckpoint = now()
                storeFails(error)
                break
            }
        }
        if unsaved.count > Limits.unsavedPlays {
            counters.lost += unsaved.count - Limits.unsavedPlays
            unsaved.removeFirst(unsaved.count - Limits.unsavedPlays)
        }
        counters.unsaved = unsaved.count
    }

    private func isListen(_ play: Play) -> Bool {
        guard play.outcome == .ignored else { return true }
        guestPlays[play.speakerName] = nil
        counters.ignored[play.reason ?? "", default: 0] += 1
        return false
    }

    private func reject(_ play: Play, _ error: HouseholdError) {
        let fields: [String: JSONValue?] = [
            "title": play.media.title.map(JSONValue.string), "artist": play.media.artist.map(JSONValue.string),
            "album": play.media.album.map(JSONValue.string), "uri": play.media.uri.map(JSONValue.string),
            "duration_s": play.media.durationS.map(JSONValue.number), "played_s": .number(play.playedS),
            "started_at": .string(RFC3339.string(from: play.startedAt)), "speaker_name": .string(play.speakerName),
            "event_id": .string(play.eventID),
        ]
        let payload = try? HouseholdJSON.encode(JSONValue.object(fields.compactMapValues { $0 }))
        keepRejected(payload ?? Data(), door: "player", error: error)
    }

    private func file(_ play: Play) throws {
        guard try !isGuests(play) else {
            counters.guestPlays += 1
            return
        }
        let attribution = try Attribution.ofListen(profile: nil, speaker: play.speakerName, in: roster)
        let listen = NewListen(
            eventID: play.eventID, media: play.media, startedAt: play.startedAt, playedS: play.playedS,
            outcome: play.outcome, speakerName: play.speakerName,
            profileID: attribution.profile?.ownerID, rule: attribution.rule, source: NewListen.playerSource)
        _ = try record(listen, isCheckpointing: true)
    }

    /// What is wrong with the store; nil when it can be read and the last thing written to it is there.
    public func checkStore() -> String? {
        if storeProblem != nil { saveCheckpoint() }
        do {
            _ = try store.read { try $0.rejectedCount() }
        } catch {
            storeFails(error)
        }
        return storeProblem
    }

    /// Writes, and takes note of whether that is possible.
    func write<Value>(_ body: (any HouseholdWriting) throws -> Value) throws -> Value {
        do {
            let value = try store.write(body)
            storeWorks()
            return value
        } catch let error as HouseholdError where error.code == .unavailable {
            storeFails(error)
            throw error
        }
    }

    func storeWorks() {
        guard storeProblem != nil else { return }
        storeProblem = nil
        observer.householdDid(.storeChanged(problem: nil))
    }

    func storeFails(_ error: any Error) {
        let message = (error as? HouseholdError)?.message ?? "The store cannot be written"
        guard storeProblem != message else { return }
        storeProblem = message
        observer.householdDid(.storeChanged(problem: message))
    }
}

extension Play {
    /// An id that the same play has whenever it is filed.
    fileprivate var eventID: String { "play:\(speakerName):\(startedAt.milliseconds)" }
}
