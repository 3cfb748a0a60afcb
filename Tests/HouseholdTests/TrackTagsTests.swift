import Household
import Testing

struct TrackTagsTests {
    private func details(_ tags: TrackTags) -> TrackDetails? { tags.details { ["Anna", "Ben"].contains($0) } }

    @Test(
        "keeps audiobooks, audio plays and podcasts out of music",
        arguments: [
            TrackTags(title: "Kapitel 3", genres: ["Hörbuch"]), TrackTags(title: "T", genres: ["Rock", "Podcast"]),
            TrackTags(title: "T", path: "Audiobooks/x/1.mp3"), TrackTags(title: "T", path: "x/1.m4b"),
            TrackTags(title: "Folge 12: Der Schatz"), TrackTags(title: "T", album: "Chapter 2", genres: ["Kinder"]),
            TrackTags(title: "T", album: "Der Schatz (ungekürzte Lesung)"), TrackTags(title: "T", type: "podcast"),
            TrackTags(title: "Das Original-Hörspiel, Teil 1"), TrackTags(title: "T", type: "audiobook"),
        ])
    func told(tags: TrackTags) { #expect(details(tags) == nil) }

    @Test(
        "keeps music that is called like something else",
        arguments: [
            TrackTags(title: "Kapitel 1", genres: ["Hip-Hop"]), TrackTags(title: "Chapter Two"),
            TrackTags(title: "The Story", genres: ["Comedy"]), TrackTags(title: "T", path: "Podcasters/1.mp3"),
        ])
    func music(tags: TrackTags) { #expect(details(tags) != nil) }

    @Test("takes the title of the file's name where there is none")
    func fileNames() {
        #expect(details(TrackTags(title: nil, path: "a/03 - Song.mp3"))?.title == "Song")
        #expect(details(TrackTags(title: " ", path: "a/03. Anna - Song.mp3"))?.artist == "Anna")
        #expect(details(TrackTags(title: nil, artists: ["Ben"], path: "99 Luftballons.mp3"))?.title == "Luftballons")
        #expect(details(TrackTags(title: nil, path: "1999.mp3"))?.title == "1999")
        #expect(details(TrackTags(title: nil)) == nil)
    }

    @Test("reads the artist of the album where the track has none, and years in any date")
    func fallbacks() {
        let tags = TrackTags(title: "T", albumArtists: ["Anna & Ben"], dates: ["", "21.05.1997", "2001"])
        #expect(details(tags)?.artist == "Anna & Ben")
        #expect(details(tags)?.year == 1997)
        #expect(details(TrackTags(title: "T", artists: ["Anna & Ben"]))?.artist == "Anna, Ben")
        #expect(
            details(TrackTags(title: "T", artists: ["Anna & Ben"], albumArtists: ["Anna & Ben"]))?.artist
                == "Anna & Ben")
        #expect(details(TrackTags(title: "T", artists: ["[unknown]"], album: "[Unknown Album]"))?.album == nil)
        #expect(details(TrackTags(title: "T [Explicit]"))?.isExplicit == true)
        #expect(details(TrackTags(title: "T", dates: ["20100501"]))?.year == 2010)
    }
}
