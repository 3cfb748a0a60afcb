import Foundation
import HauntTestSupport
import Household
import Listening
import Storage
import Testing
import Wire

@Suite("Room for speakers")
struct SpeakerRoomTests {
    @Test("A speaker that was only heard of makes room for a new one; an owned one and one that plays never do")
    func room() async throws {
        let house = try TestHouse()
        await house.household.observe(updates(["media_player.playing"], at: house.clock.now))
        _ = try await house.perform("profile/add", #"{"name":"anna"}"#)
        _ = try await house.perform("profile/speakers", #"{"name":"anna","speakers":["media_player.a_mine"]}"#)
        for number in 0..<Limits.speakers {
            await house.household.observe(updates(["idle \(number)"], .idle, at: house.clock.now))
        }
        await house.household.observe(updates(["media_player.late"], at: house.clock.now))
        for name in ["playing", "a_mine", "late"] {
            _ = try await house.perform("speaker/settings", #"{"speaker_name":"media_player.\#(name)"}"#)
        }
    }

    @Test("Of the speakers that nobody uses, the one that is silent longest makes room; shared ones never do")
    func silentLongest() async throws {
        let house = try TestHouse()
        for name in ["anna", "ben"] { _ = try await house.perform("profile/add", #"{"name":"\#(name)"}"#) }
        for number in 0..<Limits.speakers {
            await house.household.observe(updates(["media_player.s\(number)"], .idle, at: house.clock.now))
        }
        let shared = #"{"speaker_name":"media_player.s1","profiles":["anna","ben"]}"#
        _ = try await house.perform("speaker/shared", shared)
        await house.household.observe(updates(["media_player.s0"], .idle, at: house.clock.now))
        let wanted = #"{"name":"anna","speakers":["media_player.new","media_player.s3"]}"#
        _ = try await house.perform("profile/speakers", wanted)
        _ = try await house.listen(#"{"title":"A","artist":"B","speaker_name":"media_player.late"}"#)
        for kept in ["s0", "s1", "s3", "new", "late"] {
            _ = try await house.perform("speaker/settings", #"{"speaker_name":"media_player.\#(kept)"}"#)
        }
        for gone in ["s2", "s4"] {
            await #expect(throws: HouseholdError.self) {
                _ = try await house.perform("speaker/settings", #"{"speaker_name":"media_player.\#(gone)"}"#)
            }
        }
    }

    @Test("A request for more speakers than there is room for changes nothing")
    func tooMany() async throws {
        let house = try TestHouse()
        _ = try await house.perform("profile/add", #"{"name":"anna"}"#)
        let before = try await house.perform("speaker/list", "{}")
        let many = (0..<1_001).map { "\"media_player.s\($0)\"" }.joined(separator: ",")
        await #expect(throws: HouseholdError.self) {
            _ = try await house.perform("profile/speakers", #"{"name":"anna","speakers":[\#(many)]}"#)
        }
        #expect(try await house.perform("speaker/list", "{}") == before)
    }

    @Test("A guest's song leaves no trace when its speaker is removed while it plays")
    func removedGuest() async throws {
        let house = try TestHouse()
        let speaker = "media_player.guest_room"
        await house.household.observe(updates([speaker], .idle, at: house.clock.now))
        _ = try await house.perform("speaker/guest", #"{"speaker_name":"\#(speaker)","guest":true}"#)
        await house.household.observe(updates([speaker], at: house.clock.now))
        house.clock.advance(150)
        _ = try await house.perform("speaker/remove", #"{"speaker_name":"\#(speaker)"}"#)
        await house.household.observe(updates([speaker], .idle, at: house.clock.now))
        house.clock.advance(60)
        await house.household.advance()
        #expect(try await house.perform("listen/list", "{}")["history"]?.items.isEmpty == true)
    }

    @Test(
        "Bad input that names a guest's speaker anywhere is not kept",
        arguments: [
            #"{"title":"S","speaker_name":"media_player.study ","played_s":"x"}"#,
            #"{"title":"S","speaker_name":["media_player.study"]}"#,
            #"{"title":"S","listen":{"speaker":"study"}}"#,
        ])
    func guestErrors(listen: String) async throws {
        let house = try TestHouse()
        await house.household.observe(updates(["media_player.study"], .idle, at: house.clock.now))
        _ = try await house.perform("speaker/guest", #"{"speaker_name":"media_player.study","guest":true}"#)
        await #expect(throws: HouseholdError.self) { _ = try await house.perform("listen/add", listen) }
        #expect(try await house.perform("rejected/list", "{}")["rejected"]?.items.isEmpty == true)
    }

    @Test("A word that means something else is no profile's name", arguments: ProfileName.reserved.sorted())
    func reserved(name: String) async throws {
        let house = try TestHouse()
        let error = await #expect(throws: HouseholdError.self) {
            _ = try await house.perform("profile/add", #"{"name":"\#(name)"}"#)
        }
        #expect(error?.field == "name")
    }

    @Test("A profile that has such a name from before stays, and its listens", arguments: ProfileName.reserved.sorted())
    func reservedBefore(name: String) async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("house.db")
        try TestHouse.addProfile(name, toStoreAt: path)
        let house = try TestHouse(store: HouseholdDatabase(path: path))
        let receipt = try await house.listen(#"{"title":"A","artist":"B","profile":"\#(name)"}"#)
        #expect(receipt.listen?.profile == name)
        #expect(try await house.household.perform(ShowProfile(name: name)).stats.eventCount == 1)
    }

    @Test(
        "A row of an import with impossible numbers is refused by its place, and nothing is stored",
        arguments: [
            ImportedListen(startedAt: Date(timeIntervalSince1970: 9), artist: nil, title: "x", heardS: 1e300),
            ImportedListen(startedAt: Date(timeIntervalSince1970: 9), artist: nil, title: "x", durationS: -1),
            ImportedListen(startedAt: Date(timeIntervalSince1970: -9), artist: nil, title: "x"),
            ImportedListen(startedAt: Date(timeIntervalSince1970: 9), artist: nil, title: "x", speakerName: "a/+/#"),
        ])
    func importedRows(row: ImportedListen) async throws {
        let house = try TestHouse()
        let good = ImportedListen(startedAt: Date(timeIntervalSince1970: 9), artist: nil, title: "good")
        let error = await #expect(throws: HouseholdError.self) {
            _ = try await house.household.perform(ImportListens(profile: nil, speaker: nil, rows: [good, row]))
        }
        #expect(error?.field == "rows[1]")
        #expect(try house.listens().isEmpty)
    }

    private func updates(
        _ names: [String], _ state: PlayerState = .playing, at time: Date
    ) -> [(update: PlayerUpdate, rules: ListenRules)] {
        let media = state == .playing ? Media(title: "One", artist: "Artist", durationS: 200) : nil
        return names.map { name in
            (PlayerUpdate(speakerName: name, state: state, media: media, at: Moment(time)), ListenRules())
        }
    }
}
