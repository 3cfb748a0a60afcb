import Foundation
import Listening

/// Guests: what plays for them is nobody's, and not stored.
extension Household {
    /// Whether what plays on a speaker is a guest's: the speaker is in guest mode, or the track is on its guest's list.
    func isGuests(_ media: Media, startedAt: Date, on speaker: Speaker) throws -> Bool {
        if speaker.isGuest { return true }
        guard let list = try guestList(on: speaker), list.comes(before: startedAt),
            startedAt.timeIntervalSince(list.createdAt) < Limits.guestListS
        else { return false }
        return list.contains(media)
    }

    /// Whether a play that is over was a guest's.
    ///
    /// A play that was a guest's at any time stays one, whatever was switched before it ended. A track that is not on
    /// the guest's list ends the guest's turn.
    func isGuests(_ play: Play) throws -> Bool {
        guard let speaker = roster.speaker(play.speakerName) else { return false }
        if play.isMarked { return true }
        guard try !isGuests(play.media, startedAt: play.startedAt, on: speaker) else { return true }
        if let list = try guestList(on: speaker), list.comes(before: play.startedAt) {
            try setGuestList(nil, on: speaker.name)
        }
        return false
    }

    /// Takes note of what plays for a guest.
    func markGuests() {
        for (name, playing) in tracker.nowPlaying where !playing.isMarked {
            guard let speaker = roster.speakers[name],
                (try? isGuests(playing.media, startedAt: playing.startedAt, on: speaker)) == true
            else { continue }
            tracker.mark(name)
        }
    }

    /// Whether what plays on a speaker now is a guest's.
    func isGuests(_ playing: NowPlaying, on speaker: Speaker) -> Bool {
        playing.isMarked
            || (try? isGuests(playing.media, startedAt: playing.startedAt, on: speaker)) == true
    }

    /// Begins a guest's turn with a list, or ends it.
    func setGuestList(_ playlistID: String?, on speakerName: String) throws {
        guard var speaker = roster.speakers[speakerName], speaker.guestPlaylistID != playlistID else { return }
        markGuests()
        speaker.guestPlaylistID = playlistID
        _ = try save(speaker)
    }

    private func guestList(on speaker: Speaker) throws -> Playlist? {
        try speaker.guestPlaylistID.flatMap { id in try store.read { try $0.playlist(id) } }
    }
}
