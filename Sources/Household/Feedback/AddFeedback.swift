import Foundation
import Listening
import Taste

/// Stores feedback on a track. It changes the lists of one profile at once, until it is withdrawn.
///
/// The profile is the named one, else the speaker's, else the assigned listener of a shared one, else `default`.
public struct AddFeedback: ImmediateOperation {
    /// The track that is meant.
    fileprivate enum Subject: Sendable {
        /// The one that plays on the speaker.
        case playing
        case track(Track.ID)
        /// The one with this content id.
        case uri(String)
    }

    public static let signature = OperationSignature(
        "feedback/add", .post("/api/feedback", answers: .created), writes: true)

    private let verdict: Verdict
    private let profile: String?
    private let speaker: SpeakerReference?
    private let subject: Subject
    /// The field that names the track.
    private let trackField: String

    /// Reads the fields. On a speaker's own topic the track is called `track`, and may be a content id.
    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        verdict = try fields.requiredChoice("verdict", of: Verdict.self)
        profile = try fields.text("profile")
        speaker = try fields.speaker()
        trackField = fields.speakerTopic != nil ? "track" : "track_id"
        if fields.speakerTopic != nil {
            subject = try fields.idOrText("track").map(Subject.init) ?? .playing
        } else {
            subject = try fields.id("track_id", of: Track.self).map { .track($0) } ?? .playing
        }
        if case .playing = subject, speaker == nil {
            throw .invalid("track_id", "Say which track is meant: by track_id, or by a speaker that is playing it")
        }
    }

    /// - Returns: What is stored; its id takes it back.
    /// - Throws: ``HouseholdError`` `not_found` when speaker, profile or track is unknown, `conflict` when nothing plays
    ///   or a guest is listening, `invalid` when an artist is to be banned and the track has none.
    public func perform(in household: isolated Household) throws -> FeedbackView {
        let speaker = try speaker.map { reference throws(HouseholdError) in try household.speaker(reference) }
        let playing = speaker.flatMap { household.plays.nowPlaying(on: $0.name) }
        if let speaker { try refuseGuest(on: speaker, playing, in: household) }
        let isNamed = profile != nil
        let profile = try owner(on: speaker, in: household)
        let time = household.now()
        let (id, added) = try household.store.write { store in
            let track = try track(playing: playing?.media, in: store)
            if verdict == .banArtist { try Self.requireArtist(ofTrack: track.id, in: store) }
            let feedback = NewFeedback(
                profileID: profile.id, trackID: track.id, verdict: verdict, givenAt: time, speakerName: speaker?.name)
            return (try store.saveFeedback(feedback), track.added)
        }
        if let added { household.catalog.add(added) }
        try household.refreshVerdicts(ofProfile: profile.id)
        if isNamed, let speaker { household.note(.named(profile.name, at: time), on: speaker.name) }
        return FeedbackView(try household.feedback(id))
    }

    /// The named profile, else the speaker's, else the assigned listener of a shared speaker, else `default`.
    ///
    /// - Throws: ``HouseholdError`` `conflict` for a shared speaker whose listener is not known.
    private func owner(on speaker: Speaker?, in household: isolated Household) throws -> Profile {
        let attribution = try Attribution.ofListen(profile: profile, speaker: speaker?.name, in: household.roster)
        if let profile = attribution.profile { return profile }
        guard let speaker, let listeners = try household.listeners(at: speaker.name) else {
            return household.roster.defaultProfile
        }
        if let name = listeners.assigned ?? nil, let profile = household.roster.profiles[name] { return profile }
        throw HouseholdError(
            .conflict,
            "Nobody knows who is listening at \(speaker.name): name a profile, one of "
                + listeners.sharers.joined(separator: ", "), field: "profile")
    }

    /// A guest's feedback would be a trace, so a speaker that plays for a guest takes none.
    private func refuseGuest(on speaker: Speaker, _ playing: NowPlaying?, in household: isolated Household) throws {
        guard playing.map({ household.guests.have($0, on: speaker) }) ?? speaker.isGuest else { return }
        throw HouseholdError(
            .conflict, "A guest is listening on \(speaker.name), and guests leave no trace: nothing was kept",
            field: self.speaker?.field)
    }

    private func track(
        playing: Media?, in store: any HouseholdWriting
    ) throws -> (id: Track.ID, added: Track?) {
        switch subject {
        case .track(let id):
            guard try !store.tracks([id]).isEmpty else { throw unknownTrack("\(id)") }
            return (id, nil)
        case .uri(let uri):
            guard let id = try store.trackID(of: HeardMedia(uri: uri)) else { throw unknownTrack(uri) }
            return (id, nil)
        case .playing:
            guard let playing, playing.kind == .music, playing.title != nil else {
                throw HouseholdError(
                    .conflict, "No music is playing on this speaker: say which track is meant", field: trackField)
            }
            return try store.findOrAddTrack(heard: HeardMedia(playing))
        }
    }

    private func unknownTrack(_ name: String) -> HouseholdError {
        HouseholdError(.notFound, "The catalog has no track \"\(name.prefix(80))\"", field: trackField)
    }

    private static func requireArtist(ofTrack id: Track.ID, in store: any HouseholdReading) throws {
        guard try store.tracks([id]).first?.details.artist == nil else { return }
        throw HouseholdError.invalid("verdict", "Nobody named an artist for this track, so none can be banned")
    }
}

extension AddFeedback.Subject {
    fileprivate init(_ reference: FieldReader.IDOrText) {
        switch reference {
        case .id(let id): self = .track(RowID(id))
        case .text(let text): self = .uri(text)
        }
    }
}
