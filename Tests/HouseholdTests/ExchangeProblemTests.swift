import Foundation
import Testing

@testable import Household

struct ExchangeProblemTests {
    private let noon = Exchange.date("2026-11-22T12:00:00Z")

    @Test(
        "A row that cannot be read is reported with its line, and the rest is read",
        arguments: [
            ("2026-11-22T12:00:00Z,A,,1", "title is missing"),
            ("yesterday,A,T,1", "timestamp must be a time like 2026-11-22T18:04:05Z"),
            (",A,T,1", "timestamp is missing"),
            ("2026-11-22T12:00:00Z,A,T,soon", "ms_played must be a number from 0.0 to 86400000.0"),
            ("2026-11-22T12:00:00Z,A,T,-5", "ms_played must be a number from 0.0 to 86400000.0"),
            ("2026-11-22T12:00:00Z,A,T,0x10", "ms_played must be a number from 0.0 to 86400000.0"),
            ("2026-11-22T12:00:00Z,A,T,nan", "ms_played must be a number from 0.0 to 86400000.0"),
            ("2026-11-22T12:00:00Z,A,T", "the number of fields is 3, and 4 in the first line"),
            ("2026-11-22T12:00:00Z,A,T,1,2", "the number of fields is 5, and 4 in the first line"),
            ("2026-11-22T12:00:00Z,\"A\"B,T,1", "a quoted field goes on after its closing quote"),
        ])
    func goesOnAfterProblem(line: String, message: String) {
        let items = Exchange.listens("timestamp,artist,title,ms_played\n\(line)\n2026-11-22T12:00:00Z,A,T,1000\n")
        #expect(
            items == [
                Exchange.problem(2, message),
                .row(ImportedListen(line: 3, startedAt: noon, artist: "A", title: "T", heardS: 1)),
            ])
    }

    @Test("A quote that is never closed costs its own line alone")
    func endsOpenQuote() {
        let items = Exchange.listens("timestamp,artist,title\n2026-11-22T12:00:00Z,\"A,T\n2026-11-22T12:00:00Z,A,T\n")
        #expect(
            items == [
                Exchange.problem(2, "a quote is opened and never closed, or the row is longer than a row can be"),
                .row(ImportedListen(line: 3, startedAt: noon, artist: "A", title: "T")),
            ])
    }

    @Test("A stray quote that is closed much later costs its own line alone")
    func endsStrayQuote() {
        let row = "2026-11-22T12:00:00Z,A,T\n"
        let items = Exchange.listens("timestamp,artist,title\n2026-11-22T12:00:00Z,\"A,T\n\(row)x\"\n\(row)")
        #expect(
            items == [
                Exchange.problem(2, "the number of fields is 2, and 3 in the first line"),
                .row(ImportedListen(line: 3, startedAt: noon, artist: "A", title: "T")),
                Exchange.problem(4, "the number of fields is 1, and 3 in the first line"),
                .row(ImportedListen(line: 5, startedAt: noon, artist: "A", title: "T")),
            ])
    }

    @Test("A huge field is reported without being kept, and the rest is read")
    func endsHugeField() {
        for field in [String(repeating: "x", count: 3 << 20), "\"" + String(repeating: "x", count: 3 << 20) + "\""] {
            let text = "timestamp,artist,title\n2026-11-22T12:00:00Z,A,\(field)\n2026-11-22T12:00:00Z,A,T\n"
            let items = Exchange.listens(text, chunkBytes: 1 << 16)
            #expect(items.count == 2)
            #expect(items.last == .row(ImportedListen(line: 3, startedAt: noon, artist: "A", title: "T")))
        }
        let long = String(repeating: "x", count: 1001)
        #expect(
            Exchange.listens("timestamp,artist,title\n2026-11-22T12:00:00Z,\(long),T") == [
                Exchange.problem(2, "artist has more than 1000 characters")
            ])
    }

    @Test("Bytes that are no UTF-8 cost their row alone")
    func refusesBadUTF8() {
        var data = Data("timestamp,artist,title\n2026-11-22T12:00:00Z,A".utf8)
        data.append(contentsOf: [0xC3, 0x28])
        data.append(contentsOf: Data(",T\n2026-11-22T12:00:00Z,A,T\n{".utf8))
        let items = Exchange.listens(data)
        #expect(items.first == Exchange.problem(2, "artist is not UTF-8"))
        #expect(items.count == 3)
        let json = Data(#"{"name":"T","uts":1795348800,"artist":""#.utf8) + [0xFF] + Data("\"}".utf8)
        #expect(Exchange.listens(json) == [Exchange.problem(1, "this is not JSON that can be read")])
    }

    @Test("An empty file and a header nobody knows are problems; a header alone is none")
    func checksBeginning() {
        let header = "the first line must name the columns timestamp, artist and title, or those of a known export"
        #expect(Exchange.listens("") == [Exchange.problem(1, "the file is empty")])
        #expect(Exchange.listens(" \n\n") == [Exchange.problem(1, "the file is empty")])
        #expect(Exchange.listens("name,date\na,b\nc,d\n") == [Exchange.problem(1, header)])
        #expect(Exchange.listens("just some text") == [Exchange.problem(1, header)])
        #expect(Exchange.listens("timestamp,artist,title\n").isEmpty)
        #expect(Exchange.listens("[]").isEmpty)
    }

    @Test(
        "JSON that ends too soon keeps what stands before",
        arguments: [
            (#"[{"name":"T","uts":1795348800},"#, 1, "the file ends before its JSON does"),
            ("[{\"name\":\"T\",\"uts\":1795348800},\n{\"na", 2, "the file ends in the middle of a row"),
            (#"[{"name":"T","uts":1795348800}]]"#, 1, "there is a bracket too many"),
            (#"[{"name":"T","uts":1795348800} % ]"#, 1, "this is not JSON"),
            ("{\"name\":\"T\",\"uts\":1795348800}\n{\"name\":", 2, "the file ends in the middle of a row"),
            (#"[{"name":"T","uts":1795348800},{"name":T}]"#, 1, "this is not JSON that can be read"),
            (#"[{"name":"T","uts":1795348800},{"name":"\q"}]"#, 1, "this is not JSON that can be read"),
            (#"[{"name":"T","uts":1795348800},{"x":1}]"#, 1, "title is missing"),
            (#"[{"name":"T","uts":1795348800},{"name":"U"}]"#, 1, "timestamp is missing"),
            (#"[{"name":"T","uts":1795348800},{"name":"U","date":"once"}]"#, 1, "the time cannot be read as a time"),
            (#"[{"name":"T","uts":1795348800},{"name":["U"],"uts":1}]"#, 1, "title must be a text"),
        ])
    func keepsWhatStandsBefore(text: String, line: Int, message: String) {
        #expect(
            Exchange.listens(text) == [
                .row(ImportedListen(line: 1, startedAt: noon, artist: nil, title: "T")),
                Exchange.problem(line, message),
            ])
    }

    @Test("Where rows have lines, a broken one costs its own line alone")
    func recoversLines() {
        let items = Exchange.listens(
            """
            {"name":"T","uts":1795348800}
            {"name":"T","uts":17
            nonsense %
            {"name":"T"]
            {"name":"U","uts":1795348800}

            """)
        #expect(
            items == [
                .row(ImportedListen(line: 1, startedAt: noon, artist: nil, title: "T")),
                Exchange.problem(2, "the row ends in the middle"),
                Exchange.problem(3, "this is not JSON"),
                Exchange.problem(4, "this is not JSON that can be read"),
                .row(ImportedListen(line: 5, startedAt: noon, artist: nil, title: "U")),
            ])
    }

    @Test("A broken first line does not hide that rows have lines", arguments: ["{\"name\":\"T", "{\"name\":[", "{\""])
    func recoversFirstLine(broken: String) {
        #expect(
            Exchange.listens("\(broken)\n{\"name\":\"U\",\"uts\":1795348800}\n") == [
                Exchange.problem(1, "the row ends in the middle"),
                .row(ImportedListen(line: 2, startedAt: noon, artist: nil, title: "U")),
            ])
    }

    @Test("Nesting has a limit")
    func limitsNesting() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(Exchange.listens("[{\"name\":\(deep)").count == 1)
        #expect(Exchange.listens(deep) == [Exchange.problem(1, "the JSON is nested too deep")])
    }
}
