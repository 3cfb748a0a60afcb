public import Foundation
import Taste

/// When a playlist was made, for whom, and of what: all that stands in the way of repeating its tracks.
public struct Listing: Equatable, Sendable {
    /// When it was made.
    public var createdAt: Date
    /// Names of the profiles it is for; one nil is a guest's.
    public var profiles: [String?]
    public var tracks: [Track.ID]

    /// Creates a listing.
    public init(createdAt: Date, profiles: [String?], tracks: [Track.ID]) {
        self.createdAt = createdAt
        self.profiles = profiles
        self.tracks = tracks
    }
}

/// When tracks were last listed: a copy of the store's playlists, read when first needed and dropped at any time.
///
/// A day of lists has thousands of tracks, which every further list would otherwise read again.
struct RecentLists {
    /// The lists that the store has, the oldest first; nil when they are to be read.
    private var listings: [Listing]?
    private var latest: [String?: [TrackID: Date]] = [:]

    /// The last time that each track was on a list for a profile, or for guests when nil.
    mutating func latest(forProfile name: String?, in store: any HouseholdStore) throws -> [TrackID: Date] {
        if listings == nil {
            listings = []
            for listing in try store.read({ try $0.listings(limit: Limits.playlistRows) }) { add(listing) }
        }
        return latest[name] ?? [:]
    }

    /// Takes in a playlist that was stored, and drops the oldest as the store does.
    mutating func add(_ playlist: Playlist) {
        guard listings != nil else { return }
        add(
            Listing(
                createdAt: playlist.createdAt, profiles: playlist.profiles ?? [playlist.profileName],
                tracks: playlist.entries.map(\.track.id)))
    }

    /// Drops what is in memory because the store has other playlists by now.
    mutating func forget() { self = RecentLists() }

    private mutating func add(_ listing: Listing) {
        listings?.append(listing)
        for profile in listing.profiles {
            for track in listing.tracks.map(TrackID.init) {
                let known = latest[profile]?[track] ?? .distantPast
                latest[profile, default: [:]][track] = max(known, listing.createdAt)
            }
        }
        guard let oldest = listings?.first, listings?.count ?? 0 > Limits.playlistRows else { return }
        listings?.removeFirst()
        for profile in oldest.profiles {
            for track in oldest.tracks.map(TrackID.init) where latest[profile]?[track] == oldest.createdAt {
                latest[profile]?[track] = nil
            }
        }
    }
}
