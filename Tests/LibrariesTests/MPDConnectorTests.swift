import HauntTestSupport
import Household
import Testing

@testable import Libraries

@Suite(.enabled(if: MPDProcess.isInstalled, "MPD is not installed. 'make packages' installs it."))
struct MPDConnectorTests {
    private func settings(_ server: MPDProcess, password: String? = nil) -> LibrarySettings {
        LibrarySettings(
            name: "mpd", kind: .mpd, port: Int(server.port), secret: password.map { .password($0) })
    }

    private func house() throws -> TemporaryDirectory {
        let music = try TemporaryDirectory()
        for (path, file) in SampleMusic.files { try file.write(to: path, in: music) }
        return music
    }

    @Test("reads a real MPD: odd names, several artists and genres, and no audiobooks")
    func reads() async throws {
        let server = try await MPDProcess(music: house())
        // It ends with its object.
        defer { withExtendedLifetime(server) {} }
        let page = try await makeConnector(settings(server)).page(at: nil)
        #expect(page.next == nil)
        #expect(page.total == SampleMusic.files.count)
        #expect(page.tracks.sorted { $0.uri < $1.uri } == SampleMusic.tracks)
    }

    @Test("reads a library page by page, each track once")
    func pages() async throws {
        let music = try TemporaryDirectory()
        for number in 0..<1_100 {
            try TaggedFile([("TITLE", "Song \(number)"), ("ARTIST", "Somebody")]).write(
                to: "\(number % 7)/\(number).flac", in: music)
        }
        let server = try await MPDProcess(music: music)
        // It ends with its object.
        defer { withExtendedLifetime(server) {} }
        let connector = try makeConnector(settings(server))
        var (uris, position, sizes): (Set<String>, String?, [Int]) = ([], nil, [])
        repeat {
            let page = try await connector.page(at: position)
            uris.formUnion(page.tracks.map(\.uri))
            sizes.append(page.tracks.count)
            position = page.next
        } while position != nil
        #expect(sizes == [500, 500, 100])
        #expect(uris.count == 1_100)
    }

    @Test("tells another revision after a change, and of a change while it waits and before it waits")
    func changes() async throws {
        let music = try house()
        let server = try await MPDProcess(music: music)
        // It ends with its object.
        defer { withExtendedLifetime(server) {} }
        let connector = try makeConnector(settings(server))
        let before = try await connector.revision()
        #expect(try await connector.revision() == before)
        let client = MPDClient(
            place: LibraryPlace(library: "mpd", address: ""), host: "127.0.0.1", port: Int(server.port), password: nil)
        async let changed: Void = connector.waitForChange()
        try TaggedFile([("TITLE", "New")]).write(to: "new.flac", in: music)
        _ = try await client.ask("update")
        try await changed
        await server.finishUpdate()
        // The revision that was told is of before the change.
        try await connector.waitForChange()
        #expect(try await connector.revision() != before)
    }

    @Test("says that a password is wrong or missing, and does not repeat it")
    func password() async throws {
        let server = try await MPDProcess(music: house(), password: "right one")
        // It ends with its object.
        defer { withExtendedLifetime(server) {} }
        #expect(
            try await makeConnector(settings(server, password: "right one")).page(at: nil).tracks.count
                == SampleMusic.tracks.count)
        for wrong in ["wrong one", nil] {
            let problem = await #expect(throws: LibraryProblem.self) {
                _ = try await makeConnector(settings(server, password: wrong)).page(at: nil)
            }
            #expect(problem?.kind == .refused)
            #expect(problem?.message.contains("mpd at 127.0.0.1:\(server.port)") == true)
            #expect(problem?.message.contains("wrong one") == false)
        }
    }

    @Test("says that nothing listens, that it is no MPD, and that it is silent")
    func away() async throws {
        let nobody = LibrarySettings(name: "mpd", kind: .mpd, port: Int(freeLoopbackPort()))
        let gone = await #expect(throws: LibraryProblem.self) { _ = try await makeConnector(nobody).revision() }
        #expect(gone?.kind == .away)
        let web = try await StubServer { _ in .json("{}") }
        let client = MPDClient(
            place: LibraryPlace(library: "mpd", address: "here"), host: "127.0.0.1", port: web.port, password: nil)
        let silent = await #expect(throws: LibraryProblem.self) {
            _ = try await client.ask("stats", patience: .milliseconds(20))
        }
        #expect(silent?.kind == .away)
    }

    @Test("keeps a line feed from beginning another command")
    func quotes() {
        #expect(MPDClient.quoted("a\"b\\c\nkill") == #""a\"b\\ckill""#)
    }
}
