import Foundation
import Household
import Taste

/// Values that tests store and compare.
enum Sample {
    /// A time with milliseconds.
    static let time = Date(milliseconds: 1_795_348_800_123)

    static func media(_ title: String = "First Song", artist: String? = "Some Band", uri: String? = nil) -> HeardMedia {
        HeardMedia(title: title, artist: artist, uri: uri)
    }

    static func listen(
        _ eventID: String, _ media: HeardMedia = media(), after seconds: Double = 0, playedS: Double? = 200,
        outcome: ListenOutcome = .completed, on speaker: String? = "media_player.study", owner: Owner = .nobody
    ) -> NewListen {
        NewListen(
            eventID: eventID, media: media, startedAt: time.addingTimeInterval(seconds), playedS: playedS,
            outcome: outcome, speakerName: speaker, owner: owner, rule: owner == .nobody ? .default : .mapping,
            source: "test")
    }

    static func playlist(
        _ id: String, of tracks: [Track] = [], after seconds: Double = 0, on speaker: String? = "media_player.study",
        for profile: String? = "default"
    ) -> Playlist {
        let entries = tracks.enumerated().map { number, track in
            let reason = Playlist.Reason(
                kind: "vibe", text: "because of \(number)", interest: number == 0 ? "jazz" : nil)
            return Playlist.Entry(track: track, score: 1 / Double(number + 3), reason: reason)
        }
        return Playlist(
            id: id, createdAt: time.addingTimeInterval(seconds), speakerName: speaker, profileName: profile,
            rule: profile == nil ? .guest : .payload, vibe: "late jazz", understood: "jazz, slow", mode: .discovery,
            autoPlay: true, entries: entries,
            notes: ["only 3 tracks fit", "nothing is known of “late”"])
    }

    static func rejected(_ number: Int) -> RejectedListen {
        RejectedListen(
            receivedAt: time.addingTimeInterval(Double(number)), door: .mqtt, payload: #"{"number":\#(number)}"#,
            error: HouseholdError(.notFound, "There is no profile \(number)", field: number == 0 ? nil : "profile"))
    }

    /// A taste of these tracks, with kernels that were chosen over some weeks.
    static func taste(of tracks: [Track.ID]) -> ProfileTaste {
        ProfileTaste.rebuilt(
            from: (0..<200).map { number in
                let time = time.addingTimeInterval(Double(number) * 20_000)
                return CountedPlay(trackID: TrackID(tracks[number * number % tracks.count].rawValue), startedAt: time)
            })
    }
}

extension Sample {
    /// A track of a taste that was played once.
    static func tasteTrack(_ id: Track.ID) -> TasteTrack {
        TasteTrack(trackID: id, firstPlayedAt: time, lastPlayedAt: time, plays: Array(repeating: 1, count: 7))
    }
}

extension CatalogWriting {
    /// Adds and returns a number of tracks.
    func addTracks(_ count: Int) throws -> [Track] {
        let ids = try (0..<count).map { try findOrAddTrack(heard: Sample.media("Song \($0)")).id }
        return try tracks(ids).sorted { $0.id < $1.id }
    }
}

extension ListenWriting where Self: CatalogWriting {
    /// Adds a listen and its track.
    func record(_ listen: NewListen) throws {
        _ = try insertListen(listen, trackID: findOrAddTrack(heard: listen.media).id)
    }
}

extension ProfileWriting {
    /// Adds a profile.
    func addProfile(_ name: String) throws -> Profile {
        try insertProfile(name: name, displayName: name.capitalized, createdAt: Sample.time)
    }
}

extension CorrectionWriting {
    /// Removes a profile, which must have no listens.
    func removeProfile(_ profile: Profile) throws {
        let nothing = ListenSelection(until: Date(milliseconds: 0), owner: profile.owner)
        try removeProfile(
            profile, ofCorrection: beginCorrection(undoID: "u\(profile.id)", at: Sample.time, of: nothing))
    }
}
