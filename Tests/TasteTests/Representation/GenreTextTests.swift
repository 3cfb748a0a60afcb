import Taste
import Testing

struct GenreTextTests {
    @Test(
        "splits genres as people write them, and leaves the names of kinds whole",
        arguments: [
            ("Rock", ["Rock"]), ("Rock/Pop", ["Rock", "Pop"]), ("Rock, Pop", ["Rock", "Pop"]),
            ("Rock; Foo", ["Rock", "Foo"]),
            ("Singer/Songwriter", ["Singer/Songwriter"]), ("Folk, World, & Country", ["Folk", "World", "Country"]),
            ("Hip-Hop/Rap", ["Hip-Hop", "Rap"]), ("Foo/Bar", ["Foo/Bar"]), ("R&B|Soul", ["R&B", "Soul"]), ("", []),
            (" ; ", []),
            ("Rock;Rock", ["Rock"]),
        ])
    func splits(text: String, genres: [String]) { #expect(GenreText.genres(in: text) == genres) }

    @Test(
        "knows what is told from what is played",
        arguments: [
            ("Hörspiel", true), ("Kinder-Hörspiel", true), ("Audiobooks", true), ("Podcast", true),
            ("Books & Spoken", true),
            ("Comedy", false), ("Rock", false), ("Storytelling Folk", false),
        ])
    func told(genre: String, isTold: Bool) { #expect(GenreText.isTold(genre) == isTold) }
}
