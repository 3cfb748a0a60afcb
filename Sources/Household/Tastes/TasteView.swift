public import Foundation
import Taste
public import Wire

/// What pictures of a taste show, in JSON.
public struct TasteView: Codable, Sendable {
    /// Sums of all plays.
    public struct Totals: Codable, Sendable {
        public var plays: Int
        public var tracks: Int
        public var artists: Int
        public var heardS: Double
        @ExplicitNull public var first: Date?
        @ExplicitNull public var last: Date?
    }

    /// A side of the taste.
    public struct Interest: Codable, Sendable {
        @ExplicitNull public var name: String?
        public var importance: Double
        public var x: Double
        public var y: Double
        public var plays: Int
        public var artists: [Artist]
        public var tracks: [PlayedTrack]
    }

    public struct Artist: Codable, Sendable {
        public var artist: String
        public var plays: Int
        public var tracks: Int
        public var heardS: Double
        public var firstPlayedAt: Date
        public var lastPlayedAt: Date
    }

    public struct PlayedTrack: Codable, Sendable {
        public var trackId: Track.ID
        @ExplicitNull public var artist: String?
        public var title: String
        public var plays: Int
        public var heardS: Double
        public var firstPlayedAt: Date
        public var lastPlayedAt: Date
    }

    public struct Month: Codable, Sendable {
        /// As in `2026-11`.
        public var month: String
        public var plays: Int
        public var heardS: Double
        /// Plays of each interest, in the order of ``TasteView/interests``.
        public var interests: [Int]
        /// Number of artists that were never played before.
        public var newArtists: Int
        /// The most played of them.
        public var new: [Artist]
    }

    /// Whose it is.
    public var profile: String
    /// Plays from this time on; null is the first.
    @ExplicitNull public var since: Date?
    /// Plays before this time; null is now.
    @ExplicitNull public var until: Date?
    /// The time zone of hours and months.
    public var zone: String
    public var totals: Totals
    /// The sides of the taste, the most important first.
    public var interests: [Interest]
    public var topArtists: [Artist]
    public var topTracks: [PlayedTrack]
    /// Plays of seven weekdays, Monday first, by hour.
    public var hours: [[Int]]
    /// Every month from the first play to the last.
    public var months: [Month]

    init(
        profile: String, since: Date?, until: Date?, zone: TimeZone, tally: PlayTally, portrait: TastePortrait,
        topTracks: [TrackID], names: [TrackID: TrackDetails]
    ) {
        let track = { (id: TrackID) in
            names[id].flatMap { details in tally.tracks[id].map { PlayedTrack(id, details, $0) } }
        }
        self.profile = profile
        self.since = since
        self.until = until
        self.zone = zone.identifier
        totals = Totals(tally, artists: portrait.artistCount)
        interests = portrait.sides.map { side in
            Interest(
                name: side.name, importance: side.importance, x: side.place.x, y: side.place.y, plays: side.plays,
                artists: side.artists.map { Artist($0) }, tracks: side.tracks.compactMap(track))
        }
        topArtists = portrait.artists.map { Artist($0) }
        self.topTracks = topTracks.compactMap(track)
        hours = tally.hours
        months = portrait.months.map { Month($0) }
    }
}

extension TasteView.Totals {
    fileprivate init(_ tally: PlayTally, artists: Int) {
        let isEmpty = tally.total.plays == 0
        self.init(
            plays: tally.total.plays, tracks: tally.tracks.count, artists: artists, heardS: tally.total.heardS,
            first: isEmpty ? nil : tally.total.first, last: isEmpty ? nil : tally.total.last)
    }
}

extension TasteView.Artist {
    fileprivate init(_ artist: TastePortrait.Artist) {
        self.init(
            artist: artist.name, plays: artist.count.plays, tracks: artist.tracks, heardS: artist.count.heardS,
            firstPlayedAt: artist.count.first, lastPlayedAt: artist.count.last)
    }
}

extension TasteView.PlayedTrack {
    fileprivate init(_ id: TrackID, _ details: TrackDetails, _ count: PlayTally.Count) {
        self.init(
            trackId: RowID(id), artist: details.artist, title: details.title, plays: count.plays,
            heardS: count.heardS, firstPlayedAt: count.first, lastPlayedAt: count.last)
    }
}

extension TasteView.Month {
    fileprivate init(_ month: TastePortrait.Month) {
        let (year, number) = (month.month / 12, month.month % 12 + 1)
        self.init(
            month: "\(year)-\(number < 10 ? "0" : "")\(number)", plays: month.plays, heardS: month.heardS,
            interests: month.sides, newArtists: month.newArtists, new: month.new.map { TasteView.Artist($0) })
    }
}
