/// How much a tag weighs by where it stood.
enum TagWeight {
    /// Among the genres of an artist.
    static let ofArtist: Float = 1
    /// Among the genres of one track.
    static let ofTrack: Float = 0.15
    /// Share that a shared credit inherits from its lead artist.
    static let inherited: Float = 0.7
}
