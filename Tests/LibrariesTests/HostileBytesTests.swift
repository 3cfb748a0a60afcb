import HauntTestSupport
import Household
import Testing
import Wire

@testable import Libraries

/// Whatever a server sends, a parser ends with values or with an error.
struct HostileBytesTests {
    @Test("reads damaged answers of MPD, however they are cut", arguments: RandomSeeds.first(5, of: 100))
    func mpd(seed: UInt64) throws {
        var generator = Hostile(seed: seed)
        let answer =
            "OK MPD 0.23.5\nfile: a/b.flac\nTitle: T\nArtist: A\nArtist: B\nduration: 12.5\nOK\nACK [5@0] {x} no\n"
        for _ in 0..<300 {
            let bytes = generator.damaged(Array(answer.utf8))
            var reader = MPDAnswerReader()
            do {
                for part in generator.cut(bytes) {
                    try reader.append(part)
                    _ = try reader.greeting()
                    while let pairs = try reader.answer() {
                        for song in MPDSong.songs(in: pairs) { _ = song.tags.details { _ in true } }
                    }
                }
            } catch is MPDRefusal {} catch is MPDAnswerReader.Malformed {}
        }
    }

    @Test("reads an answer of MPD the same, however it is cut", arguments: RandomSeeds.first(5, of: 100))
    func cuts(seed: UInt64) throws {
        var generator = Hostile(seed: seed)
        let answer = "OK MPD 0.23.5\nfile: 夜: b\nTitle: T: x\nOK\nOK\n"
        var (reader, answers, isGreeted) = (MPDAnswerReader(), [[MPDPair]](), false)
        for part in generator.cut(Array(answer.utf8)) {
            try reader.append(part)
            if !isGreeted { isGreeted = try reader.greeting() != nil }
            while isGreeted, let pairs = try reader.answer() { answers.append(pairs) }
        }
        #expect(answers == [[MPDPair(key: "file", value: "夜: b"), MPDPair(key: "Title", value: "T: x")], []])
    }

    @Test("reads damaged JSON of the other servers", arguments: RandomSeeds.first(5, of: 100))
    func json(seed: UInt64) {
        var generator = Hostile(seed: seed)
        let track =
            #"{"id":"a","item_id":1,"uri":"u","name":"n","title":"T","artist":"A feat. B","artists":[{"name":"x"}],"year":2000,"duration":1e3,"bpm":9,"genres":[{"name":"a/b"}],"mood_vector":"a:1,b:0.5","clap_embedding":"AAAA","metadata":{"genres":["x"]},"album":{"item_id":3}}"#
        for _ in 0..<300 {
            guard let value = try? WireJSON.decode(generator.damaged(Array(track.utf8))) else { continue }
            _ = SubsonicSong(value)?.tags.details { _ in true }
            _ = AudioMuseTrack(value, model: "clap")?.tags.details { _ in true }
            _ = MusicAssistantTrack(value, albumYears: [:])?.tags.details { _ in true }
        }
    }
}

/// Damages bytes as broken and hostile servers do.
private struct Hostile {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    private mutating func number(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % max(bound, 1)
    }

    /// The bytes with a few of them changed, repeated, or left out.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...number(below: 4) where !bytes.isEmpty {
            let place = number(below: bytes.count)
            switch number(below: 5) {
            case 0: bytes[place] = UInt8(number(below: 256))
            case 1: bytes.removeSubrange(place...)
            case 2: bytes.insert(contentsOf: bytes[place...].prefix(40), at: number(below: bytes.count))
            case 3: bytes.remove(at: place)
            default:
                bytes.insert(
                    contentsOf: [[0x2D, 0x39, 0x65, 0x39], [0], [0xFF], [0x0A], [0x22]][number(below: 5)], at: place)
            }
        }
        return bytes
    }

    /// The bytes in pieces.
    mutating func cut(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var (parts, rest) = ([ArraySlice<UInt8>](), bytes[...])
        while !rest.isEmpty {
            let size = 1 + number(below: min(rest.count, 20))
            parts.append(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return parts
    }
}
