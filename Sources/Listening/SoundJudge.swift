import Foundation

/// The judgement whether a sound is music, by its address, its type, the program that plays it, and its title.
struct SoundJudge {
    private static let notMusicTypes: Set = [
        "tvshow", "tv show", "movie", "video", "musicvideo", "episode", "season", "podcast", "podcast_episode",
        "audiobook",
        "audio_book", "game", "image", "photo", "app", "apps", "channel", "channels", "tv", "livetv", "other", "speech",
    ]
    private static let musicTypes: Set = ["music", "track", "song", "audio"]
    /// Prefixes of an address that say what it leads to.
    private static let notMusicWords: Set = [
        "podcast", "podcasts", "podcast_episode", "podcastepisode", "episode", "episodes", "show", "audiobook",
        "audiobooks", "audio_book", "chapter", "channel", "channels", "tv", "livetv", "movie", "movies", "tvshow",
        "tvshows", "video", "videos", "input", "inputs", "hdmi", "spdif", "linein", "line-in", "aux",
    ]
    private static let musicWords: Set = [
        "track", "tracks", "song", "songs", "album", "playlist", "artist", "music", "radio",
    ]
    /// Addresses of inputs.
    private static let inputs = ["x-sonos-htastream:", "x-rincon-stream:", "x-sonos-vli:"]
    private static let announcements = [
        "tts_proxy", "media-source://tts", "translate_tts", "/tts/", "/tts-", "/announcement/", "announcement://",
        "assist_satellite",
    ]
    /// Programs for films, television and spoken words; one with `music` in its name is none.
    private static let notMusicApps = [
        "youtube", "netflix", "prime video", "primevideo", "amazonvideo", "disney", "hulu", "hbo", "hbo max", "twitch",
        "iplayer",
        "apple tv", "peacock", "paramount", "pluto tv", "plutotv", "crunchyroll", "dailymotion", "vimeo", "tiktok",
        "mediathek", "arte", "dazn", "espn", "sling tv", "youtube tv", "rakuten", "zattoo", "joyn", "tubi", "itvx",
        "podcast", "pocket casts", "pocketcasts", "overcast", "audible", "audiobookshelf", "antennapod", "castbox",
        "podbean", "libby", "bookplayer", "kodi video", "live tv", "livetv",
    ]
    /// YouTube's id on Cast devices.
    private static let youtubeID = "233637de"
    /// What a player shows as a title when it only knows what it is connected to.
    private static let stages: Set = [
        "music assistant", "airplay", "bluetooth", "spotify connect", "chromecast", "dlna",
    ]
    private static let inputNames = [
        "tv", "line-in", "line in", "hdmi", "optical", "aux", "spdif", "phono", "coax", "arc", "earc",
    ]

    let kind: MediaKind

    init(_ description: MediaDescription, title: String?, artist: String?) {
        let address = description.uri.map(Self.plain) ?? ""
        let type = description.type?.lowercased() ?? ""
        let name = title?.lowercased()
        let isNamedAdvert =
            name == "advertisement" || (name == "spotify" && (artist == nil || artist?.lowercased() == "spotify"))
        if type == "announcement" || Self.announcements.contains(where: address.has) {
            kind = .announcement
        } else if type == "advert" || isNamedAdvert || address.has("spotify:ad:") {
            kind = .advert
        } else if Self.isOther(type) || Self.leadsElsewhere(address) || Self.areOtherApps(description.apps) {
            kind = .other
        } else if description.isTelevision, !Self.musicTypes.contains(type) {
            kind = .other
        } else {
            kind = artist == nil && description.input.map(Self.isInput) == true ? .other : .music
        }
    }

    static func isStage(_ title: String) -> Bool { stages.contains(title.lowercased()) }

    /// An address in small letters, with what was escaped.
    private static func plain(_ uri: String) -> String {
        let small = uri.prefix(MediaDescription.textLength).lowercased()
        return small.utf8.contains(UInt8(ascii: "%")) ? small.removingPercentEncoding ?? small : small
    }

    private static func isOther(_ type: String) -> Bool {
        if notMusicTypes.contains(type) || type.hasPrefix("video/") { return true }
        // UPnP classes.
        return type.hasPrefix("object.item") && ["audiobook", "podcast", "videoitem"].contains(where: type.contains)
    }

    /// Whether the first word that says what an address leads to says that it is no music.
    private static func leadsElsewhere(_ address: String) -> Bool {
        if inputs.contains(where: address.hasPrefix) || address.hasPrefix("podcast") { return true }
        let separators = [UInt8(ascii: ":"), UInt8(ascii: "/")]
        for word in address.utf8.split(whereSeparator: separators.contains).prefix(4).map({ String(Substring($0)) }) {
            if musicWords.contains(word) { return false }
            if notMusicWords.contains(word) { return true }
        }
        return false
    }

    private static func areOtherApps(_ names: [String]) -> Bool {
        let plain = names.map { $0.lowercased() }
        guard !plain.contains(where: { $0.contains("music") }) else { return false }
        return plain.contains { app in
            youtubeID == app || notMusicApps.contains { $0.count > 4 ? app.contains($0) : app == $0 }
        }
    }

    private static func isInput(_ name: String) -> Bool {
        let plain = name.lowercased()
        return inputNames.contains { plain == $0 || plain.hasPrefix($0 + " ") || plain.hasPrefix($0 + "-") }
            || plain.hasPrefix("hdmi")
    }
}

extension String {
    /// Whether the bytes of a text stand in this one. Foundation's search makes an `NSString` of both.
    fileprivate func has(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return true }
        var rest = utf8[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: text.utf8) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
