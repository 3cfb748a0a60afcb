public import Household

extension RowID: ExpressibleByIntegerLiteral {
    /// Lets tests write `1` for the first row.
    public init(integerLiteral value: Int64) { self.init(value) }
}
