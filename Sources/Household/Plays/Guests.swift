import Foundation
import Listening
import Taste

/// Decides which plays are a guest's. They are not stored.
///
/// A speaker plays for a guest in guest mode, and while it plays tracks of the guest's list. A play that was a guest's
/// at any time is marked and stays one until it ends, whatever is switched meanwhile.
struct Guests: Sendable {
    /// The guest's list that a speaker plays.
    private var lists: [String: Playlist]

    /// - Parameter lists: The guests' lists that speakers play, by speaker.
    init(lists: [String: Playlist] = [:]) { self.lists = lists }

    /// Reads the guests' lists that speakers play.
    static func lists(of speakers: some Sequence<Speaker>, in store: any HouseholdReading) throws -> [String: Playlist]
    {
        try speakers.reduce(into: [:]) { lists, speaker in
            lists[speaker.name] = try speaker.guestPlaylistID.flatMap { try store.playlist($0) }
        }
    }

    /// Whether something that began then on a speaker is a guest's.
    func have(_ media: Media, startedAt: Date, on speaker: Speaker) -> Bool {
        if speaker.isGuest { return true }
        guard let list = lists[speaker.name], list.mayHaveBegun(at: startedAt),
            startedAt.timeIntervalSince(list.createdAt) < Limits.guestListS
        else { return false }
        return list.contains(media)
    }

    /// Whether what plays on a speaker now is a guest's.
    func have(_ playing: NowPlaying, on speaker: Speaker) -> Bool {
        playing.isMarked || have(playing.media, startedAt: playing.startedAt, on: speaker)
    }

    /// Whether a play that is over was a guest's.
    func have(_ play: Play, on speaker: Speaker) -> Bool {
        play.isMarked || have(play.media, startedAt: play.startedAt, on: speaker)
    }

    /// Whether a play that is not a guest's ended the guest's turn: it began after the list did.
    func isTurnOver(by play: Play) -> Bool { lists[play.speakerName]?.mayHaveBegun(at: play.startedAt) == true }

    /// Begins a guest's turn with a list, or ends it.
    mutating func setList(_ list: Playlist?, on speakerName: String) { lists[speakerName] = list }
}

extension Household {
    /// Marks what plays on a speaker, if it plays for guests.
    func markGuestPlay(on name: String) {
        guard let playing = plays.nowPlaying(on: name), !playing.isMarked, let speaker = roster.speakers[name],
            guests.have(playing, on: speaker)
        else { return }
        plays.mark(name)
    }

    /// All names of the speakers that play for guests: full names, topic levels and aliases.
    var guestSpeakerNames: Set<String> {
        let speakers = roster.speakers.values.filter { $0.isGuest || $0.guestPlaylistID != nil }
        guard !speakers.isEmpty else { return [] }
        let names = Set(speakers.map(\.name))
        return names.union(speakers.map(\.topic)).union(settings.aliases.filter { names.contains($0.value) }.keys)
    }

    /// Whether something that began then on a speaker is a guest's.
    func isGuests(_ media: Media, startedAt: Date, onSpeaker name: String?) -> Bool {
        guard let speaker = name.flatMap({ roster.speakers[$0] }) else { return false }
        return guests.have(media, startedAt: startedAt, on: speaker)
    }

    /// Begins a guest's turn on a speaker with a list, or ends it. The play in progress keeps its owner.
    func setGuestList(_ list: Playlist?, on speakerName: String) throws {
        markGuestPlay(on: speakerName)
        try replaceGuestList(by: list, on: speakerName)
    }

    /// Ends a guest's turn on a speaker.
    func endGuestTurn(on speakerName: String) throws { try replaceGuestList(by: nil, on: speakerName) }

    private func replaceGuestList(by list: Playlist?, on speakerName: String) throws {
        guard var speaker = roster.speakers[speakerName], speaker.guestPlaylistID != list?.id else { return }
        speaker.guestPlaylistID = list?.id
        try save(speaker)
        guests.setList(list, on: speakerName)
    }
}

extension Playlist {
    /// How much earlier than its list a play may have begun, in seconds: players are quick, and clocks differ.
    private static let startToleranceS = 1.0

    /// Whether a play that began then can be one of this list.
    fileprivate func mayHaveBegun(at startedAt: Date) -> Bool {
        startedAt >= createdAt.addingTimeInterval(-Self.startToleranceS)
    }

    /// Whether media is a track of this list, in any edition and with its artists written in any way.
    ///
    /// It compares less strictly than the catalog does. A false match costs one listen. A missed match stores what a guest
    /// heard.
    fileprivate func contains(_ media: Media) -> Bool {
        guard let title = media.title else { return false }
        let song = TrackIdentity.editionKey(of: title)
        let artists = media.artist.map(Self.artistKeys)
        return entries.contains { entry in
            let track = entry.track.details
            if let uri = media.uri, track.uri == uri || entry.uris?.values.contains(uri) ?? false { return true }
            guard TrackIdentity.editionKey(of: track.title) == song else { return false }
            guard let artists, let listed = track.artist.map(Self.artistKeys) else { return true }
            return !artists.isDisjoint(with: listed)
        }
    }

    private static func artistKeys(of artist: String) -> Set<String> {
        Set([TrackIdentity.artistKey(of: artist), TrackIdentity.leadArtist(of: artist)].compactMap { $0 })
    }
}
