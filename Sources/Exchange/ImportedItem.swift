/// What a file has to say, one thing at a time, in the order of the file.
public enum ImportedItem<Row: Equatable & Sendable>: Equatable, Sendable {
    /// A row.
    case row(Row, line: Int)
    /// Something that could not be read.
    case problem(ImportProblem)
    /// A row that is readable and no music, such as a podcast; its line.
    case notMusic(line: Int)
}
