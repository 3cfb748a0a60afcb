import HauntTestSupport
import Household
import Testing
import Wire

@Suite("A taste in pictures, and a wish as it is understood")
struct TasteViewTests {
    private static func house() async throws -> TestHouse {
        let house = try TestHouse.withTwoPeople()
        for (title, artist, start, played) in [
            ("One", "Slowdive", "2026-09-01T22:30:00Z", 200), ("One", "Slowdive", "2026-11-02T08:00:00Z", 200),
            ("Two", "Ride", "2026-11-03T08:30:00Z", 200),
        ] {
            try await house.listen(
                """
                {"title": "\(title)", "artist": "\(artist)", "profile": "anna", "started_at": "\(start)",
                 "played_s": \(played), "duration_s": 250}
                """)
        }
        return house
    }

    @Test("The picture has what the profile's counts say, hours and months of the zone, and every month between")
    func whole() async throws {
        let house = try await Self.house()
        let taste = try await house.perform("taste/show", #"{"name": "anna", "zone": "Europe/Berlin"}"#)
        let profile = try await house.perform("profile/show", #"{"name": "anna"}"#)
        #expect(taste["totals"]?["plays"] == profile["stats"]?["event_count"])
        #expect(taste["totals"]?["tracks"] == profile["stats"]?["track_count"])
        #expect(taste["totals"]?["heard_s"] == .number(600))
        #expect(taste["top_artists"]?.items.map { $0["artist"]?.text } == ["Slowdive", "Ride"])
        #expect(taste["top_tracks"]?.items.map { $0["title"]?.text } == ["One", "Two"])
        #expect(taste["months"]?.items.map { $0["month"]?.text } == ["2026-09", "2026-10", "2026-11"])
        #expect(taste["months"]?.items.map { $0["new_artists"] } == [.number(1), .number(0), .number(1)])
        // 2026-09-01T22:30Z is Wednesday, half past midnight, in Berlin.
        #expect(taste["hours"]?.items[2].items[0] == .number(1))
        #expect(taste["hours"]?.items[0].items[9] == .number(1))
        #expect(taste["zone"]?.text == "Europe/Berlin")
    }

    @Test("A span has its own plays, and an artist from before is not new in it")
    func span() async throws {
        let house = try await Self.house()
        let taste = try await house.perform(
            "taste/show", #"{"name": "anna", "since": "2026-11-01T00:00:00Z", "until": "2026-11-03T00:00:00Z"}"#)
        #expect(taste["totals"]?["plays"] == .number(1))
        #expect(taste["months"]?.items.map { $0["new_artists"] } == [.number(0)])
        let nobody = try await house.perform("taste/show", #"{"name": "ben"}"#)
        #expect(nobody["totals"]?["first"] == .null)
        #expect(nobody["months"]?.items == [] && nobody["interests"]?.items == [])
    }

    @Test(
        "An unknown profile or zone is an error that names it",
        arguments: [("nobody", "UTC"), ("anna", "Mars/Olympus")])
    func errors(name: String, zone: String) async throws {
        let house = try await Self.house()
        let error = await #expect(throws: HouseholdError.self) {
            _ = try await house.perform("taste/show", #"{"name": "\#(name)", "zone": "\#(zone)"}"#)
        }
        #expect(error?.field == (name == "nobody" ? "name" : "zone"))
        let span = #"{"name": "anna", "since": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z"}"#
        let backwards = await #expect(throws: HouseholdError.self) { _ = try await house.perform("taste/show", span) }
        #expect(backwards?.field == "until")
    }

    @Test("A wish is read as it is for a list, and what means nothing is named")
    func vibe() async throws {
        let house = try await Self.house()
        let vibe = try await house.perform("vibe/read", #"{"text": "chill 90s, no metal, 20 tracks, xyzzyplugh"}"#)
        let list = try await house.perform(
            "recommend/get", #"{"vibe": "chill 90s, no metal, 20 tracks, xyzzyplugh"}"#)
        #expect(vibe["understood"] == list["understood"])
        #expect(vibe["decades"]?.items == [.number(1990)])
        #expect(vibe["total_tracks"] == .number(20))
        #expect(vibe["unwanted"]?["tags"]?.items.contains(.string("metal")) == true)
        #expect(vibe["unknown"]?.items == [.string("xyzzyplugh")])
        let empty = try await house.perform("vibe/read", "{}")
        #expect(empty["understood"] == .null)
        #expect(empty["is_understood"] == .bool(false))
    }
}
