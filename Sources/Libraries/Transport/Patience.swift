import Household

/// Bounds of what a library server may cost.
enum ServerLimits {
    /// The largest answer that is read, in bytes: 500 tracks with embeddings of 712 floats are 3 MB.
    static let answerBytes = 33_554_432
    /// How long one answer may take.
    static let patience = Duration.seconds(60)
    /// Tracks of one page.
    static let pageTracks = 500
}

extension LibraryPlace {
    /// Runs a body that talks with the server, at most for a time.
    ///
    /// - Parameters:
    ///   - patience: The time; nil to wait until the task is cancelled.
    ///   - body: What talks.
    /// - Returns: What the body returns.
    /// - Throws: ``LibraryProblem``, `CancellationError`.
    func within<Value: Sendable>(
        _ patience: Duration?, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            guard let patience else { return try await body() }
            return try await withThrowingTaskGroup(of: Value.self) { group in
                group.addTask { try await body() }
                group.addTask {
                    try await Task.sleep(for: patience)
                    throw away("it took longer than \(patience.components.seconds) s")
                }
                defer { group.cancelAll() }
                guard let value = try await group.next() else { throw CancellationError() }
                return value
            }
        } catch {
            throw problem(error)
        }
    }

    /// Waits until the task is cancelled, for a library that does not tell when it changes.
    static func waitForCancellation() async throws {
        while true { try await Task.sleep(for: .seconds(86_400)) }
    }
}
