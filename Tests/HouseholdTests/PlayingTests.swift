import Foundation
import HauntTestSupport
import Household
import Listening
import Storage
import Testing
import Wire

@Suite("From a player's updates to stored listens")
struct PlayingTests {
    private let study = "media_player.study"

    private func playing(_ title: String, on speaker: String, at time: Date, isReplay: Bool = false) -> PlayerUpdate {
        let media = Media(title: title, artist: "Artist", durationS: 200)
        return PlayerUpdate(speakerName: speaker, state: .playing, media: media, isReplay: isReplay, at: Moment(time))
    }

    private func observe(_ updates: PlayerUpdate..., in house: TestHouse) async {
        await house.household.observe(updates.map { ($0, ListenRules()) })
    }

    @Test("A track heard to its end is a completed listen of the speaker's owner, stored once")
    func completed() async throws {
        let house = try TestHouse.withTwoPeople()
        await observe(playing("One", on: study, at: house.clock.now), in: house)
        let began = house.clock.now
        house.clock.advance(199)
        await observe(playing("Two", on: study, at: house.clock.now), in: house)
        let listen = try #require(try house.listens().first)
        #expect(listen.event.outcome == .completed)
        #expect(listen.event.startedAt == began)
        #expect(listen.event.playedS == 199)
        #expect(listen.profileName == "anna")
        #expect(house.recorder.listens.count == 1)
    }

    @Test("A track left after ten seconds is stored as skipped and counts in no profile's numbers")
    func skipped() async throws {
        let house = try TestHouse.withTwoPeople()
        await observe(playing("One", on: study, at: house.clock.now), in: house)
        house.clock.advance(10)
        await observe(playing("Two", on: study, at: house.clock.now), in: house)
        #expect(try house.listens().map(\.event.outcome) == [.skipped])
        #expect(try await house.household.perform(ShowProfile(name: "anna")).stats.eventCount == 0)
    }

    @Test("What a webhook and the player both report is one listen")
    func twoPaths() async throws {
        let house = try TestHouse.withTwoPeople()
        await observe(playing("One", on: study, at: house.clock.now), in: house)
        let start = RFC3339.string(from: house.clock.now.addingTimeInterval(3))
        house.clock.advance(199)
        try await house.listen(
            #"{"title":"One","artist":"Artist","speaker_name":"media_player.study","started_at":"\#(start)"}"#)
        await observe(playing("Two", on: study, at: house.clock.now), in: house)
        #expect(try house.listens().count == 1)
    }

    @Test(
        "A webhook that starts, or arrives, while the player plays the track is that play, in any order",
        arguments: [#","played_s":60"#, "", #","started_at":"START""#], [true, false])
    func withinPlay(fields: String, isFirst: Bool) async throws {
        let house = try TestHouse.withTwoPeople()
        await observe(playing("One", on: study, at: house.clock.now), in: house)
        house.clock.advance(50)
        let start = RFC3339.string(from: house.clock.now)
        let fields = fields.replacingOccurrences(of: "START", with: start)
        let webhook = #"{"title":"One","artist":"Artist","speaker_name":"media_player.study"\#(fields)}"#
        if isFirst { try await house.listen(webhook) }
        house.clock.advance(50)
        if !isFirst { try await house.listen(webhook) }
        await observe(playing("Two", on: study, at: house.clock.now), in: house)
        #expect(try house.listens().count == 1)
    }

    @Test("A play in progress goes on after a restart, and the time between counts for nothing")
    func restart() async throws {
        let directory = try TemporaryDirectory()
        let clock = ManualClock()
        let path = directory.path("house.db")
        let first = try TestHouse.withTwoPeople(store: HouseholdDatabase(path: path), clock: clock)
        await observe(playing("One", on: study, at: clock.now), in: first)
        let began = clock.now
        clock.advance(60)
        await observe(playing("One", on: study, at: clock.now), in: first)
        await first.household.saveCheckpoint()
        clock.advance(30)

        let second = try TestHouse.withTwoPeople(store: first.store, clock: clock)
        await observe(playing("One", on: study, at: clock.now), in: second)
        clock.advance(60)
        await observe(playing("Two", on: study, at: clock.now), in: second)
        let listen = try #require(try second.listens().first)
        #expect(try second.listens().count == 1)
        #expect(listen.event.startedAt == began)
        #expect(listen.event.playedS == 120)
        #expect(listen.event.outcome == .completed)
    }

    @Test(
        "Hours in which nothing is heard write nothing: after a pause, a play that ended by silence, and an unreachable broker",
        arguments: ["pause", "silence", "interruption"])
    func quietHours(kind: String) async throws {
        let store = FailingStore(try HouseholdDatabase.inMemory())
        let house = try TestHouse.withTwoPeople(store: store)
        let began = playing("One", on: study, at: house.clock.now)
        await observe(began, in: house)
        house.clock.advance(60)
        switch kind {
        case "pause":
            var paused = began
            (paused.state, paused.at) = (.paused, Moment(house.clock.now))
            await observe(paused, in: house)
        case "silence": house.clock.advance(200 + 31)
        default: await house.household.interrupt(source: nil)
        }
        await house.household.advance()
        await house.household.saveCheckpoint()
        let written = store.writes
        for _ in 0..<200 {
            house.clock.advance(20)
            await house.household.advance()
            await house.household.saveCheckpoint()
        }
        #expect(store.writes == written)
    }

    @Test("While the store cannot be written plays wait, in order, and none is lost")
    func storeAway() async throws {
        let store = FailingStore(try HouseholdDatabase.inMemory())
        let house = try TestHouse.withTwoPeople(store: store)
        await observe(playing("One", on: study, at: house.clock.now), in: house)
        store.isBroken = true
        for title in ["Two", "Three", "Four"] {
            house.clock.advance(190)
            await observe(playing(title, on: study, at: house.clock.now), in: house)
        }
        #expect(await house.household.counted.unsaved == 3)
        #expect(house.recorder.storeProblems.count == 1)
        store.isBroken = false
        house.clock.advance(Limits.storeRetryS)
        await house.household.advance()
        #expect(try house.listens().compactMap(\.event.media.title) == ["One", "Two", "Three"])
        #expect(house.recorder.storeProblems == ["The disk is full", nil])
    }

    @Test("A play that the store will never take is kept under rejected, and those after it are stored")
    func neverTaken() async throws {
        let store = FailingStore(try HouseholdDatabase.inMemory())
        let house = try TestHouse.withTwoPeople(store: store)
        await observe(playing("One", on: study, at: house.clock.now), in: house)
        house.clock.advance(190)
        store.failOnce(with: HouseholdError(.internal, "Refused"))
        await observe(playing("Two", on: study, at: house.clock.now), in: house)
        house.clock.advance(190)
        await observe(playing("Three", on: study, at: house.clock.now), in: house)
        #expect(try house.listens().compactMap(\.event.media.title) == ["Two"])
        #expect(try await house.household.ask(ListRejected.self).rejected.count == 1)
        #expect(try await house.household.perform(ReplayRejected()).replayed == 1)
        #expect(try house.listens().compactMap(\.event.media.title) == ["One", "Two"])
        #expect(try house.listens().allSatisfy { $0.profileName == "anna" && $0.event.outcome == .completed })
    }

    @Test("What plays is written down once when nothing about it changes")
    func checkpointOnce() async throws {
        let house = try TestHouse.withTwoPeople()
        await observe(playing("One", on: study, at: house.clock.now), in: house)
        house.clock.advance(20)
        await observe(
            PlayerUpdate(speakerName: study, state: .paused, at: Moment(house.clock.now)), in: house)
        #expect(await house.household.secondsToDeadline == nil)
    }

    @Test("A listen that is handed in while the store is away is refused, not rejected")
    func unavailable() async throws {
        let store = FailingStore(try HouseholdDatabase.inMemory())
        let house = try TestHouse.withTwoPeople(store: store)
        store.isBroken = true
        do {
            try await house.listen(#"{"title":"A","artist":"B"}"#)
            Issue.record("Taken")
        } catch let error as HouseholdError {
            #expect(error.code == .unavailable)
        }
        store.isBroken = false
        #expect(try await house.household.perform(ShowProfile(name: "default")).taste.version == 0)
        #expect(try await house.listen(#"{"title":"A","artist":"B"}"#).stored)
    }
}
