public import Household

/// Reads a file into the household. The program that knows the formats of files implements it.
public protocol FileImporter: Sendable {
    /// Imports a file.
    ///
    /// - Parameters:
    ///   - request: What is in it, and whose it is.
    ///   - path: Its path. It may be gzipped.
    ///   - progress: Called now and then.
    /// - Returns: What became of all of it.
    /// - Throws: ``HouseholdError`` when it ends before the end of the file; `CancellationError` when its task is cancelled.
    func run(
        _ request: ImportRequest, path: String, progress: @escaping @Sendable (ImportCounts) -> Void
    ) async throws -> ImportCounts
}

/// What has become of a file so far.
public struct ImportCounts: Equatable, Sendable {
    /// A part of a file that could not be read.
    public struct Problem: Codable, Equatable, Sendable {
        /// The line of the file, counted from 1.
        public var line: Int
        /// What is wrong.
        public var message: String

        /// Creates a problem.
        public init(line: Int, message: String) {
            self.line = line
            self.message = message
        }
    }

    /// Bytes read, unpacked.
    public var bytesRead = 0
    /// Rows that are new.
    public var added = 0
    /// Rows that were there.
    public var known = 0
    /// Rows that stay removed.
    public var removed = 0
    /// Rows that are no music.
    public var notMusic = 0
    /// Rows that could not be read.
    public var unreadable = 0
    /// The first problems.
    public var problems: [Problem] = []

    /// Nothing yet.
    public init() {}
}
