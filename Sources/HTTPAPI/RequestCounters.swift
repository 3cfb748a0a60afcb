import HTTPTypes
import Household
import Hummingbird
import Synchronization

/// Counts answers, and limits the number of requests in progress.
///
/// ## Concurrency model
/// The state is in one mutex, which is held for the counting alone.
final class RequestCounters: Sendable {
    /// The labels of a count. Their values come from closed lists, so that requests cannot add any number of them.
    struct Kind: Hashable, Sendable {
        var method: String
        var path: String
        var status: Int
    }

    private struct State {
        var counts: [Kind: Int] = [:]
        var inFlight = 0
        /// Bytes of the bodies of the requests in progress, at most.
        var bodyBytes = 0
    }

    private static let methods: Set = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: Largest number of requests in progress.
    init(limit: Int = HTTPLimits.requests) { self.limit = limit }

    /// Number of answers so far.
    var counts: [Kind: Int] { state.withLock { $0.counts } }

    /// Counts an answer.
    ///
    /// - Parameters:
    ///   - method: The method of the request. An unknown one is counted as `other`.
    ///   - path: The path of the route; nil when there is no route.
    ///   - status: The status of the answer.
    func count(_ method: HTTPRequest.Method, _ path: String?, _ status: HTTPResponse.Status) {
        let method = Self.methods.contains(method.rawValue) ? method.rawValue : "other"
        let kind = Kind(method: method, path: path ?? "none", status: status.code)
        state.withLock { $0.counts[kind, default: 0] += 1 }
    }

    /// Reads the body of a request and runs its work.
    ///
    /// - Parameters:
    ///   - bytes: Largest size of its body.
    ///   - work: The work.
    /// - Returns: What the work returns.
    /// - Throws: ``HouseholdError`` `rate_limited` when as many requests, or as large ones, as the limit are in progress;
    ///   what the work throws.
    func withRoom<Value>(bytes: Int, _ work: () async throws -> Value) async throws -> Value {
        let hasRoom = state.withLock { state in
            guard state.inFlight < limit, state.bodyBytes + bytes <= HTTPLimits.bodyBytes else { return false }
            state.inFlight += 1
            state.bodyBytes += bytes
            return true
        }
        guard hasRoom else {
            throw HouseholdError(
                .rateLimited, "\(limit) requests, or large ones, are being worked on; try again in a moment")
        }
        defer {
            state.withLock { state in
                state.inFlight -= 1
                state.bodyBytes -= bytes
            }
        }
        return try await work()
    }
}
