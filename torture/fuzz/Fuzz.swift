import Exchange
import Foundation
import Wire

/// What libFuzzer calls with each input. The first byte chooses the parser, the second the size of the chunks.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = unsafe Data(UnsafeBufferPointer(start: start, count: count))
    guard count > 2 else { return 0 }
    let content = Data(bytes.dropFirst(2))
    switch bytes[0] % 3 {
    case 0: parse(content, ListenFileParser(), in: Int(bytes[1]))
    case 1: parse(content, CatalogFileParser(), in: Int(bytes[1]))
    default: _ = try? WireJSON.decodeRequest(content)
    }
    return 0
}

/// Parses a file whole and in chunks: both must find the same number of rows.
private func parse<Parser: FileParser>(_ content: Data, _ parser: Parser, in chunkBytes: Int) {
    var (whole, rows) = (parser, 0)
    whole.parse(content) { _ in rows += 1 }
    whole.finish { _ in rows += 1 }
    guard chunkBytes > 0 else { return }
    var (parts, rowsOfParts) = (parser, 0)
    for first in stride(from: 0, to: content.count, by: chunkBytes) {
        parts.parse(content.subdata(in: first..<min(first + chunkBytes, content.count))) { _ in rowsOfParts += 1 }
    }
    parts.finish { _ in rowsOfParts += 1 }
    precondition(rows == rowsOfParts, "\(rows) rows of the whole file, \(rowsOfParts) of its parts")
}
