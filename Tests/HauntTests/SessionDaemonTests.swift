import Foundation
import HauntTestSupport
import MQTTClient
import Testing
import Wire

@Suite("Sessions of a shared speaker in the daemon", .timeLimit(.minutes(15)))
struct SessionDaemonTests {
    private static let configuration = """
        speakers:
          - {name: media_player.living_room, shared: [anna, ben]}
        """
    private static let artists = ["Both", "anna's 1", "anna's 2", "anna's 3", "anna's 4"]
    private static let playS = 40.0
    /// From the end of the last play of the session to the beginning of the next session.
    private static let silenceS = 1_805.0

    @Test("kill -9 in the middle of a session changes nothing of who has its listens, also after looking back")
    func kill() async throws {
        // The next session begins as far in the future as a listen may, so that this one is over at once.
        let began = Date(timeIntervalSinceNow: -1_720)
        async let undisturbed = outcome(of: began, isKilled: false)
        async let killed = outcome(of: began, isKilled: true)
        let (expected, outcome) = try await (undisturbed, killed)
        #expect(outcome == expected)
        #expect(expected.count == Self.artists.count)
        #expect(expected.map { $0["profile"]?.text } == Self.artists.map { _ in "anna" })
    }

    /// Who has the listens of a session in the end. In the middle of it, the daemon may be killed twice.
    private func outcome(of began: Date, isKilled: Bool) async throws -> [JSONValue] {
        let run = try await RunningHouse(Self.configuration)
        for name in ["anna", "ben"] {
            let file = try run.haunt.directory.write(Self.history(of: name, until: began), to: "\(name).csv")
            let status = try await run.haunt.command("import", "listens", file, "--profile", name).status
            #expect(status == 0)
        }
        var first: JSONValue = .null
        for (number, artist) in Self.artists.enumerated() {
            let listen = try await listen(artist, at: began.addingTimeInterval(Double(number) * Self.playS), in: run)
            if number == 0 { first = listen }
            if isKilled, number % 2 == 1 { try await kill(run) }
        }
        #expect(first["profile"] == .null)
        let next = Double(Self.artists.count) * Self.playS + Self.silenceS
        _ = try await listen("Both", at: began.addingTimeInterval(next), in: run)
        let session = Int(first["session"]?.number ?? 0)
        let page = try await run.ask("listen/list", #"{"session":\#(session)}"#)["data"]
        await run.end()
        let told = ["artist", "profile", "rule", "confidence", "likely"]
        return (page?["history"]?.items ?? []).map { listen in
            .object(Dictionary(uniqueKeysWithValues: told.map { ($0, listen[$0] ?? .null) }))
        }
    }

    private func kill(_ run: RunningHouse) async throws {
        let ask = #"{"speaker_name":"media_player.living_room"}"#
        let before = try await run.ask("listener/get", ask)["data"]
        await run.haunt.kill()
        _ = await run.house.next(on: "haunt/bridge/state") { $0["state"]?.text == "offline" }
        try await run.haunt.start()
        let after = try await run.ask("listener/get", ask)["data"]
        #expect(before?["session"]?.number != nil)
        #expect(after == before)
    }

    private func listen(_ artist: String, at time: Date, in run: RunningHouse) async throws -> JSONValue {
        let start = RFC3339.string(from: time)
        let answer = try await run.ask(
            "listen/add",
            #"{"title":"Song","artist":"\#(artist)","duration_s":40,"played_s":40,"started_at":"\#(start)","#
                + #""speaker_name":"media_player.living_room"}"#)
        #expect(answer["status"]?.text == "ok")
        return answer["data"] ?? .null
    }

    /// Three weeks of somebody's artists, and now and then one that both play, Anna twice as often.
    private static func history(of name: String, until time: Date) -> String {
        let lines = (0..<240).map { number in
            let start = RFC3339.string(from: time.addingTimeInterval(Double(number - 250) * 8_000))
            let isBoths = number % (name == "anna" ? 8 : 16) == 0
            return "\(start),\(isBoths ? "Both" : "\(name)'s \(number % 8)"),Song,40000\n"
        }
        return "timestamp,artist,title,ms_played\n" + lines.joined()
    }
}
