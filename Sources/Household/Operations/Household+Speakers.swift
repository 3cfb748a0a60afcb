import Foundation
import Listening
public import Taste

/// Speakers: where music plays, and whose it is there.
extension Household {
    /// Lists speakers ever seen or configured, by name.
    public func speakerPage(_ request: PageRequest = PageRequest()) throws -> SpeakerPage {
        let playing = tracker.nowPlaying
        let page = request.page(of: roster.speakers.keys.filter { settings.aliases[$0] == nil })
        let speakers = page.names.compactMap { roster.speakers[$0] }
        return SpeakerPage(
            speakers: try speakers.map { try view(of: $0, playing: playing[$0.name]) }, nextCursor: page.next)
    }

    /// Finds a speaker by its full name, an alias, or its level in topics.
    ///
    /// - Throws: ``HouseholdError`` `not_found`.
    func speaker(named name: String, field: String = "speaker_entity") throws -> Speaker {
        guard let speaker = roster.speaker(settings.resolved(name)) else {
            let close = CloseNames.closest(to: name, among: Array(roster.speakers.keys))
            let hint = close.isEmpty ? "" : "; did you mean \(close.joined(separator: ", "))?"
            throw HouseholdError(
                .notFound, "Nobody has seen or configured a speaker \"\(name.prefix(80))\"\(hint)",
                field: field)
        }
        return speaker
    }

    /// The full name of a speaker that somebody calls by an alias or by its level in topics.
    func fullName(ofSpeaker name: String) -> String {
        let name = settings.resolved(name)
        return roster.speaker(name)?.name ?? name
    }

    /// Turns guest mode on or off; what plays meanwhile is nobody's and is not stored.
    public func setGuest(_ isGuest: Bool, onSpeaker name: String) throws -> SpeakerView {
        var speaker = try speaker(named: name)
        markGuests()
        speaker.isGuest = isGuest
        speaker.guestPlaylistID = nil
        return try save(speaker)
    }

    /// Changes what a speaker's lists look like when a request does not say; what is nil stays as it was.
    public func setLists(totalTracks: Int?, mode: RankingMode?, onSpeaker name: String) throws -> SpeakerView {
        var speaker = try speaker(named: name)
        speaker.totalTracks = totalTracks ?? speaker.totalTracks
        speaker.mode = mode ?? speaker.mode
        return try save(speaker)
    }

    /// Maps one speaker to a profile, or to nobody.
    public func setProfile(_ profileName: String?, ofSpeaker name: String) throws -> SpeakerView {
        let speaker = try speaker(named: name)
        let profile = try profileName.map { name throws(HouseholdError) in try roster.profile(named: name) }
        let loser = roster.owner(of: speaker.name)
        try write { try $0.mapSpeaker(speaker.name, toProfile: profile?.id) }
        roster.map(speaker.name, to: profile?.id)
        for touched in [loser, profile].compactMap({ $0 }) { announce(touched) }
        showSpeakers()
        return try view(of: speaker, playing: tracker.nowPlaying[speaker.name])
    }

    /// Gets to know a speaker that is heard for the first time.
    ///
    /// Nil when the name cannot be a speaker's, or no more fit.
    @discardableResult
    func meet(_ name: String) -> Speaker? {
        if let known = roster.speakers[name] { return known }
        guard (try? SpeakerName.validated(name)) != nil, roster.speakers.count < Limits.speakers else { return nil }
        let speaker = roster.newSpeaker(named: name)
        do {
            try store.write { try $0.saveSpeaker(speaker) }
        } catch {
            storeFails(error)
            return nil
        }
        roster.add(speaker)
        return speaker
    }

    /// Tells of every speaker whose state is not what was last told.
    func showSpeakers() {
        let playing = tracker.nowPlaying
        for speaker in roster.speakers.values where settings.aliases[speaker.name] == nil {
            guard let view = try? view(of: speaker, playing: playing[speaker.name]),
                shownSpeakers[speaker.name] != view
            else { continue }
            shownSpeakers[speaker.name] = view
            observer.householdDid(.speakerChanged(view))
        }
    }

    func save(_ speaker: Speaker) throws -> SpeakerView {
        try store.write { try $0.saveSpeaker(speaker) }
        roster.add(speaker)
        showSpeakers()
        return try view(of: speaker, playing: tracker.nowPlaying[speaker.name])
    }

    private func view(of speaker: Speaker, playing: NowPlaying?) throws -> SpeakerView {
        let owner = roster.owner(of: speaker.name)
        let isGuest = playing.map { isGuests($0, on: speaker) } ?? (speaker.isGuest || speaker.guestPlaylistID != nil)
        return SpeakerView(
            speakerName: speaker.name, topic: speaker.topic, profile: isGuest ? nil : owner?.name,
            rule: isGuest ? .guest : owner == nil ? .default : .mapping, mapping: owner?.name, guest: speaker.isGuest,
            totalTracks: speaker.totalTracks ?? settings.totalTracks, mode: speaker.mode ?? .balanced,
            nowPlaying: playing.map(SpeakerView.NowPlaying.init),
            lastPlaylist: lastPlaylists[speaker.name])
    }
}

extension SpeakerView.NowPlaying {
    init(_ playing: NowPlaying) {
        self.init(
            title: playing.media.title, artist: playing.media.artist, album: playing.media.album,
            uri: playing.media.uri, durationS: playing.media.durationS, state: playing.state,
            startedAt: playing.startedAt)
    }
}
