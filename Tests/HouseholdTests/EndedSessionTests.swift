import Foundation
import HauntTestSupport
import Household
import Taste
import Testing
import Wire

@Suite("Evidence that comes when the session is over")
struct EndedSessionTests {
    private func tellHome(in house: TestHouse) async {
        // A broker that was away keeps what was true for longer.
        await house.household.observe([
            .home(person: "anna", false, at: house.clock.now, isReplay: true),
            .home(person: "ben", true, at: house.clock.now, isReplay: true),
        ])
    }

    private func attributions(in house: TestHouse) -> [AttributionChangeView] {
        house.recorder.events.compactMap { if case .listensAttributed(let change) = $0 { change } else { nil } }
    }

    @Test("Where people were moves the listens of a session that is over, with their tastes and no other taste")
    func whereabouts() async throws {
        let house = try await TestHouse.sharedByTwo()
        for track in 0..<2 { try await house.playShared("Unheard", track) }
        await house.endSession()
        #expect(try house.sharedListens().allSatisfy { $0.profileName == nil })
        let anna = try house.tasteBytes(of: "anna")
        await tellHome(in: house)
        #expect(try house.sharedListens().allSatisfy { $0.profileName == "ben" && $0.event.rule == .presence })
        #expect(attributions(in: house).map { $0.listens.map(\.after) } == [["ben", "ben"]])
        #expect(try house.tasteBytes(of: "anna") == anna)
        for name in ["ben", "default"] {
            #expect(try house.tasteBytes(of: name) == house.rebuiltTaste(of: name))
        }
        // It is told once, and said again it changes nothing.
        await tellHome(in: house)
        #expect(attributions(in: house).count == 1)
    }

    @Test("A listen that is handed in late and names its profile counts for the session that it was in")
    func named() async throws {
        let house = try await TestHouse.sharedByTwo()
        for track in 0..<2 { try await house.playShared("Unheard", track) }
        let during = house.clock.now.addingTimeInterval(10)
        await house.endSession()
        try await house.listen(
            #"{"title":"Other","artist":"Unheard","played_s":100,"profile":"ben","speaker_name":"living_room","#
                + #""started_at":"\#(RFC3339.string(from: during))"}"#)
        let listens = try house.sharedListens()
        #expect(listens.count == 3 && listens.allSatisfy { $0.profileName == "ben" })
        #expect(listens.prefix(2).allSatisfy { $0.event.rule == .user })
        #expect(try house.tasteBytes(of: "ben") == house.rebuiltTaste(of: "ben"))
    }

    @Test("What somebody said of a session that is over is not weakened by evidence that comes later")
    func said() async throws {
        let house = try await TestHouse.sharedByTwo()
        for track in 0..<2 { try await house.playShared("Unheard", track) }
        await house.endSession()
        _ = try await house.household.perform(SetListener("anna", onSpeaker: TestHouse.sharedSpeaker))
        await tellHome(in: house)
        #expect(try house.sharedListens().allSatisfy { $0.profileName == "anna" && $0.event.rule == .said })
    }

    @Test("A voice after other people began to share the speaker is of their session")
    func sharedByOthers() async throws {
        let house = try await TestHouse.sharedByTwo()
        let speaker = TestHouse.sharedSpeaker
        try await house.playShared("Unheard", 1)
        house.clock.advance(60)
        _ = try await house.perform("profile/add", #"{"name":"carl"}"#)
        _ = try await house.perform(
            "speaker/shared", #"{"speaker_name":"\#(speaker)","profiles":["ben","carl"]}"#)
        await house.household.observe([
            .voice(person: "carl", confidence: 0.99, place: speaker, at: house.clock.now)
        ])
        #expect(try await house.household.perform(GetListener(onSpeaker: speaker)).likely.first?.profile == "carl")
    }

    @Test("What a person gave to somebody stays, and so does a session that ended more than twelve hours ago")
    func stays() async throws {
        let house = try await TestHouse.sharedByTwo()
        try await house.playShared("Unheard", 1)
        await house.endSession()
        house.clock.advance(43_200)
        try await house.playShared("Unheard", 2)
        await house.endSession()
        _ = try await house.household.ask(
            ReassignListens.self,
            #"{"session":\#(try #require(house.sharedListens().last?.event.opinion?.session)),"#
                + #""to_profile":"anna"}"#)
        await tellHome(in: house)
        #expect(try house.sharedListens().map(\.profileName) == [nil, "anna"])
    }
}

@Suite("What is known of listeners is what the store says")
struct ListenerStateTests {
    /// Something that happens in the house.
    private enum Step {
        case play(artist: String, track: Int)
        case pass(TimeInterval)
        case voice(String)
        case say(String)
        case correct(String)
        case undo
    }

    private static func steps(_ random: inout SeededGenerator) -> [Step] {
        let speaker = #""speaker_name":"living_room""#
        return (0..<40).map { _ in
            let name = ["anna", "ben"][Int.random(in: 0..<2, using: &random)]
            switch Int.random(in: 0..<20, using: &random) {
            case 0: return .pass(2_000)
            case 1: return .voice(name)
            case 2: return .say([name, "nobody", "auto"][Int.random(in: 0..<3, using: &random)])
            case 3: return .correct(#"reassign {\#(speaker),"to_profile":"\#(name)"}"#)
            case 4:
                return .correct(
                    #"remove {\#(speaker),"artist":"\#(name)'s \#(Int.random(in: 0..<8, using: &random))"}"#)
            case 5: return .undo
            default:
                let artist = Int.random(in: 0..<10, using: &random)
                return .play(artist: artist < 8 ? "\(name)'s \(artist)" : "Unheard \(artist)", track: artist)
            }
        }
    }

    private func perform(_ step: Step, in house: TestHouse, _ corrections: inout [String]) async throws {
        switch step {
        case .play(let artist, let track): try await house.playShared(artist, track)
        case .pass(let seconds):
            house.clock.advance(seconds)
            await house.household.advance()
        case .voice(let name):
            await house.household.observe([
                .voice(person: name, confidence: 0.8, place: TestHouse.sharedSpeaker, at: house.clock.now)
            ])
        case .say(let name):
            _ = try await house.household.ask(
                SetListener.self, #"{"speaker_name":"living_room","profile":"\#(name)"}"#)
        case .correct(let words):
            let parts = words.split(separator: " ", maxSplits: 1).map(String.init)
            let answer = try await house.perform("listen/\(parts[0])", parts[1])
            if let id = answer["undo_id"]?.text { corrections.append(id) }
        case .undo:
            guard let id = corrections.popLast() else { return }
            _ = try? await house.perform("listen/undo", #"{"undo_id":"\#(id)"}"#)
        }
    }

    @Test(
        "A house that is killed between any two steps comes to the same listens and tastes as one that is not",
        arguments: RandomSeeds.first(2, of: 12))
    func killed(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let steps = Self.steps(&random)
        let whole = try await TestHouse.sharedByTwo()
        var broken = try await TestHouse.sharedByTwo()
        var corrections = (whole: [String](), broken: [String]())
        for step in steps + [.pass(2_000)] {
            try await perform(step, in: whole, &corrections.whole)
            try await perform(step, in: broken, &corrections.broken)
            if Bool.random(using: &random) { broken = try await broken.openedAgain() }
            try expectEqual(whole.sharedListens(), broken.sharedListens(), "\(step)")
        }
        for name in ["anna", "ben", "default"] {
            #expect(try whole.tasteBytes(of: name) == broken.tasteBytes(of: name))
            #expect(try whole.tasteBytes(of: name) == whole.rebuiltTaste(of: name))
        }
    }

    @Test("A catalog that is read anew, with other rows, changes nothing of who is believed")
    func catalog() async throws {
        let demo = (0..<7).map { TrackDetails(artist: "Demo \($0)", title: "Song") }
        let whole = try await TestHouse.sharedByTwo(demo: demo)
        let changed = try await TestHouse.sharedByTwo(demo: demo)
        for house in [whole, changed] { try await house.playShared("anna's 1", 1) }
        // It removes the demo tracks that nobody played, and the rows of all others move up.
        _ = try await changed.household.perform(ImportCatalog(rows: [TrackDetails(artist: "Other", title: "Song")]))
        for house in [whole, changed] { for track in 2..<6 { try await house.playShared("anna's \(track)", track) } }
        try expectEqual(whole.sharedListens(), changed.sharedListens(), "a catalog")
    }

    /// The same listens with the same beliefs, but for rounding.
    private func expectEqual(_ a: [Listen], _ b: [Listen], _ step: String) {
        #expect(a.map(\.profileName) == b.map(\.profileName), "\(step)")
        #expect(a.map(\.event.rule) == b.map(\.event.rule), "\(step)")
        for (one, other) in zip(a, b) {
            let likely = zip(one.event.opinion?.likely ?? [], other.event.opinion?.likely ?? [])
            let isEqual = likely.allSatisfy { $0.profile == $1.profile && abs($0.p - $1.p) < 0.000_3 }
            #expect(isEqual, "\(step): \(one.event.media) \(Array(likely))")
        }
    }
}
