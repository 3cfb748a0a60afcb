import Foundation
import HauntTestSupport
import Household
import Testing
import Wire

@Suite("Imported listens of a shared speaker")
struct ListenerImportTests {
    private static let speaker = "media_player.living_room"
    private static let start = Date(timeIntervalSince1970: 1_780_000_000)

    /// A house in which Anna and Ben share a speaker, and each has played ten tracks of their own for a month.
    private func house() async throws -> TestHouse {
        var settings = HouseholdSettings()
        settings.shared = [Self.speaker: .profiles(["anna", "ben"])]
        settings.speakers = [Self.speaker: nil]
        let house = try TestHouse(settings: settings)
        for name in ["anna", "ben"] {
            let rows = (0..<300).map { row(name, $0 % 10, at: Double($0) * 8_000) }
            _ = try await house.household.perform(ImportListens(profile: name, speaker: nil, rows: rows))
        }
        return house
    }

    private func row(_ artist: String, _ number: Int, at seconds: Double) -> ImportedListen {
        ImportedListen(
            startedAt: Self.start.addingTimeInterval(seconds), artist: "\(artist)'s \(number % 4)",
            title: "Song \(number)", heardS: 180, durationS: 180)
    }

    /// Four sessions of eight plays, of Anna and Ben in turn.
    private var evening: [ImportedListen] {
        (0..<32).map { number in
            let name = number / 8 % 2 == 0 ? "anna" : "ben"
            return row(name, number % 8, at: 2_500_000 + Double(number) * 180 + Double(number / 8) * 7_200)
        }
    }

    private func bring(_ rows: [ImportedListen], into house: TestHouse) async throws {
        _ = try await house.household.perform(ImportListens(profile: nil, speaker: Self.speaker, rows: rows))
        _ = try await house.household.perform(RefreshTastes())
    }

    private func owners(_ house: TestHouse) throws -> [String?] {
        try house.listens().filter { $0.event.speakerName == Self.speaker }.map(\.profileName)
    }

    @Test("Each session goes to whom it sounds like, by the rule likeness, with confidence and all candidates")
    func attribution() async throws {
        let house = try await house()
        try await bring(evening, into: house)
        let listens = try house.listens().filter { $0.event.speakerName == Self.speaker }
        #expect(listens.count == 32)
        for (number, listen) in listens.enumerated() {
            #expect(listen.profileName == (number / 8 % 2 == 0 ? "anna" : "ben"), "\(number)")
            #expect(listen.event.rule == .likeness)
            let opinion = try #require(listen.event.opinion)
            #expect((opinion.confidence ?? 0) >= 0.95)
            #expect(Set(opinion.likely.map(\.profile)) == ["anna", "ben", nil])
            #expect(abs(opinion.likely.map(\.p).reduce(0, +) - 1) < 0.001)
        }
        #expect(Set(listens.map(\.event.opinion?.session)).count == 4)
    }

    @Test("A list of listens tells profile, rule, confidence and who is likely, as JSON does")
    func listed() async throws {
        let house = try await house()
        try await bring(evening, into: house)
        let page = try await house.perform("listen/list", #"{"limit":1}"#)
        let listen = page["history"]?.items.first
        #expect(listen?["profile"]?.text == "ben")
        #expect(listen?["rule"]?.text == "likeness")
        #expect((listen?["confidence"]?.number ?? 0) >= 0.95)
        #expect(listen?["likely"]?.items.first?["profile"]?.text == "ben")
    }

    @Test("The order of the rows in a file makes no difference")
    func order() async throws {
        let forward = try await house()
        try await bring(evening, into: forward)
        let backward = try await house()
        try await bring(evening.reversed(), into: backward)
        #expect(try owners(forward) == owners(backward))
    }

    @Test("Cutting a file between sessions changes nothing")
    func cut() async throws {
        let whole = try await house()
        try await bring(evening, into: whole)
        let parts = try await house()
        for part in stride(from: 0, to: 32, by: 8) {
            try await bring(Array(evening[part..<part + 8]), into: parts)
        }
        let opinions = { (house: TestHouse) in
            try house.listens().filter { $0.event.speakerName == Self.speaker }.map(\.event.opinion?.likely)
        }
        #expect(try opinions(whole) == opinions(parts))
        #expect(try whole.tasteBytes(of: "anna") == parts.tasteBytes(of: "anna"))
    }

    @Test("The tastes afterwards are those that a rebuild makes")
    func tastes() async throws {
        let house = try await house()
        try await bring(evening, into: house)
        for name in ["anna", "ben", "default"] {
            let bytes = try house.tasteBytes(of: name)
            _ = try await house.household.perform(BuildTaste(name: name))
            #expect(try house.tasteBytes(of: name) == bytes)
        }
    }

    @Test("Importing the same file again changes nothing")
    func again() async throws {
        let house = try await house()
        try await bring(evening, into: house)
        let before = try house.listens()
        try await bring(evening, into: house)
        #expect(try house.listens() == before)
    }

    @Test("The music of somebody of whom nothing is known stays open")
    func stranger() async throws {
        let house = try await house()
        let rows = (0..<12).map { number in
            ImportedListen(
                startedAt: Self.start.addingTimeInterval(2_600_000 + Double(number) * 200),
                artist: "Nobody's \(number)", title: "Song", heardS: 200, durationS: 200)
        }
        try await bring(rows, into: house)
        #expect(try owners(house) == Array(repeating: nil, count: 12))
        let listens = try house.listens().filter { $0.event.speakerName == Self.speaker }
        #expect(listens.allSatisfy { $0.event.rule == .likeness && $0.event.opinion?.confidence == nil })
    }

    @Test("A row that names its profile keeps it")
    func payload() async throws {
        let house = try await house()
        _ = try await house.household.perform(
            ImportListens(profile: "ben", speaker: Self.speaker, rows: Array(evening.prefix(8))))
        _ = try await house.household.perform(RefreshTastes())
        let listens = try house.listens().filter { $0.event.speakerName == Self.speaker }
        #expect(listens.allSatisfy { $0.profileName == "ben" && $0.event.rule == .payload })
    }

    @Test("Mapping a speaker ends its sharing, and its listens are its owner's then")
    func mapping() async throws {
        let house = try await house()
        _ = try await house.household.ask(SetSpeakerProfile.self, #"{"profile":"anna"}"#, on: "living_room")
        try await bring(evening, into: house)
        #expect(Set(try owners(house)) == ["anna"])
    }

    @Test("A listen that is taken back and restored has its opinion again")
    func undo() async throws {
        let house = try await house()
        try await bring(evening, into: house)
        let before = try house.listens()
        for verb in ["remove", "reassign"] {
            let to = verb == "reassign" ? #","to_profile":"anna""# : ""
            let answer = try await house.perform(
                "listen/\(verb)", #"{"speaker_name":"media_player.living_room"\#(to)}"#)
            let undo = try #require(answer["undo_id"]?.text)
            #expect(try house.listens() != before)
            _ = try await house.perform("listen/undo", #"{"undo_id":"\#(undo)"}"#)
            #expect(try house.listens() == before)
        }
    }
}
