import Exchange
import Foundation
import Household
import Taste
import Testing
import Wire

/// A damaged file is reported with problems and never crashes a parser.
struct DamagedFileTests {
    private static let samples = [
        "timestamp,artist,title,ms_played\n2026-11-22T12:00:00Z,\"A \"\"x\"\"\",T,1000\n",
        "artist,title,energy,genres\nA,T,0.5,pop|rock\n",
        #"[{"endTime":"2026-11-22 12:03","artistName":"Bj\u00f6rk","trackName":"T","msPlayed":1e3}]"#,
        #"{"payload":{"listens":[{"listened_at":1795348800,"track_metadata":{"track_name":"T"}}]}}"#,
        "{\"name\":\"T\",\"uts\":1795348800}\n{\"name\":\"\\ud83c\\udfb5\",\"uts\":1}\n",
    ]

    @Test("Bytes changed, dropped or doubled anywhere", arguments: 0..<samples.count)
    func survivesDamage(sample: Int) {
        let whole = Array(Self.samples[sample].utf8)
        var generator = SeededGenerator(seed: UInt64(sample))
        let bytes = Array(" \"{}[],:;\\\n\r\t0eu-#".utf8) + [0x00, 0x7F, 0xC3, 0xFF]
        for _ in 0..<2000 {
            var damaged = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: 0..<damaged.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: damaged[index] = bytes.randomElement(using: &generator) ?? 0
                case 1: damaged.insert(bytes.randomElement(using: &generator) ?? 0, at: index)
                case 2 where damaged.count > 1: damaged.removeSubrange(index...min(index + 2, damaged.count - 1))
                default: damaged.append(contentsOf: damaged[index...])
                }
                if damaged.isEmpty { damaged = whole }
            }
            let chunkBytes = Int.random(in: 1...40, using: &generator)
            let items = Files.listens(Data(damaged), chunkBytes: chunkBytes)
            #expect(items.count < 1000)
            #expect(items == Files.listens(Data(damaged)))
            _ = Files.tracks(String(decoding: damaged, as: UTF8.self))
        }
    }

    @Test("Listens and tracks cross a JSON connection unchanged")
    func crossesJSON() throws {
        let listens = [
            ImportedListen(
                startedAt: Files.date("2026-11-22T12:00:00.250Z"), artist: nil, title: "T", heardS: 1.5,
                wasSkipped: false, eventID: "e-1")
        ]
        let decoded = try WireJSON.decode([ImportedListen].self, from: WireJSON.encode(listens))
        #expect(decoded == listens)
    }
}
