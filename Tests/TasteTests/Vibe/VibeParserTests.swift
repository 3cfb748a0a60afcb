import Testing

@testable import Taste

@Suite("Reading a wish")
struct VibeParserTests {
    private let index = DemoMusic.index

    private func parse(_ text: String) -> Vibe { index.parse(vibe: text) }

    @Test("Tags, situations, moods and decades are found")
    func reads() {
        let vibe = parse("chill jazz for dinner, from the 80s")
        #expect(vibe.tags["jazz"] == 1)
        #expect(vibe.concepts.contains("dinner"))
        #expect(vibe.concepts.contains("chill"))
        #expect(vibe.decades == [1980])
        #expect((vibe.features["energy"] ?? 0) < 0)
    }

    @Test(
        "What follows a denial is not wanted, up to a turn",
        arguments: ["no metal but jazz", "jazz, no metal", "jazz ohne metal", "jazz sin metal", "jazz sans metal"])
    func denies(text: String) {
        let vibe = parse(text)
        #expect(vibe.unwantedTags["metal"] == 1)
        #expect(vibe.tags["metal"] == nil)
        #expect(vibe.tags["jazz"] == 1)
    }

    @Test("A wish with its own denial is not turned round")
    func keepsFixedPhrases() {
        let vibe = parse("something with no vocals")
        #expect(vibe.concepts == ["no vocals"])
        #expect(vibe.unwantedTags.isEmpty)
    }

    @Test("Names need a capital or fame, and tags are no names")
    func readsNames() {
        #expect(parse("play some Folk 3 now").artists == ["folk 3"])
        #expect(parse("jazz").artists.isEmpty)
    }

    @Test(
        "Other languages name the same situations",
        arguments: [
            "Musik zum Abendessen", "música para cenar", "musique pour le dîner", "musica per cena",
            "muziek bij het diner",
        ])
    func speaksLanguages(text: String) {
        #expect(parse(text).concepts.contains { $0.hasPrefix("dinner") }, "\(parse(text).summary)")
    }

    @Test(
        "Decades in many forms",
        arguments: [
            ("80s", [1980]), ("the 1990s", [1990]), ("80er", [1980]), ("eighties", [1980]), ("années 80", [1980]),
            ("hits of 1985", [1980]), ("oldies", [1950, 1960, 1970]), ("2010s", [2010]), ("10s", [2010]), ("42", []),
            ("3000", []),
        ])
    func readsDecades(text: String, decades: [Int]) {
        #expect(parse(text).decades == decades)
    }

    @Test(
        "Nothing known is said to be so",
        arguments: ["", "   ", "xyzzy plugh", "\u{0}", "🎉🎉", String(repeating: "a ", count: 500)])
    func saysUnknown(text: String) {
        let vibe = parse(text)
        #expect(!vibe.isUnderstood)
        #expect(vibe.summary.contains("nothing"))
        #expect(!index.rank(RankingRequest(now: .reference(0))).isEmpty)
    }

    @Test("The summary says what was understood")
    func summarizes() {
        let summary = parse("acoustic folk like Folk 3, from the 70s, no metal").summary
        #expect(summary.hasPrefix("like folk 3; "))
        #expect(summary.contains("folk") && summary.contains("1970s") && summary.hasSuffix("not: metal"))
    }

    @Test("A French tea is not an English article")
    func dropsEmptyPhrases() {
        #expect(!parse("the").isUnderstood)
    }

    @Test("Words of a longer phrase mean nothing of their own")
    func readsPhrasesWhole() {
        let vibe = parse("dinner party")
        #expect(vibe.concepts == ["dinner party"])
        #expect(vibe.tags["party"] == nil)
    }

    @Test("A kind of music in the text says more than those a situation suggests, a mood does not")
    func weighsExactTags() {
        let alone = parse("dinner").tags["lounge"] ?? 0
        #expect((parse("techno for dinner").tags["lounge"] ?? 0) < alone)
        #expect(parse("calm dinner").tags["lounge"] == alone)
    }
}
