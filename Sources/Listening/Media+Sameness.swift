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

    /// This description, with the length that only an earlier one told.
    func keepingLength(of earlier: Media) -> Media {
        var media = self
        media.durationS = durationS ?? earlier.durationS
        return media
    }

    /// Whether this could become a listen: music, with a name.
    var isTrack: Bool { kind == .music && title != nil }

    /// Whether this is a sound that a track may go on after: announcements, adverts, chimes, whatever has no name.
    func isInterlude(under rules: ListenRules) -> Bool {
        switch kind {
        case .announcement, .advert: true
        case .music: title == nil || durationS.map { $0 < rules.minTrackS } == true
        case .other: false
        }
    }

    /// Whether this is a sound and no track at all.
    var isSound: Bool { kind == .announcement || kind == .advert || (kind == .music && title == nil) }

    private func agrees(_ one: String?, _ other: String?) -> Bool { one == nil || other == nil || one == other }
}
