import Foundation
import HauntTestSupport
import Household
import Testing
import Wire

@Suite("The same listen, by whatever door")
struct SameListenTests {
    private static let study = "media_player.study"
    /// Sunday, 22 November 2026, 10:00:17 UTC.
    private static let start = Date(timeIntervalSince1970: 1_795_341_617)

    private static func time(_ seconds: Double) -> String { RFC3339.string(from: start.addingTimeInterval(seconds)) }

    private static func row(
        _ seconds: Double, heardS: Double? = 180, on speaker: String? = nil, title: String = "Jóga"
    ) -> ImportedListen {
        ImportedListen(
            startedAt: start.addingTimeInterval(seconds), artist: "Björk", title: title, heardS: heardS,
            speakerName: speaker)
    }

    private static func add(
        _ rows: [ImportedListen], profile: String? = nil, speaker: String? = nil, file: String? = nil,
        withRemoved: Bool = false, to house: TestHouse
    ) async throws -> ImportView {
        try await house.household.perform(
            ImportListens(profile: profile, speaker: speaker, rows: rows, file: file, withRemoved: withRemoved))
    }

    /// A play on the study's speaker, which is Anna's.
    private func houseWithPlay() async throws -> TestHouse {
        let house = try TestHouse.withTwoPeople()
        try await house.listen(
            #"""
            {"title":"Jóga","artist":"Björk","started_at":"\#(Self.time(0))","played_s":180,"event_id":"e1",
             "speaker_name":"media_player.study"}
            """#)
        return house
    }

    @Test(
        "A row that names no speaker is a listen that was heard, within 10 s, or 90 s where its times are whole minutes",
        arguments: [
            (-10.0, 180.0, true), (10, 180, true), (11, 180, false), (-11, 180, false),
            // It ends, or begins, at a whole minute.
            (43, 180, true), (-77, 180, true), (103, 180, false), (43 - 3, 183, true),
        ] as [(Double, Double, Bool)])
    func heardThenImported(apartS: Double, heardS: Double, isSame: Bool) async throws {
        let house = try await houseWithPlay()
        let view = try await Self.add([Self.row(apartS, heardS: heardS)], profile: "anna", to: house)
        #expect(view == ImportView(added: isSame ? 0 : 1, known: isSame ? 1 : 0))
    }

    @Test("Another speaker, or the profile of another person, makes two listens of it")
    func contradiction() async throws {
        for (speaker, profile, added) in [
            (nil, "ben", 1), (nil, "anna", 0), (nil, nil, 0), ("media_player.kitchen", nil, 1), (Self.study, nil, 0),
            (Self.study, "ben", 0),
        ] as [(String?, String?, Int)] {
            let house = try await houseWithPlay()
            #expect(try await Self.add([Self.row(1, on: speaker)], profile: profile, to: house).added == added)
        }
    }

    @Test("A submission and the export of the same play are one listen, in either order")
    func submittedAndImported() async throws {
        for isImportFirst in [true, false] {
            let house = try TestHouse.withTwoPeople()
            let submit = {
                try await house.listen(
                    #"{"title":"Joga","artist":"Bjork","profile":"anna","started_at":"\#(Self.time(4))"}"#)
            }
            if isImportFirst { _ = try await Self.add([Self.row(0)], profile: "anna", to: house) }
            let receipt = try await submit()
            #expect(receipt.stored && receipt.isDuplicate == isImportFirst)
            if !isImportFirst { #expect(try await Self.add([Self.row(0)], profile: "anna", to: house).known == 1) }
            #expect(try house.listens().count == 1)
        }
    }

    @Test("A real repeat is stored twice: rows and listens are matched one to one, across batches, too")
    func oneToOne() async throws {
        for file in [nil, "a file"] {
            let house = try await houseWithPlay()
            // Three short plays within a minute and a half, of which one was heard.
            let rows = [0.0, 8, 43].map { Self.row($0, heardS: $0 == 43 ? 180 : 5) }
            var added = 0
            for batch in file == nil ? [rows] : rows.map({ [$0] }) {
                added += try await Self.add(batch, profile: "anna", file: file, to: house).added
            }
            #expect(added == 2)
            for batch in file == nil ? [rows] : rows.map({ [$0] }) {
                #expect(try await Self.add(batch, profile: "anna", file: file.map { $0 + "2" }, to: house).added == 0)
            }
            #expect(try house.listens().count == 3)
        }
    }

    @Test(
        "A file imported again adds nothing, whatever changed meanwhile",
        arguments: ["mapping", "profile", "forgotten", "removed", "removed with listens", "purged"])
    func importAgain(change: String) async throws {
        let house = try TestHouse.withTwoPeople()
        let rows = (0..<30).map { Self.row(Double($0) * 60, heardS: 60, on: $0 % 2 == 0 ? Self.study : nil) }
        let profile = ["mapping", "profile"].contains(change) ? nil : "anna"
        let first = change == "forgotten" ? nil : profile
        #expect(try await Self.add(rows, profile: first, to: house).added == 30)
        switch change {
        case "mapping":
            _ = try await house.perform("speaker/profile", #"{"speaker_name":"\#(Self.study)","profile":"ben"}"#)
        case "profile":
            _ = try await house.perform("speaker/profile", #"{"speaker_name":"\#(Self.study)","profile":null}"#)
        case "removed": _ = try await house.perform("profile/remove", #"{"name":"anna"}"#)
        case "removed with listens":
            _ = try await house.perform("profile/remove", #"{"name":"anna","events":"delete"}"#)
        case "purged":
            _ = try await house.perform("profile/remove", #"{"name":"anna","events":"delete","purge":true}"#)
        default: break
        }
        if change.hasPrefix("removed") || change == "purged" {
            _ = try await house.household.perform(AddProfile(name: "anna"))
        }
        let count = try house.listens().count
        let again = try await Self.add(rows, profile: profile, to: house)
        #expect(again.added == 0)
        #expect(again.known + again.removed == 30)
        #expect(try house.listens().count == count)
        if change == "purged" {
            #expect(try await Self.add(rows, profile: "anna", withRemoved: true, to: house).added == 30)
        }
    }

    @Test("Two rows that differ in the seconds heard alone are two listens, and so are those of two named profiles")
    func rowsOfOneFile() async throws {
        let house = try TestHouse.withTwoPeople()
        let rows = [Self.row(0), Self.row(0, heardS: 5), Self.row(0)]
        #expect(try await Self.add(rows, profile: "anna", to: house) == ImportView(added: 2, known: 1))
        #expect(try await Self.add(rows, profile: "ben", to: house) == ImportView(added: 2, known: 1))
        #expect(try await Self.add(rows, to: house).added == 0)
    }

    @Test("A removed listen that is sent again stays removed, by every door, until the removal is undone")
    func removed() async throws {
        let house = try await houseWithPlay()
        let answer = try await house.perform("listen/remove", #"{"profile":"anna"}"#)
        let bytes = try house.tasteBytes(of: "anna")
        for json in [
            #"{"title":"Jóga","artist":"Björk","event_id":"e1"}"#,
            #"{"title":"Jóga","artist":"Björk","started_at":"\#(Self.time(9))","speaker_name":"media_player.study"}"#,
            #"{"title":"joga","artist":"bjork","started_at":"\#(Self.time(-9))","profile":"anna"}"#,
        ] {
            let receipt = try await house.listen(json)
            #expect(!receipt.stored)
            #expect(receipt.reason == "removed")
        }
        #expect(try await Self.add([Self.row(1), Self.row(43)], profile: "anna", to: house).removed == 1)
        _ = try await house.perform("listen/undo", #"{"undo_id":"\#(answer["undo_id"]?.text ?? "")"}"#)
        let receipt = try await house.listen(#"{"title":"Jóga","artist":"Björk","event_id":"e1"}"#)
        #expect(receipt.stored && receipt.isDuplicate)
        #expect(try house.tasteBytes(of: "anna") != bytes)
    }

    @Test("A removed listen stays removed when its removal can no longer be undone")
    func removedLongAgo() async throws {
        let house = try await houseWithPlay()
        _ = try await house.perform("listen/remove", #"{"profile":"anna"}"#)
        house.clock.advance(Limits.undoS + 1)
        try await house.listen(#"{"title":"Other","artist":"Björk","profile":"anna"}"#)
        _ = try await house.perform("listen/remove", #"{"profile":"anna"}"#)
        #expect(try await house.listen(#"{"title":"Jóga","artist":"Björk","event_id":"e1"}"#).reason == "removed")
    }
}
