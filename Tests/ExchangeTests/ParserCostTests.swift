import Foundation
import Household
import Testing

@testable import Exchange

/// The cost of parsing grows with the size of a file, whatever is in it: bytes that are scanned in vain are counted.
struct ParserCostTests {
    /// Files of rows that have no end, or that enclose each other.
    private static let hostile = [
        "a text without end": "[\"" + String(repeating: "a", count: 3 << 19),
        "a row without end": "[{\"a\":\"" + String(repeating: "a", count: 3 << 19),
        "a line without end": String(repeating: "a", count: 3 << 19),
        "a quote without end": "timestamp,artist,title\n\"" + String(repeating: "a\n", count: 700_000),
        "quotes that enclose lines": "timestamp,artist,title\n"
            + String(repeating: String(repeating: "x", count: 1_000) + "\",\"\n", count: 2_000),
        "blanks": String(repeating: " ", count: 3 << 19),
    ]

    @Test("Bytes scanned in vain are no more than a few times the file, in chunks of any size", arguments: hostile.keys)
    func scansOnce(name: String) throws {
        let bytes = Array(try #require(Self.hostile[name]).utf8)
        for chunkBytes in [997, 1 << 20] {
            let (csv, json) = Self.read(bytes, chunkBytes: chunkBytes)
            for buffer in [csv.buffer, json.buffer] {
                #expect(buffer.scannedAgain <= 6 * (bytes.count + ImportLimits.rowBytes), "\(chunkBytes)")
                #expect(buffer.bytes.count <= ImportLimits.rowBytes + 2 * chunkBytes, "\(chunkBytes)")
            }
        }
    }

    @Test("A file of blanks is not kept in memory until it ends")
    func blanks() {
        var parser = ListenFileParser()
        var items: [ImportedItem<ImportedListen>] = []
        for _ in 0..<5 { parser.parse(Data(repeating: 0x20, count: 1 << 20)) { items.append($0) } }
        parser.finish { items.append($0) }
        #expect(items.count == 1)
    }

    @Test("Long names of nested objects are not joined for each of many values")
    func longNames() {
        let levels = 20
        let open = String(repeating: "{\"\(String(repeating: "k", count: 20_000))\":", count: levels)
        let values = "{" + String(repeating: "\"a\":1,", count: 30_000) + "\"b\":[[1],{\"title\":2}]}"
        let row = Files.listens("{\"title\":\"T\",\"x\":\(open)\(values)\(String(repeating: "}", count: levels + 1))")
        #expect(row == [Files.problem(1, "the time is missing")] || row == [Files.problem(1, "timestamp is missing")])
    }

    @Test("Lines that a stray quote encloses are read, and so are rows of several lines after it")
    func strayQuotes() {
        let good = "2026-11-22T12:00:00Z,A,\"two\nlines\"\n"
        let rows = Files.listens("timestamp,artist,title\n\"2026,A,T\n" + good + "2026-11-22T12:00:00Z,A,T\n" + good)
        #expect(rows.filter { if case .row = $0 { true } else { false } }.count == 3)
    }

    private static func read(_ bytes: [UInt8], chunkBytes: Int) -> (CSVReader, JSONSplitter) {
        var (csv, json) = (CSVReader(), JSONSplitter())
        csv.fieldCount = 3
        for start in stride(from: 0, through: bytes.count, by: chunkBytes) {
            let chunk = bytes[start..<min(start + chunkBytes, bytes.count)]
            let isLast = start + chunkBytes > bytes.count
            csv.append(chunk)
            json.append(chunk)
            if csv.detectDelimiter(isLast: isLast) { while csv.next(isLast: isLast) != nil {} }
            while json.next(isLast: isLast) != nil {}
        }
        return (csv, json)
    }
}
