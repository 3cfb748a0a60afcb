import Taste
import Testing

struct ArtistCreditTests {
    private static let known: Set = [
        "Anna", "Ben", "Cleo", "Simon", "Simon & Garfunkel", "Earth, Wind & Fire", "AC/DC",
    ]

    @Test(
        "splits a credit where each piece is an artist, and leaves names whole",
        arguments: [
            ("Anna", "Anna"), ("AC/DC", "AC/DC"), ("Simon & Garfunkel", "Simon & Garfunkel"),
            ("Unknown/Name", "Unknown/Name"),
            ("Anna & Stranger", "Anna & Stranger"), ("Anna & Ben", "Anna, Ben"), ("Anna/Ben", "Anna, Ben"),
            ("Anna; Stranger", "Anna, Stranger"), ("Anna / AC/DC", "Anna, AC/DC"),
            ("Anna, Ben & Cleo", "Anna, Ben, Cleo"),
            ("Earth, Wind & Fire", "Earth, Wind & Fire"), ("Earth, Wind & Fire/Anna", "Earth, Wind & Fire, Anna"),
            ("Anna feat. Ben", "Anna feat. Ben"), ("Anna ft. Ben & Cleo", "Anna feat. Ben, Cleo"),
            ("Anna (featuring Stranger)", "Anna feat. Stranger"), ("Anna; Anna", "Anna"), ("Feat. Anna", "Feat. Anna"),
            ("Anna feat.", "Anna feat."),
        ])
    func splits(credit: String, text: String) {
        #expect(ArtistCredit(credit, isKnown: Self.known.contains).text == text)
    }

    @Test("credits nobody where nothing is written", arguments: ["", "  ", ";", " / "])
    func nobody(credit: String) {
        #expect(ArtistCredit(credit) { _ in false }.artists.allSatisfy { !$0.isEmpty })
    }
}
