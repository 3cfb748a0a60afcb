import Foundation
import HauntTestSupport
import Household
import Listening
import Taste
import Testing
import Wire

@Suite("A guest by HTTP", .timeLimit(.minutes(15)))
struct GuestTests {
    /// Everything that a guest must not change.
    private struct House: Equatable {
        var tastes: [Data]
        var stamps: [TasteStamp]
        var stats: [ListenStats]
        var listens: [Listen]
        var profiles: [ProfileView]
        var owners: [String: Profile.ID]
        var trackCount: Int
        var rejectedCount: Int

        init(_ house: TestHouse) async throws {
            profiles = try await house.household.ask(ListProfiles.self).profiles
            listens = try house.listens()
            tastes = try profiles.map { try house.tasteBytes(of: $0.name) }
            (stamps, stats, owners, trackCount, rejectedCount) = try house.store.read { store in
                let profiles = try store.profiles()
                return (
                    try profiles.map { try store.tasteStamp(ofProfile: $0.id) },
                    try profiles.map { try store.listenStats(owner: $0.owner) }, try store.speakerMappings(),
                    try store.trackCount(), try store.rejectedIDs(among: nil).count
                )
            }
        }
    }

    private static func houseWithMusic() async throws -> TestHouse {
        let house = try TestHouse.withTwoPeople()
        let genres = ["jazz", "ambient", "metal", "techno"]
        let rows = (0..<60).map { number in
            TrackDetails(
                artist: "Artist \(number / 2)", title: "Song \(number)", durationS: 200,
                genres: [genres[number % 4]])
        }
        _ = try await house.household.perform(ImportCatalog(rows: rows))
        return house
    }

    private static func listen(_ numbers: [Int], in server: LiveServer) async throws {
        for number in numbers {
            server.house.clock.advance(400)
            let speaker = number % 3 == 0 ? "media_player.study" : "media_player.living_room"
            let track = #""artist": "Artist \#(number / 2)", "title": "Song \#(number)", "duration_s": 200"#
            let answer = try await server.webhook("{\(track), \"speaker_name\": \"\(speaker)\"}")
            #expect(answer.status == 201)
        }
    }

    private static let wish = """
        {"vibe": "quiet jazz", "speaker_entity": "media_player.study", "auto_play": true, "total_tracks": 5, "seed": 7}
        """

    @Test(
        "A vibe without a profile is a guest's request, also on Anna's speaker, and changes nothing"
    )
    func noTrace() async throws {
        try await LiveServer.open(Self.houseWithMusic()) { server in
            try await Self.listen(Array(0..<30), in: server)
            let before = try await House(server.house)
            let list = try await server.http.send("POST", "/api/playlists/generate", Self.wish)
            #expect(list.status == 201)
            #expect(list.json["rule"] == .string("guest"))
            #expect(list.json["profile"] == .null)
            let tracks = list.json["tracks"]?.items ?? []
            #expect(tracks.count == 5)
            for track in tracks {
                await server.house.play(track["artist"]?.text, track["title"]?.text)
            }
            #expect(try await House(server.house) == before)
            #expect(await server.house.household.counted.guestPlays == 5)
        }
    }

    @Test("A guest's playlist does not depend on any listen or on the speaker")
    func readsNothing() async throws {
        var lists: [[JSONValue]] = []
        for heard in [[], Array(0..<30)] {
            try await LiveServer.open(Self.houseWithMusic()) { server in
                try await Self.listen(heard, in: server)
                let list = try await server.http.send("POST", "/api/playlists/generate", Self.wish)
                lists.append((list.json["tracks"]?.items ?? []).compactMap { $0["title"] })
            }
        }
        #expect(lists[0].count == 5)
        #expect(lists[0] == lists[1])
    }
}
