import Foundation
import Household
import Listening
import Wire

/// What it costs to find out who heard a play of a shared speaker, against a speaker that has an owner, and in an import.
enum SharedBenchmark {
    private static let people = ["ben", "carla", "dan", "eve"]
    private static let shared = "media_player.living"
    private static let owned = "media_player.study"
    private static let listensEach = 75_000
    private static let plays = 1_000
    /// Plays of one session, all of one person's music.
    private static let session = 20
    private static let playedS = 200.0

    static func run(in folder: URL) async throws {
        let music = SyntheticMusic(tracks: 97_000)
        let house = try await house(with: music, in: folder)
        let alone = try await measure("a play on a speaker with an owner", owned, music, house)
        alone.report()
        try await measure("a play on a speaker that four share", shared, music, house).report(against: alone)
        let known = try await measureImport("import 10,000 plays of an owner", owned, music, house)
        known.report()
        try await measureImport("import 10,000 plays of a shared speaker", shared, music, house).report(against: known)
    }

    private static func house(with music: SyntheticMusic, in folder: URL) async throws -> House {
        var settings = HouseholdSettings()
        settings.shared = [shared: .profiles(people)]
        settings.speakers = [shared: nil, owned: people[0]]
        let house = try await House("shared", in: folder, settings: settings)
        try await house.bring(catalog: music.tracks)
        for (number, name) in people.enumerated() {
            let listens = music.listens(listensEach, until: House.end, seed: UInt64(number + 10))
            try await house.bring(listens: listens, of: name)
        }
        return house
    }

    /// Plays of one person after the other, in sessions that end.
    private static func measure(
        _ name: String, _ speaker: String, _ music: SyntheticMusic, _ house: House
    ) async throws -> Measurement {
        let taste = people.indices.map { music.listens(plays, until: House.end, seed: UInt64($0 + 10)) }
        return try await Measurement(name, times: plays) { number in
            let isNew = number.isMultiple(of: session)
            house.pass(isNew ? 7_200 : playedS + 1)
            let listen = taste[number / session % people.count][number]
            let start = RFC3339.string(from: house.moment.date.addingTimeInterval(-playedS))
            let json = #"""
                {"title":"\#(listen.title)","artist":"\#(listen.artist ?? "")","speaker_name":"\#(speaker)",
                 "started_at":"\#(start)","played_s":\#(playedS),"event_id":"\#(speaker) \#(number)"}
                """#
            _ = try await house.household.answer(AddListen.self, OperationInput(door: .http, payload: Array(json.utf8)))
        }
    }

    private static func measureImport(
        _ name: String, _ speaker: String, _ music: SyntheticMusic, _ house: House
    ) async throws -> Measurement {
        let until = house.moment.date.addingTimeInterval(-86_400)
        let rows = music.listens(10_000, until: until, seed: speaker == shared ? 30 : 31)
        return try await Measurement(name, times: 1) { _ in
            try await house.bring(listens: rows, of: nil, on: speaker)
        }
    }
}
