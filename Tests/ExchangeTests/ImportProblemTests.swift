import Exchange
import Foundation
import Household
import Testing

struct ImportProblemTests {
    private let noon = Files.date("2026-11-22T12:00:00Z")

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
        let items = Files.listens("timestamp,artist,title,ms_played\n\(line)\n2026-11-22T12:00:00Z,A,T,1000\n")
        #expect(
            items == [
                Files.problem(2, message),
                .row(ImportedListen(startedAt: noon, artist: "A", title: "T", heardS: 1), line: 3),
            ])
    }

    @Test("A quote that is never closed costs its own line alone")
    func endsOpenQuote() {
        let items = Files.listens("timestamp,artist,title\n2026-11-22T12:00:00Z,\"A,T\n2026-11-22T12:00:00Z,A,T\n")
        #expect(
            items == [
                Files.problem(2, "a quote is opened and never closed, or the row is longer than a row can be"),
                .row(ImportedListen(startedAt: noon, artist: "A", title: "T"), line: 3),
            ])
    }

    @Test("A stray quote that is closed much later costs its own line alone")
    func endsStrayQuote() {
        let row = "2026-11-22T12:00:00Z,A,T\n"
        let items = Files.listens("timestamp,artist,title\n2026-11-22T12:00:00Z,\"A,T\n\(row)x\"\n\(row)")
        #expect(
            items == [
                Files.problem(2, "the number of fields is 2, and 3 in the first line"),
                .row(ImportedListen(startedAt: noon, artist: "A", title: "T"), line: 3),
                Files.problem(4, "the number of fields is 1, and 3 in the first line"),
                .row(ImportedListen(startedAt: noon, artist: "A", title: "T"), line: 5),
            ])
    }

    @Test("A huge field is reported without being kept, and the rest is read")
    func endsHugeField() {
        for field in [String(repeating: "x", count: 3 << 20), "\"" + String(repeating: "x", count: 3 << 20) + "\""] {
            let text = "timestamp,artist,title\n2026-11-22T12:00:00Z,A,\(field)\n2026-11-22T12:00:00Z,A,T\n"
            let items = Files.listens(text, chunkBytes: 1 << 16)
            #expect(items.count == 2)
            #expect(items.last == .row(ImportedListen(startedAt: noon, artist: "A", title: "T"), line: 3))
        }
        let long = String(repeating: "x", count: 1001)
        #expect(
            Files.listens("timestamp,artist,title\n2026-11-22T12:00:00Z,\(long),T") == [
                Files.problem(2, "artist has more than 1000 characters")
            ])
    }

    @Test("Bytes that are no UTF-8 cost their row alone")
    func refusesBadUTF8() {
        var data = Data("timestamp,artist,title\n2026-11-22T12:00:00Z,A".utf8)
        data.append(contentsOf: [0xC3, 0x28])
        data.append(contentsOf: Data(",T\n2026-11-22T12:00:00Z,A,T\n{".utf8))
        let items = Files.listens(data)
        #expect(items.first == Files.problem(2, "artist is not UTF-8"))
        #expect(items.count == 3)
        let json = Data(#"{"name":"T","uts":1795348800,"artist":""#.utf8) + [0xFF] + Data("\"}".utf8)
        #expect(Files.listens(json) == [Files.problem(1, "this is not JSON that can be read")])
    }

    @Test("An empty file and a header nobody knows are problems; a header alone is none")
    func checksBeginning() {
        let header = "the first line must name the columns timestamp, artist and title, or those of a known export"
        #expect(Files.listens("") == [Files.problem(1, "the file is empty")])
        #expect(Files.listens(" \n\n") == [Files.problem(1, "the file is empty")])
        #expect(Files.listens("name,date\na,b\nc,d\n") == [Files.problem(1, header)])
        #expect(Files.listens("just some text") == [Files.problem(1, header)])
        #expect(Files.listens("timestamp,artist,title\n").isEmpty)
        #expect(Files.listens("[]").isEmpty)
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
            Files.listens(text) == [
                .row(ImportedListen(startedAt: noon, artist: nil, title: "T"), line: 1),
                Files.problem(line, message),
            ])
    }

    @Test("Where rows have lines, a broken one costs its own line alone")
    func recoversLines() {
        let items = Files.listens(
            """
            {"name":"T","uts":1795348800}
            {"name":"T","uts":17
            nonsense %
            {"name":"T"]
            {"name":"U","uts":1795348800}

            """)
        #expect(
            items == [
                .row(ImportedListen(startedAt: noon, artist: nil, title: "T"), line: 1),
                Files.problem(2, "the row ends in the middle"),
                Files.problem(3, "this is not JSON"),
                Files.problem(4, "this is not JSON that can be read"),
                .row(ImportedListen(startedAt: noon, artist: nil, title: "U"), line: 5),
            ])
    }

    @Test("A broken first line does not hide that rows have lines", arguments: ["{\"name\":\"T", "{\"name\":[", "{\""])
    func recoversFirstLine(broken: String) {
        #expect(
            Files.listens("\(broken)\n{\"name\":\"U\",\"uts\":1795348800}\n") == [
                Files.problem(1, "the row ends in the middle"),
                .row(ImportedListen(startedAt: noon, artist: nil, title: "U"), line: 2),
            ])
    }

    @Test("Nesting has a limit")
    func limitsNesting() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(Files.listens("[{\"name\":\(deep)").count == 1)
        #expect(Files.listens(deep) == [Files.problem(1, "the JSON is nested too deep")])
    }
}
