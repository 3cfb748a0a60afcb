import HTTPTypes
import Household
import Hummingbird
import Synchronization

/// What was asked so far, and what is being worked on.
///
/// ## Concurrency model
/// All of it stands in one mutex that nobody holds for longer than it takes to count.
final class RequestCounters: Sendable {
    /// What requests are counted by: all of it from closed lists, so that nobody can make it grow.
    struct Kind: Hashable, Sendable {
        var method: String
        var path: String
        var status: Int
    }

    private struct State {
        var counts: [Kind: Int] = [:]
        var inFlight = 0
    }

    private static let methods: Set = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
    private let limit: Int
    private let state = Mutex(State())

    /// Begins to count.
    ///
    /// - Parameter limit: Most requests worked on at a time.
    init(limit: Int = HTTPLimits.requests) { self.limit = limit }

    /// Answers so far.
    var counts: [Kind: Int] { state.withLock { $0.counts } }

    /// Counts an answer.
    ///
    /// - Parameters:
    ///   - method: As it was asked.
    ///   - path: The route's path; nil when there is none.
    ///   - status: As it was answered.
    func count(_ method: HTTPRequest.Method, _ path: String?, _ status: HTTPResponse.Status) {
        let method = Self.methods.contains(method.rawValue) ? method.rawValue : "other"
        let kind = Kind(method: method, path: path ?? "none", status: status.code)
        state.withLock { $0.counts[kind, default: 0] += 1 }
    }

    /// Works on a request, if not too many are worked on already.
    ///
    /// - Throws: ``HouseholdError`` `rate_limited`, or what the work throws.
    func withRoom<Value>(_ work: () async throws -> Value) async throws -> Value {
        let hasRoom = state.withLock { state in
            guard state.inFlight < limit else { return false }
            state.inFlight += 1
            return true
        }
        guard hasRoom else {
            throw HouseholdError(
                .rateLimited, "\(limit) requests are being worked on; try again in a moment")
        }
        defer { state.withLock { $0.inFlight -= 1 } }
        return try await work()
    }
}
