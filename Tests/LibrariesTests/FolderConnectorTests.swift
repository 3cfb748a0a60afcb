import Foundation
import HauntTestSupport
import Household
import Testing

@testable import Libraries

struct FolderConnectorTests {
    private func settings(_ music: TemporaryDirectory, uri: String? = nil) -> LibrarySettings {
        LibrarySettings(
            name: "files", kind: .folder, path: String(music.path("").dropLast(0)),
            uri: uri.flatMap { AddressTemplate($0) })
    }

    @Test("reads the tags of files, and leaves out links, hidden files and what is no sound")
    func reads() async throws {
        let music = try TemporaryDirectory()
        for (path, file) in SampleMusic.files { try file.write(to: path, in: music) }
        try music.write("no sound", to: "cover.jpg")
        try music.write("no sound", to: "broken.flac")
        let other = try TemporaryDirectory()
        try TaggedFile([("TITLE", "Outside")]).write(to: "x.flac", in: other)
        try FileManager.default.createSymbolicLink(atPath: music.path("out"), withDestinationPath: other.path(""))
        try FileManager.default.createSymbolicLink(atPath: music.path("loop"), withDestinationPath: music.path(""))
        try TaggedFile([("TITLE", "Hidden")]).write(to: ".trash/x.flac", in: music)
        let page = try await makeConnector(settings(music)).page(at: nil)
        #expect(page.tracks == SampleMusic.tracks)
        #expect(page.next == nil)
    }

    @Test("makes addresses of paths, keeps explicit marks, and several values of a tag")
    func tags() async throws {
        let music = try TemporaryDirectory()
        let tags = [
            ("TITLE", "Both"), ("ARTIST", "Anna & Ben"), ("ARTISTS", "Anna"), ("ARTISTS", "Ben"), ("GENRE", "Rock"),
            ("GENRE", "Indie"), ("ORIGINALDATE", "1969"), ("DATE", "2009-01-01"), ("ITUNESADVISORY", "1"),
            ("BPM", "96"),
        ]
        try TaggedFile(tags).write(to: "a/b c.flac", in: music)
        let page = try await makeConnector(settings(music, uri: "file:///nas/{path}")).page(at: nil)
        #expect(
            page.tracks == [
                LibraryTrack(
                    uri: "file:///nas/a/b c.flac",
                    details: TrackDetails(
                        artist: "Anna, Ben", title: "Both", durationS: 200, genres: ["Rock", "Indie"], year: 1969,
                        isExplicit: true,
                        features: SoundFeatures(tempo: 96)))
            ])
    }

    @Test("goes on after the file that it read last, also when that is gone")
    func pages() async throws {
        let music = try TemporaryDirectory()
        for number in 0..<620 {
            try TaggedFile([("TITLE", "Song \(number)")]).write(to: "d\(number % 3)/\(number).flac", in: music)
        }
        let connector = try makeConnector(settings(music))
        let first = try await connector.page(at: nil)
        let last = try #require(first.next)
        #expect(first.tracks.count == 500)
        try FileManager.default.removeItem(atPath: music.path(last))
        let second = try await connector.page(at: last)
        #expect(Set((first.tracks + second.tracks).map(\.uri)).count == 620)
    }

    @Test("tells another revision when a file changes")
    func revision() async throws {
        let music = try TemporaryDirectory()
        try TaggedFile([("TITLE", "One")]).write(to: "a.flac", in: music)
        let connector = try makeConnector(settings(music))
        let before = try await connector.revision()
        #expect(try await connector.revision() == before)
        try TaggedFile([("TITLE", "Another")]).write(to: "a.flac", in: music)
        #expect(try await connector.revision() != before)
    }

    @Test("says that a folder is not there")
    func missing() async throws {
        let connector = try makeConnector(LibrarySettings(name: "files", kind: .folder, path: "/nonexistent"))
        let problem = await #expect(throws: LibraryProblem.self) { _ = try await connector.page(at: nil) }
        #expect(problem?.kind == .away)
        #expect(problem?.message.contains("/nonexistent") == true)
    }
}
