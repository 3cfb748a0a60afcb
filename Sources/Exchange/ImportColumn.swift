/// The columns that one kind of import knows, by all the names that files have for them.
protocol ImportColumn: RawRepresentable<Int>, CaseIterable, Sendable {
    /// Name in a file → column. In JSON, keys of nested objects are joined by dots.
    static var names: [String: Self] { get }
    /// What it is called in a problem.
    var name: String { get }
}
