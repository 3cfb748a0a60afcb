import Exchange
import Foundation
import Household
import Taste
import Testing
import Wire

struct FileWriterTests {
    /// Listens with each value present or missing, and with the characters that the formats must escape.
    private static let listens: [ImportedListen] = {
        var generator = SeededGenerator(seed: 20_261_122)
        let texts = ["a", "é 🎵", "say \"hi\"", "a,b", "'", "\\", "{x}", "#", "ß|ü", "\"", "1", "true", "x y"]
        return (0..<300).map { _ in
            var text: String? { Bool.random(using: &generator) ? texts.randomElement(using: &generator) : nil }
            var seconds: Double? {
                Bool.random(using: &generator) ? Double(Int.random(in: 1...9_999_999, using: &generator)) / 1000 : nil
            }
            let start = Int.random(in: 1_000_000_000...1_900_000_000, using: &generator)
            return ImportedListen(
                startedAt: Date(timeIntervalSince1970: Double(start)), artist: text,
                title: text ?? "title", album: text, heardS: seconds, durationS: seconds,
                wasSkipped: [true, false, nil].randomElement(using: &generator) ?? nil, speakerName: text, uri: text,
                source: text, eventID: text)
        }
    }()

    @Test("What is written as CSV reads as the same listens")
    func readsCSVBack() {
        let text = ListenFileWriter.csvHeader + Self.listens.map { ListenFileWriter.csv($0) }.joined()
        #expect(Files.listens(text) == items(fromLine: 2))
    }

    @Test("What is written as ListenBrainz has it reads as the same listens")
    func readsListenBrainzBack() throws {
        let text = try Self.listens.map { try ListenFileWriter.listenBrainz($0) }.joined()
        #expect(Files.listens(text) == items(fromLine: 1))
    }

    @Test("Both forms have rule, confidence and who is likely, and read as the same listens with them")
    func readsOpinionsBack() throws {
        let opinion = ListenerOpinion(
            confidence: 0.97, likely: [LikelyProfile(profile: "anna", p: 0.97), LikelyProfile(profile: nil, p: 0.03)])
        let csv = Self.listens.map { ListenFileWriter.csv($0, rule: .likeness, opinion: opinion) }
        let likely = #""[{""p"":0.97,""profile"":""anna""},{""p"":0.03,""profile"":null}]""#
        #expect(csv[0].hasSuffix(",likeness,0.97,\(likely)\n"))
        #expect(Files.listens(ListenFileWriter.csvHeader + csv.joined()) == items(fromLine: 2))
        let lines = try Self.listens.map { try ListenFileWriter.listenBrainz($0, rule: .voice, opinion: opinion) }
        let more = try WireJSON.decode(lines[0].utf8)["track_metadata"]?["additional_info"]
        #expect(more?["rule"] == .string("voice"))
        #expect(more?["confidence"] == .number(0.97))
        let anna: JSONValue = .object(["profile": .string("anna"), "p": .number(0.97)])
        #expect(more?["likely"] == .array([anna, .object(["profile": .null, "p": .number(0.03)])]))
        #expect(Files.listens(lines.joined()) == items(fromLine: 1))
    }

    /// The listens on lines of their own.
    private func items(fromLine first: Int) -> [ListenFileParser.Item] {
        Self.listens.enumerated().map { .row($0.element, line: first + $0.offset) }
    }

    @Test("The forms are what others expect")
    func writesForms() throws {
        let listen = ImportedListen(
            startedAt: Date(timeIntervalSince1970: 1_795_348_800.5), artist: "A", title: "T, \"U\"",
            heardS: 61.5)
        #expect(ListenFileWriter.csv(listen) == "2026-11-22T12:00:00.500Z,A,\"T, \"\"U\"\"\",,61500,,,,,,,,,\n")
        #expect(
            try ListenFileWriter.listenBrainz(listen)
                == #"{"listened_at":1795348800,"track_metadata":{"additional_info":{"ms_played":61500,"#
                + #""submission_client":"haunt"},"artist_name":"A","track_name":"T, \"U\""}}"# + "\n")
    }
}
