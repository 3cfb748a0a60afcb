import Foundation
import Testing

@testable import Household

struct ExchangeWriterTests {
    /// Listens of every shape: each value there or not, with every character that forms have trouble with.
    private static let listens: [ImportedListen] = {
        var generator = ExchangeGenerator()
        let texts = ["a", "é 🎵", "say \"hi\"", "a,b", "'", "\\", "{x}", "#", "ß|ü", "\"", "1", "true", "x y"]
        return (0..<300).map { index in
            var text: String? { Bool.random(using: &generator) ? texts.randomElement(using: &generator) : nil }
            var seconds: Double? {
                Bool.random(using: &generator) ? Double(Int.random(in: 1...9_999_999, using: &generator)) / 1000 : nil
            }
            let start = Int.random(in: 1_000_000_000...1_900_000_000, using: &generator)
            return ImportedListen(
                line: index + 2, startedAt: Date(timeIntervalSince1970: Double(start)), artist: text,
                title: text ?? "title", album: text, heardS: seconds, durationS: seconds,
                wasSkipped: [true, false, nil].randomElement(using: &generator) ?? nil, speakerName: text, uri: text,
                source: text, eventID: text)
        }
    }()

    @Test("What is written as CSV reads as the same listens")
    func readsCSVBack() {
        let text = ListenFileWriter.csvHeader + Self.listens.map(ListenFileWriter.csv).joined()
        #expect(Exchange.listens(text) == Self.listens.map(ImportedItem.row))
    }

    @Test("What is written as ListenBrainz has it reads as the same listens")
    func readsListenBrainzBack() throws {
        let text = try Self.listens.map(ListenFileWriter.listenBrainz).joined()
        let expected = Self.listens.map { listen in
            var listen = listen
            listen.line -= 1
            return ImportedItem.row(listen)
        }
        #expect(Exchange.listens(text) == expected)
    }

    @Test("The forms are what others expect")
    func writesForms() throws {
        let listen = ImportedListen(
            line: 1, startedAt: Date(timeIntervalSince1970: 1_795_348_800.5), artist: "A", title: "T, \"U\"",
            heardS: 61.5)
        #expect(ListenFileWriter.csv(listen) == "2026-11-22T12:00:00.500Z,A,\"T, \"\"U\"\"\",,61500,,,,,,\n")
        #expect(
            try ListenFileWriter.listenBrainz(listen)
                == #"{"listened_at":1795348800,"track_metadata":{"additional_info":{"ms_played":61500,"#
                + #""submission_client":"haunt"},"artist_name":"A","track_name":"T, \"U\""}}"# + "\n")
    }
}
