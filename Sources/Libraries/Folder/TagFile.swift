import CTagLib
import Household

/// The tags of one audio file.
struct TagFile {
    /// Names of files that can have tags.
    static let extensions: Set<String> = [
        "mp3", "flac", "ogg", "oga", "opus", "spx", "m4a", "m4b", "mp4", "aac", "wma", "asf", "wav", "aif", "aiff",
        "ape", "mpc",
        "wv", "tta",
    ]

    /// Values by the name of the property, as TagLib calls it.
    private(set) var values: [String: [String]] = [:]
    /// Length in seconds; nil when it is unknown.
    private(set) var durationS: Double?

    /// Reads a file; nil for one that TagLib cannot read. It reads the disk on the calling thread.
    init?(path: String) {
        let length = unsafe withUnsafeMutablePointer(to: &self.values) { values in
            unsafe tag_reader_read(
                path,
                { context, name, value in
                    guard let values = unsafe context?.assumingMemoryBound(to: [String: [String]].self),
                        let name = unsafe name, let value = unsafe value
                    else { return }
                    unsafe values.pointee[String(cString: name), default: []].append(String(cString: value))
                }, values)
        }
        guard length >= 0 else { return nil }
        durationS = length > 0 ? Double(length) / 1000 : nil
    }

    /// What the tags say.
    ///
    /// - Parameter path: The path of the file, relative to the library's root.
    /// - Returns: The tags, with the path for what they do not say.
    func tags(path: String) -> TrackTags {
        let explicit = values["ITUNESADVISORY"]?.first.flatMap { Int($0) }
        let tempo = values["BPM"]?.first.flatMap { Double($0) }
        let named = values["ARTISTS"] ?? []
        return TrackTags(
            title: values["TITLE"]?.first, artists: named.count > 1 ? named : values["ARTIST"] ?? named,
            albumArtists: values["ALBUMARTIST"] ?? values["ALBUM ARTIST"] ?? [], album: values["ALBUM"]?.first,
            genres: values["GENRE"] ?? [],
            dates: ["ORIGINALDATE", "ORIGINALYEAR", "DATE", "YEAR"].flatMap { values[$0] ?? [] }, durationS: durationS,
            isExplicit: explicit.flatMap { [1, 4].contains($0) ? true : $0 == 2 ? false : nil }, path: path,
            type: values["PODCAST"] == nil ? nil : "podcast",
            features: tempo.flatMap { (1...500).contains($0) ? SoundFeatures(tempo: $0) : nil })
    }
}
