import Foundation
public import Wire
import Taste

// Sessions of shared speakers are looked at again when they are over.
extension Household {
    /// Ends the sessions that are over by now, and judges the listens that wait. What the store cannot take is tried again.
    func endSessions() {
        let time = now()
        if sharedListening.book == nil, sharedListening.mayHaveStored { try? resumeSessions() }
        try? endSessions(at: time)
        let guests = roster.speakers.values.filter(\.isGuestForSession).map(\.name)
        for speaker in sharedListening.goneGuests(of: guests, at: time, among: plays) {
            _ = try? SetGuestMode(false, onSpeaker: speaker).perform(in: self)
        }
        if sharedListening.takeJudging(at: time), (try? judgeWaitingListens()) != nil {
            for profile in roster.profiles.values { _ = try? tastes.taste(of: profile, in: store) }
            refreshStaleTastes()
        }
    }

    /// Ends the sessions that a play at a time does not belong to.
    ///
    /// - Throws: What the store throws; the sessions go on then.
    func endSessions(at time: Date) throws {
        guard var book = sharedListening.book, !book.sessions.isEmpty else { return }
        let index = try catalog.index()
        let plays = plays
        let ended = book.endSessions(at: time, index: index) { speaker, session in
            SharedListening.isPlaying(on: speaker, in: session, among: plays)
        }
        try settle(ended, &book)
    }

    /// Ends the sessions in progress on speakers because other people share them from now on.
    ///
    /// - Throws: What the store throws; the sessions go on then.
    func endSessions(on speakers: Set<String>) throws {
        guard sharedListening.book != nil || sharedListening.mayHaveStored, !speakers.isEmpty else { return }
        var book = try sessionBook()
        try settle(book.endSessions(on: speakers, at: now(), index: try catalog.index()), &book)
    }

    /// Drops the index of the catalog, because much of it is new, with what is known of listeners by its rows.
    func invalidateCatalog() {
        catalog.invalidate()
        sharedListening.forget()
    }

    private func settle(_ ended: [SessionBook.Ended], _ book: inout SessionBook) throws {
        guard !ended.isEmpty else { return }
        let areAsBelieved = try ended.map { try settle($0) }
        sharedListening.set(book)
        // The book learnt the beliefs, which differ from what the store has.
        if areAsBelieved.contains(false) { sharedListening.forget() }
    }

    /// Stores what is believed of a session now that it is over, with the tastes that this changes.
    ///
    /// - Returns: Whether each of its listens was attributed as believed.
    private func settle(_ session: SessionBook.Ended) throws -> Bool {
        guard let row = session.row else {
            // There was evidence of who is listening, but nothing was played.
            if let id = session.id { try store.write { try $0.removeSession(id) } }
            return true
        }
        var session = session
        let outcome = try judge(on: session.speakerName) { store in
            session.id = try store.insertSession(row, id: session.id)
            return session.beliefs(session: session.id)
        }
        sharedListening.ended.keep(session)
        return outcome.isAsBelieved
    }

    /// Attributes listens to the people who are believed to have heard them, with the tastes that this changes, in one
    /// transaction.
    ///
    /// Listens that a person or a payload gave to somebody stay as they are.
    @discardableResult
    func judge(
        on speakerName: String, _ beliefs: (any HouseholdWriting) throws -> [ListenBelief]
    ) throws -> JudgingOutcome {
        let began = now()
        let roster = roster
        var isAsBelieved = true
        let changes = try store.write { store in
            var changes: [ListenChange] = []
            for belief in try beliefs(store) {
                guard let listen = try store.listen(eventID: belief.eventID), listen.isJudged else {
                    isAsBelieved = false
                    continue
                }
                let owner = roster.owner(named: belief.profile)
                try store.judgeListen(listen.id, owner: owner, rule: belief.rule, opinion: belief.opinion)
                if owner != listen.event.owner {
                    changes.append(ListenChange(listen: listen, owner: owner, opinion: belief.opinion))
                }
            }
            try self.recount(changes, at: began, in: store)
            return changes
        }
        let outcome = JudgingOutcome(isChanged: !changes.isEmpty, isAsBelieved: isAsBelieved)
        guard outcome.isChanged else { return outcome }
        // The book has already learnt what the listens say by now, so it stays in memory.
        let book = sharedListening.book
        try reportRebuilds(of: roster.profiles(of: changes.owners), since: began)
        if let book { sharedListening.set(book) }
        observer.householdDid(.listensAttributed(AttributionChangeView(changes, on: speakerName, in: roster)))
        return outcome
    }

    /// Brings the tastes up to date that listens left or joined.
    private func recount(_ changes: [ListenChange], at time: Date, in store: any HouseholdWriting) throws {
        for profile in roster.profiles(of: changes.owners) {
            let listens = changes.filter { $0.touches(profile.owner) }.map(\.listen)
            let memory = try tastes.known(profile.id) ?? ProfileMemory(of: profile, in: store)
            try memory.recount(listens, of: profile, at: time, in: store)
        }
    }
}

extension Listen {
    /// Whether the listener's evidence decides whose it is.
    var isJudged: Bool { event.opinion != nil && AttributionRule.ofListeners.contains(event.rule) }
}

/// What came of judging listens.
struct JudgingOutcome {
    /// Whether some went to somebody else.
    var isChanged: Bool
    /// Whether each is whose it is believed to be; a person may have decided otherwise, or removed it.
    var isAsBelieved: Bool
}

/// A listen that goes to somebody else.
struct ListenChange {
    /// As it was.
    var listen: Listen
    /// Who has it now.
    var owner: Owner
    var opinion: ListenerOpinion

    func touches(_ owner: Owner) -> Bool { owner == self.owner || owner == listen.event.owner }
}

extension [ListenChange] {
    /// Who had or has one of them.
    fileprivate var owners: [Owner] { flatMap { [$0.owner, $0.listen.event.owner] } }
}

extension ProfileMemory {
    /// Stores the taste after listens left or joined. It equals a rebuild.
    ///
    /// What is in memory stays as it was, and must be dropped when the transaction is over.
    fileprivate func recount(
        _ listens: [Listen], of profile: Profile, at time: Date, in store: any HouseholdWriting
    ) throws {
        let week = taste.kernels.weekStart
        guard listens.allSatisfy({ KernelState.weekStart(of: $0.event.startedAt) == week }) else {
            return try Tastes.rebuild(profile, at: time, in: store)
        }
        var recounted = taste
        let changes = try Set(listens.map(\.trackID)).map { trackID in
            let plays = try store.countedPlays(owner: profile.owner, trackID: trackID)
            let change = taste.recounted(TrackID(trackID), from: plays)
            recounted.apply(change)
            return change
        }
        // Without a play of this week, the choice of kernel would not have come as far.
        guard let week, recounted.counters.values.contains(where: { $0.last >= week }) else {
            return try Tastes.rebuild(profile, at: time, in: store)
        }
        for change in changes { try store.save(change, profile: profile.id) }
        try store.saveTasteStamp(stamp.next(at: time), profile: profile.id)
    }
}

/// Listens that went to somebody else, in JSON.
public struct AttributionChangeView: Codable, Equatable, Sendable {
    /// One listen.
    public struct Item: Codable, Equatable, Sendable {
        /// Row id of the listen.
        public var id: Listen.ID
        /// The profile that had it; null is nobody.
        @ExplicitNull public var before: String?
        /// The profile that has it; null is nobody.
        @ExplicitNull public var after: String?
        /// How sure Haunt is; null for one that is open.
        @ExplicitNull public var confidence: Double?
    }

    public var speakerName: String
    @ExplicitNull public var session: ListenerSessionRow.ID?
    /// The listens, in order.
    public var listens: [Item]

    init(_ changes: [ListenChange], on speakerName: String, in roster: Roster) {
        self.speakerName = speakerName
        session = changes.first?.opinion.session
        listens = changes.map { change in
            let after = change.owner == .nobody ? nil : roster.profile(of: change.owner)?.name
            return Item(
                id: change.listen.id, before: change.listen.profileName, after: after,
                confidence: change.opinion.confidence)
        }
    }
}
