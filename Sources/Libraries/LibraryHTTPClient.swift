import AsyncHTTPClient
import Household
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// Reads answers of one library server. It follows no redirect and sends nothing to another address.
struct LibraryHTTPClient: Sendable {
    let client: HTTPClient
    /// Scheme, host and port of the server, without a slash at the end.
    let base: String
    /// Sent with each request.
    let headers: [(String, String)]
    /// How many bytes of one answer are read.
    let maximumBytes = 67_108_864

    /// - Throws: ``LibraryProblem``.
    func get(_ path: String) async throws -> ByteBuffer {
        var request = HTTPClientRequest(url: base + path)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        do {
            let response = try await client.execute(request, timeout: .seconds(30))
            guard response.status == .ok else {
                throw LibraryProblem(.malformed, "\(base) answered \(response.status.code)")
            }
            return try await response.body.collect(upTo: maximumBytes)
        } catch let problem as LibraryProblem {
            throw problem
        } catch {
            throw LibraryProblem(.away, "\(base) does not answer: \(error)")
        }
    }
}
