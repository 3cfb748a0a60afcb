import Foundation
import HTTPTypes
import Household
import Hummingbird
import Wire

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
        self.init(status, try WireJSON.encode(value), type: "application/json")
    }

    /// The answer as Hummingbird sends it.
    var response: Response { Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body)) }

    /// The answer with an entity tag, or status 304 when the client has the same content already.
    ///
    /// RFC 9110 §8.8.3 and §13.1.2. The tag is a hash of the body.
    func marked(unless known: String?) -> HTTPAnswer {
        let tag = "\"\(String(FNV1a.hash(body.readableBytesView), radix: 16))\""
        let marks = (known ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        var answer = marks.contains { $0 == "*" || $0 == tag || $0 == "W/\(tag)" } ? HTTPAnswer(.notModified) : self
        answer.headers[.eTag] = tag
        answer.headers[.cacheControl] = "no-cache"
        return answer
    }
}
