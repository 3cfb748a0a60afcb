/// What a kind of import expects of the first line of CSV.
struct CSVHeaders<Column: ImportColumn> {
    /// Says what is missing for these columns to be of use; nil when nothing is.
    let missing: @Sendable (Set<Int>) -> String?
    /// The columns of a file whose first line is a row already; nil when it is not known to be.
    let withoutHeader: @Sendable ([String]) -> [Column]?
}
