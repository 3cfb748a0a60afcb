import Foundation
import Listening
import Taste

/// What people say of tracks. It changes the lists of one profile, at once, until it is taken back.
extension Household {
    /// Keeps what somebody says of a track.
    ///
    /// Whose it is: the profile that is named, else the speaker's, else `default`. A guest's feedback would be a trace,
    /// so a speaker that plays for a guest takes none.
    ///
    /// - Parameter request: What is said, and of which track.
    /// - Returns: What is kept; its id takes it back.
    /// - Throws: ``HouseholdError`` `not_found` when speaker, profile or track is unknown, `conflict` when nothing plays
    ///   or a guest is listening, `invalid` when an artist is banned whom nobody named.
    public func addFeedback(_ request: FeedbackRequest) throws -> FeedbackView {
        let speaker = try request.speaker.map { try self.speaker(named: $0, field: "speaker_name") }
        let playing = speaker.flatMap { tracker.nowPlaying[$0.name] }
        if let speaker { try refuseGuest(on: speaker, playing: playing) }
        let attribution = try Attribution.ofListen(profile: request.profile, speaker: speaker?.name, in: roster)
        let profile = attribution.profile ?? roster.defaultProfile
        let time = now()
        let (id, added) = try store.write { store in
            let track = try Self.track(request.subject, playing: playing?.media, in: store)
            if request.verdict == .banArtist { try Self.requireArtist(ofTrack: track.id, in: store) }
            let feedback = NewFeedback(
                profileID: profile.id, trackID: track.id, verdict: request.verdict, givenAt: time,
                speakerName: speaker?.name)
            return (try store.saveFeedback(feedback), track.added)
        }
        if let added { library.add(added) }
        try refreshVerdicts(ofProfile: profile.id)
        return FeedbackView(try keptFeedback(id))
    }

    /// Takes back what somebody said.
    ///
    /// - Parameter id: Under which it is kept.
    /// - Returns: What it was.
    /// - Throws: ``HouseholdError`` `not_found`.
    public func removeFeedback(_ id: Int64) throws -> FeedbackView {
        let feedback = try keptFeedback(id)
        try store.write { try $0.deleteFeedback(id) }
        try refreshVerdicts(ofProfile: feedback.given.profileID)
        return FeedbackView(feedback)
    }

    /// Lists what people said, the newest first.
    public func feedback(_ request: FeedbackListRequest) throws -> FeedbackPage {
        let profile = try request.profile.map { name throws(HouseholdError) in try roster.profile(named: name) }
        let limit = request.page.limit
        let below = try request.page.rowCursor()
        let rows = try store.read { try $0.feedback(ofProfile: profile?.id, limit: limit + 1, below: below) }
        let page = rows.prefix(limit)
        return FeedbackPage(
            feedback: page.map { FeedbackView($0) },
            nextCursor: rows.count > limit ? page.last.map { String($0.id) } : nil)
    }

    private func refuseGuest(on speaker: Speaker, playing: NowPlaying?) throws {
        let isGuests = playing.map { self.isGuests($0, on: speaker) }
        guard isGuests ?? speaker.isGuest else { return }
        throw HouseholdError(
            .conflict, "A guest is listening on \(speaker.name), and guests leave no trace: nothing was kept",
            field: "speaker_name")
    }

    private static func track(
        _ subject: FeedbackRequest.Subject, playing: Media?, in store: any HouseholdWriting
    ) throws -> (id: Int64, added: TrackDescription?) {
        switch subject {
        case .track(let id):
            guard try !store.tracks([id]).isEmpty else { throw unknownTrack("\(id)") }
            return (id, nil)
        case .uri(let uri):
            guard let id = try store.trackID(of: Media(uri: uri)) else { throw unknownTrack(uri) }
            return (id, nil)
        case .playing:
            guard let playing, playing.kind == .music, playing.title != nil else {
                throw HouseholdError(
                    .conflict, "No music is playing on this speaker: say which track is meant", field: "track_id")
            }
            return try store.findOrAddTrack(heard: playing)
        }
    }

    private static func unknownTrack(_ name: String) -> HouseholdError {
        HouseholdError(.notFound, "The catalog has no track \"\(name.prefix(80))\"", field: "track_id")
    }

    private static func requireArtist(ofTrack id: Int64, in store: any HouseholdReading) throws {
        guard try store.tracks([id]).first?.description.artist == nil else { return }
        throw HouseholdError.invalid("verdict", "Nobody named an artist for this track, so none can be banned")
    }

    private func keptFeedback(_ id: Int64) throws -> Feedback {
        guard let feedback = try store.read({ try $0.feedback(id) }) else {
            throw HouseholdError(.notFound, "There is no feedback \(id)", field: "id")
        }
        return feedback
    }

    private func refreshVerdicts(ofProfile id: Int64) throws {
        guard let memory = memories[id] else { return }
        memory.verdicts = try store.read { try $0.verdicts(ofProfile: id) }
    }
}
