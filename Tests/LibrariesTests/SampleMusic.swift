import HauntTestSupport
import Household

/// Files of a library with odd names, and the tracks that they are.
enum SampleMusic {
    static let files: [(path: String, file: TaggedFile)] = [
        (
            "AC∕DC/100% #1 \"x\"/01.flac",
            TaggedFile([
                ("TITLE", "On/Off"), ("ARTIST", "AC/DC"), ("ALBUMARTIST", "AC/DC"), ("ALBUM", "It's \"Mine\""),
                ("GENRE", "Hard Rock/Pop"), ("DATE", "1980-07-25"),
            ])
        ),
        (
            "夜 \\ 🎵.flac",
            TaggedFile([("TITLE", "夜の歌 🎵"), ("ARTIST", "Anna feat. Ben"), ("GENRE", "Singer/Songwriter")])
        ),
        ("03 - No tags.flac", TaggedFile([], durationS: 61)),
        ("Hörbücher/Ein Buch/1.flac", TaggedFile([("TITLE", "Anfang"), ("ARTIST", "Eine Stimme")])),
        (
            "Kinder/2.flac",
            TaggedFile([("TITLE", "Folge 12: Der Schatz"), ("ARTIST", "Kinder"), ("GENRE", "Hörspiel")])
        ),
    ]

    /// By address, where a path is one.
    static let tracks: [LibraryTrack] = [
        LibraryTrack(uri: "03 - No tags.flac", details: TrackDetails(artist: nil, title: "No tags", durationS: 61)),
        LibraryTrack(
            uri: "AC∕DC/100% #1 \"x\"/01.flac",
            details: TrackDetails(
                artist: "AC/DC", title: "On/Off", album: "It's \"Mine\"", durationS: 200, genres: ["Hard Rock", "Pop"],
                year: 1980)),
        LibraryTrack(
            uri: "夜 \\ 🎵.flac",
            details: TrackDetails(
                artist: "Anna feat. Ben", title: "夜の歌 🎵", durationS: 200, genres: ["Singer/Songwriter"])),
    ]
}
