import HauntTestSupport
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
        arguments: [
            "no metal but jazz", "jazz, no metal", "jazz ohne metal", "jazz sin metal", "jazz sans metal",
            "jazz senza metal", "jazz zonder metal", "jazz, anything but metal", "jazz, alles außer metal",
            "jazz, todo menos metal", "jazz, tout sauf metal", "jazz, tutto tranne metal", "jazz, alles behalve metal",
        ])
    func denies(text: String) {
        let vibe = parse(text)
        #expect(vibe.unwantedTags["metal"] == 1)
        #expect(vibe.tags["metal"] == nil)
        #expect(vibe.tags["jazz"] == 1)
    }

    @Test("Nothing but something is that alone")
    func keepsNothingBut() {
        #expect(parse("nothing but jazz").tags["jazz"] == 1)
        #expect(parse("nothing but jazz").unwantedTags.isEmpty)
    }

    @Test(
        "Languages may be mixed",
        arguments: [
            ("chill Musik para cenar", ["chill", "dinner"]), ("triste songs zum Einschlafen", ["sad", "sleep"]),
            ("musica allegra for a party", ["happy", "party"]), ("rustige muziek while I study", ["calm", "study"]),
            ("douce musique am Strand", ["soft", "beach"]),
        ])
    func mixesLanguages(text: String, concepts: [String]) {
        #expect(Set(parse(text).concepts) == Set(concepts), "\(parse(text).summary)")
    }

    @Test(
        "A wish not to be loud is quiet in every language",
        arguments: [
            "not too loud", "nicht zu laut", "no muy fuerte", "pas trop fort", "non troppo forte", "niet te luid",
        ])
    func readsNotTooLoud(text: String) {
        #expect(parse(text).concepts == ["not too loud"], "\(parse(text).summary)")
        #expect((parse(text).features["loudness"] ?? 0) < 0)
    }

    @Test(
        "A wish for no voices is one in every language",
        arguments: ["no vocals", "ohne Gesang", "sin voces", "sans paroles", "senza voce", "zonder zang"])
    func readsNoVocals(text: String) {
        #expect(parse(text).concepts == ["no vocals"], "\(parse(text).summary)")
        #expect((parse(text).features["instrumentalness"] ?? 0) > 0)
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
            ("80s", [1980]), ("the 1990s", [1990]), ("80er", [1980]), ("eighties", [1980]),
            ("aus den Neunzigern", [1990]), ("de los 80", [1980]), ("los 10 mejores", []), ("anni sessanta", [1960]),
            ("jaren zeventig", [1970]), ("années soixante-dix", [1970]), ("années quatre-vingt-dix", [1990]),
            ("sesenta minutos", []), ("années 80", [1980]),
            ("hits of 1985", [1980]), ("oldies", [1950, 1960, 1970]), ("2010s", [2010]), ("10s", [2010]), ("42", []),
            ("3000", []),
        ])
    func readsDecades(text: String, decades: [Int]) {
        #expect(parse(text).decades == decades)
    }

    @Test("However much situations suggest, the kind of music that is asked for outweighs it")
    func kindOutweighs() {
        let vibe = parse("techno for an energetic workout, then a party in the kitchen")
        #expect(vibe.tags["techno"] == 1)
        let suggested = vibe.tags.filter { $0.key != "techno" }
        #expect(suggested.count > 10)
        #expect(suggested.values.reduce(0, +) < 0.51)
        #expect(parse("energetic workout").tags.values.reduce(0, +) > 5)
    }

    @Test("A decade beside a kind of music leaves the kind its name", arguments: ["80s synth pop", "synth pop, 80er"])
    func keepsNames(text: String) {
        let vibe = parse(text)
        #expect(vibe.tags["synthpop"] == 1)
        #expect(vibe.decades == [1980])
    }

    @Test("A decade does not drown the kind of music beside it, though the catalog has it as a tag")
    func weighsDecades() {
        let genres = [["90s"], ["90s"]] + (0..<6).map { _ in ["hip hop"] } + (0..<8).map { ["metal", "metal \($0)"] }
        let music = CatalogIndex.of(
            genres.enumerated().map { row, genres in
                TrackDescription(
                    id: TrackID(row + 1), artist: "\(row)", title: "T", artistGenres: genres,
                    year: row < 4 ? 1995 : 1975)
            })
        let vibe = music.parse(vibe: "90s hip hop")
        #expect(vibe.decades == [1990])
        #expect(vibe.tags["hip hop"] == 1)
        var request = RankingRequest(now: .reference(0))
        request.vibe = vibe
        #expect(Set(music.rank(request).prefix(2).map(\.trackID)) == [3, 4])
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
