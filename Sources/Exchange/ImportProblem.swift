/// Something in a file that could not be read; what stands around it is read all the same.
public struct ImportProblem: Error, Equatable, Sendable, CustomStringConvertible {
    /// Line of the file it stands on, from 1.
    public let line: Int
    /// What is wrong.
    public let message: String
    /// Whether the row counts without the field that is to blame; if not, nothing was taken from it.
    public let keepsRow: Bool

    /// Creates a problem.
    public init(line: Int, _ message: String, keepsRow: Bool = false) {
        self.line = line
        self.message = message
        self.keepsRow = keepsRow
    }

    /// As in `line 7: the title is missing`.
    public var description: String { "line \(line): \(message)" }
}
