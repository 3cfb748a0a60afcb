extension Media {
    /// Whether this is the same track as what was described before, perhaps described more or less fully.
    ///
    /// Title, artist, album and content id make a track; what one of the two does not say does not tell them apart.
    func isSameTrack(as other: Media) -> Bool {
        title == other.title && kind == other.kind && agrees(artist, other.artist) && agrees(album, other.album)
            && agrees(uri, other.uri)
    }

    /// Whether two players, each with ids and albums of its own, mean the same track.
    func isSameTrackElsewhere(as other: Media) -> Bool {
        title == other.title && kind == other.kind && agrees(artist, other.artist)
    }

    /// This description, with what only the other knows.
    func filled(from other: Media) -> Media {
        var media = self
        media.artist = artist ?? other.artist
        media.album = album ?? other.album
        media.uri = uri ?? other.uri
        media.durationS = durationS ?? other.durationS
        return media
    }

    /// Whether this could become a listen: music, with a name.
    var isTrack: Bool { kind == .music && title != nil }

    /// Whether this is a sound that a track may go on after.
    var isInterlude: Bool { kind == .announcement || kind == .advert || (kind == .music && title == nil) }

    private func agrees(_ one: String?, _ other: String?) -> Bool { one == nil || other == nil || one == other }
}
