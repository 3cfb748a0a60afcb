import Foundation
import Testing

@testable import Wire

@Suite("Reading JSON")
struct JSONReaderTests {
    private func read(_ text: String) -> JSONValue? { try? WireJSON.decode(Array(text.utf8)) }

    @Test(
        "It reads what Foundation reads, as the same value",
        arguments: [
            #"{"a":[1,-2.5,1e3,0,-0.0,1E-2],"b":{"c":null,"d":true,"e":false}}"#, "[]", "{}", " [ 1 , 2 ] ", "\t7\n",
            #""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀""#, #"[[[[]]],{"":""}]"#, "9007199254740993",
            "123456789012345678901234567890",
        ])
    func sameAsFoundation(text: String) throws {
        #expect(read(text) == (try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))))
    }

    @Test(
        "What is not JSON is refused",
        arguments: [
            "{", "}", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{a:1}", "'a'", "01", "-", "1.", ".5", "+1", "1e", "tru",
            "nul", "\"a",
            "\"a\nb\"", #""\x""#, #""\u12""#, #""\ud83d""#, #""\ud83dx""#, "[1] 2", "NaN", "Infinity", "0x10", "1 2",
            "1e999",
            "{\"a\":1,}",
        ])
    func refuses(text: String) {
        #expect(read(text) == nil)
    }

    @Test("Random damage to a document never stops the process")
    func damage() {
        var generator = SystemRandomNumberGenerator()
        let text = Array(#"{"a":[1,-2.5,1e3,"x\u00e9\n"],"b":{"c":null,"d":true}}"#.utf8)
        for _ in 0..<20_000 {
            var bytes = text
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
            _ = try? WireJSON.decode(bytes)
        }
    }

    @Test("Nesting and repeated names are refused where they should be")
    func bounds() {
        let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        #expect(read(nested(WireJSON.maxNesting)) != nil)
        #expect(throws: JSONError.tooDeep) { try WireJSON.decode(Array(nested(WireJSON.maxNesting + 1).utf8)) }
        #expect(throws: JSONError.tooDeep) { try WireJSON.decode(Array(repeating: UInt8(ascii: "["), count: 500_000)) }
        let twice = Array(#"{"a":1,"a":2}"#.utf8)
        #expect((try? WireJSON.decode(twice)) == ["a": 2])
        #expect(throws: JSONError.repeatedName("a")) { try WireJSON.decode(twice, allowsRepeatedNames: false) }
    }

    @Test("A number that does not fit becomes the last one that does")
    func checkedNumbers() {
        #expect([1e300, -1e300, 2.5, -2.5, .nan, .infinity].map { Int(nearest: $0) } == [.max, .min, 3, -3, 0, .max])
        #expect(Int64(nearest: 0x1p63) == .max)
    }
}
