import Foundation
import HauntTestSupport
import Household
import Taste
import Testing
import Wire

/// All that corrections may change and undoing must restore, apart from versions and times of tastes.
struct HouseSnapshot: Equatable {
    var profiles: [String] = []
    var displayNames: [String] = []
    var speakers: [String: [String]] = [:]
    var stats: [ProfileView.Stats] = []
    var listens: [Listen] = []
    var tastes: [String: Data] = [:]
    /// Versions of the tastes; compared by tests that want them.
    var versions: [String: Int] = [:]

    init(_ house: TestHouse) async throws {
        let views = try await house.household.ask(ListProfiles.self).profiles
        profiles = views.map(\.name)
        displayNames = views.map(\.displayName)
        speakers = views.reduce(into: [:]) { $0[$1.name] = $1.speakers }
        stats = views.map(\.stats)
        listens = try house.listens()
        tastes = try profiles.reduce(into: [:]) { $0[$1] = try house.tasteBytes(of: $1) }
        versions = views.reduce(into: [:]) { $0[$1.name] = $1.taste.version }
    }

    static func == (a: HouseSnapshot, b: HouseSnapshot) -> Bool {
        a.profiles == b.profiles && a.displayNames == b.displayNames && a.speakers == b.speakers && a.stats == b.stats
            && a.listens == b.listens && a.tastes == b.tastes
    }
}

extension TestHouse {
    /// Version of each profile's taste.
    func versions() async throws -> [String: Int] { try await HouseSnapshot(self).versions }

    /// The taste that the stored listens of a profile make.
    func rebuiltTaste(of name: String) throws -> Data {
        try store.read { store in
            let owner = try store.profiles().first { $0.name == name }?.owner ?? .nobody
            return try ProfileTaste.rebuilt(from: store.countedPlays(owner: owner, before: nil)).bytes
        }
    }

    /// Some months of music, skips and late reports too, of three people and of nobody.
    func fill(with random: inout SeededGenerator) async throws {
        _ = try await household.perform(AddProfile(name: "clara", displayName: "Clara"))
        for number in 0..<80 {
            clock.advance(Double.random(in: 0...200_000, using: &random))
            // One in eight comes late, which has its taste built anew.
            let late = Int.random(in: 0..<8, using: &random) == 0 ? Double.random(in: 0...2_000_000, using: &random) : 0
            let at = clock.now.addingTimeInterval(-late)
            let who = ["anna", "ben", "clara", "default"][Int.random(in: 0..<4, using: &random)]
            let speaker = ["study", "kitchen", "living_room"][Int.random(in: 0..<3, using: &random)]
            try await listen(
                #"""
                {"title":"T\#(Int.random(in: 0..<15, using: &random))","artist":"A\#(Int.random(in: 0..<6, using: &random))",
                 "profile":"\#(who)","speaker_name":"media_player.\#(speaker)","event_id":"\#(number)",
                 "started_at":"\#(RFC3339.string(from: at))","played_s":\#(Int.random(in: 3...400, using: &random))}
                """#)
        }
    }
}

/// Corrections as people may come to make them.
enum RandomCorrection {
    /// One that can be undone.
    static func next(
        _ random: inout SeededGenerator, in profiles: [String]
    ) -> (operation: String, fields: String) {
        let pick = { (names: [String], random: inout SeededGenerator) in
            names[Int.random(in: 0..<names.count, using: &random)]
        }
        let people = profiles.filter { $0 != "default" }
        let kind = Int.random(in: 0..<5, using: &random)
        if kind == 0, !people.isEmpty {
            let events = pick(["keep", "delete"], &random)
            return ("profile/remove", #"{"name":"\#(pick(people, &random))","events":"\#(events)"}"#)
        }
        let selection = [
            #""profile":"\#(pick(profiles, &random))""#, #""artist":"a\#(Int.random(in: 0..<6, using: &random))""#,
            #""speaker_name":"media_player.\#(pick(["study", "kitchen"], &random))""#,
        ].shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random)).joined(separator: ",")
        guard kind < 3 else { return ("listen/remove", "{\(selection)}") }
        return ("listen/reassign", #"{\#(selection),"to_profile":"\#(pick(profiles, &random))"}"#)
    }
}

/// Expects a ``HouseholdError``, and returns it.
@discardableResult
func expect(
    _ code: HouseholdError.Code, field: String?? = nil, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> some Sendable
) async -> HouseholdError? {
    let error = await #expect(throws: HouseholdError.self, sourceLocation: sourceLocation) { _ = try await body() }
    #expect(error?.code == code, sourceLocation: sourceLocation)
    if let field { #expect(error?.field == field, sourceLocation: sourceLocation) }
    return error
}
