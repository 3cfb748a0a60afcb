import Foundation
import HTTPTypes
import Household
import Hummingbird

/// What goes back.
struct HTTPAnswer: Sendable {
    var status: HTTPResponse.Status
    var headers: HTTPFields = [:]
    var body = ByteBuffer()

    /// An answer without a body.
    init(_ status: HTTPResponse.Status) { self.status = status }

    /// Bytes of a type.
    init(_ status: HTTPResponse.Status, _ bytes: some Sequence<UInt8>, type: String) {
        self.status = status
        body = ByteBuffer(bytes: bytes)
        headers[.contentType] = type
    }

    /// A value as JSON.
    init(_ status: HTTPResponse.Status, json value: some Encodable) throws {
        self.init(status, try HouseholdJSON.encode(value), type: "application/json")
    }

    /// The answer as Hummingbird sends it.
    var response: Response { Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body)) }

    /// The same answer with a mark of its content, or only the news that the asker has it already.
    ///
    /// RFC 9110 §8.8.3 and §13.1.2. The mark is FNV-1a of 64 bits.
    func marked(unless known: String?) -> HTTPAnswer {
        let hash = body.readableBytesView.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        let tag = "\"\(String(hash, radix: 16))\""
        let marks = (known ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        var answer = marks.contains { $0 == "*" || $0 == tag || $0 == "W/\(tag)" } ? HTTPAnswer(.notModified) : self
        answer.headers[.eTag] = tag
        answer.headers[.cacheControl] = "no-cache"
        return answer
    }
}
