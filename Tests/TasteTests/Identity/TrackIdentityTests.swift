import Testing

@testable import Taste

@Suite("The identity of a track")
struct TrackIdentityTests {
    @Test(
        "Titles that are one recording",
        arguments: [
            ("Don't Stop", "dont stop"), ("DON’T STOP!", "Don't Stop"), ("Señorita", "Senorita"),
            ("Heroes - 2017 Remaster", "Heroes"), ("Heroes (Remastered 2011)", "heroes"),
            ("Song [Album Version]", "Song"),
            ("Stan (feat. Dido)", "Stan"), ("Stan feat. Dido", "Stan"), ("Stay (with Justin Bieber)", "Stay"),
            ("Rock & Roll", "Rock and Roll"), ("Money - Remastered Version", "Money"), ("Hip-Hop", "hip hop"),
            ("Straße", "strasse"), ("Ágætis byrjun", "agaetis byrjun"), ("Time – 2011 Remastered Version", "Time"),
            ("Imagine - 25th Anniversary Edition", "Imagine"),
        ])
    func sameTitle(one: String, other: String) {
        #expect(TrackIdentity.titleKey(of: one) == TrackIdentity.titleKey(of: other))
    }

    @Test(
        "Titles that are not",
        arguments: [
            ("Song (Live)", "Song"), ("Song - Live at Wembley", "Song"), ("Song (XYZ Remix)", "Song"),
            ("Song, Pt. 1", "Song, Pt. 2"),
            ("Time (Clock of the Heart)", "Time"), ("!!!", "???"), ("が", "か"), ("夜に駆ける", "夜"), ("Война", "Война и мир"),
            ("❤️", "💔"),
            ("Original", "Single"), ("1999", "2011"), ("Feat", "Feature"),
        ])
    func differentTitle(one: String, other: String) {
        #expect(TrackIdentity.titleKey(of: one) != TrackIdentity.titleKey(of: other))
    }

    @Test(
        "Artists that are one",
        arguments: [
            ("The Beatles", "beatles"), ("Beyoncé", "BEYONCE"), ("A$AP Rocky", "ASAP Rocky"),
            ("Drake feat. Rihanna", "Drake"),
            ("AC/DC", "Ac-Dc"), ("Florence + The Machine", "Florence & The Machine"), ("Guns N' Roses", "Guns N Roses"),
            ("Sigur Rós", "sigur ros"), ("Кино", "КИНО"),
        ])
    func sameArtist(one: String, other: String) {
        #expect(TrackIdentity.artistKey(of: one) == TrackIdentity.artistKey(of: other))
    }

    @Test(
        "Artists that are not",
        arguments: [("!!!", "The The"), ("The Band", "The Bands"), ("宇多田ヒカル", "椎名林檎"), ("+/-", "-")])
    func differentArtist(one: String, other: String) {
        #expect(TrackIdentity.artistKey(of: one) != TrackIdentity.artistKey(of: other))
    }

    @Test(
        "A name that is not empty never has an empty key",
        arguments: ["!!!", "The", "(", "feat.", "❤️", "…", " - ", "(Remastered)", "ـ", "the "])
    func neverEmpty(name: String) {
        #expect(!TrackIdentity.titleKey(of: name).isEmpty)
        #expect(!TrackIdentity.artistKey(of: name).isEmpty)
        #expect(!TrackIdentity.editionKey(of: name).isEmpty)
    }

    @Test(
        "Editions of one song",
        arguments: [
            "Song (Live)", "Song - Live at Wembley", "Song (XYZ Remix)", "Song - Radio Edit", "Song - Acoustic Version",
        ])
    func editions(title: String) {
        #expect(TrackIdentity.editionKey(of: title) == TrackIdentity.editionKey(of: "Song"))
    }

    @Test(
        "The lead artist of a shared credit",
        arguments: [("Simon & Garfunkel", "simon"), ("Jay-Z, Kanye West", "jay z"), ("A x B", "a"), ("Queen", nil)])
    func lead(credit: String, lead: String?) {
        #expect(TrackIdentity.leadArtist(of: credit) == lead)
    }

    @Test("A track without an artist has an empty artist key")
    func withoutArtist() {
        #expect(TrackIdentity(artist: nil, title: "Song") == TrackIdentity(artist: "", title: "song"))
    }
}
