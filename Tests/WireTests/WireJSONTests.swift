import Foundation
import Testing
import Wire

@Suite("JSON that is written once")
struct WireJSONTests {
    struct Song: Codable, Equatable, Sendable {
        var trackId: Int
        var playedAt: Date
    }

    private static let song = Song(trackId: 7, playedAt: Date(timeIntervalSince1970: 0))

    @Test("A value that is written once is the same JSON by itself, inside of another value, and indented")
    func sameJSON() throws {
        let written = try WrittenOnce(Self.song)
        #expect(try WireJSON.encode(written) == WireJSON.encode(Self.song))
        #expect(try WireJSON.encode(["song": written]) == WireJSON.encode(["song": Self.song]))
        #expect(try WireJSON.encode(written, pretty: true) == WireJSON.encode(Self.song, pretty: true))
    }

    @Test("A value that was written once is read as any other")
    func reads() throws {
        let written = try WrittenOnce(Self.song)
        #expect(try WireJSON.decode(WrittenOnce<Song>.self, from: written.json).value == Self.song)
    }
}
