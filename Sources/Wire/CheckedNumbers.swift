extension FixedWidthInteger {
    /// The nearest whole number; the last one in reach for a number that does not fit, and 0 for one that is none.
    ///
    /// `Int(_: Double)` stops the process at such a number.
    public init(nearest number: Double) {
        if let whole = Self(exactly: number.rounded()) {
            self = whole
        } else {
            self = number.isNaN ? 0 : number < 0 ? .min : .max
        }
    }
}
