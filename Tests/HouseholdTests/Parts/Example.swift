import Foundation
import HauntTestSupport
import Listening
import Storage
import Taste

@testable import Household

/// Values that the tests of single parts are made of.
enum Example {
    static let noon = Date(timeIntervalSince1970: 1_795_348_800)
    static let study = "media_player.study"
    static let kitchen = "media_player.kitchen"

    /// A moment some seconds after noon.
    static func moment(_ seconds: Double = 0) -> Moment { Moment(noon.addingTimeInterval(seconds)) }

    static func profile(_ id: Profile.ID, _ name: String) -> Profile {
        Profile(id: id, name: name, displayName: name, createdAt: noon)
    }

    /// A list of a guest, or of a profile, with tracks of the same artist.
    static func playlist(
        _ id: String = "list", on speaker: String? = study, for profile: String? = nil, titles: [String] = [],
        artist: String? = "Artist"
    ) -> Playlist {
        let entries = titles.enumerated().map { number, title in
            let track = Track(id: RowID(Int64(number + 1)), details: TrackDetails(artist: artist, title: title))
            return Playlist.Entry(track: track, score: 1, reason: .init(kind: "vibe", text: ""))
        }
        return Playlist(
            id: id, createdAt: noon, speakerName: speaker, profileName: profile,
            rule: profile == nil ? .guest : .payload,
            vibe: nil, understood: nil, mode: .balanced, autoPlay: true, entries: entries)
    }

    /// A play of 100 s that is over.
    static func play(_ title: String, on speaker: String = study, at seconds: Double = 0, isMarked: Bool = false)
        -> Play
    {
        Play(
            speakerName: speaker, media: Media(title: title, artist: "Artist"),
            startedAt: noon.addingTimeInterval(seconds), endedAt: noon.addingTimeInterval(seconds + 100), playedS: 100,
            outcome: .completed, isMarked: isMarked)
    }

    /// A store in memory with the profiles and speakers of some settings.
    static func store(_ settings: HouseholdSettings = HouseholdSettings()) throws -> FailingStore {
        let store = FailingStore(try HouseholdDatabase.inMemory())
        try store.write { try Roster.seed($0, with: settings, at: noon) }
        return store
    }

    /// A store in memory with the profile `anna`, and that profile.
    static func storeWithAnna() throws -> (store: FailingStore, anna: Profile) {
        var settings = HouseholdSettings()
        settings.profiles = ["anna"]
        let store = try store(settings)
        return (store, try store.read { try Roster(reading: $0).profile(named: "anna") })
    }
}

/// An error that is none of the household's.
struct ForeignError: Error {}
