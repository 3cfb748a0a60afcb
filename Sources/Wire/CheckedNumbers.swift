extension FixedWidthInteger {
    /// The nearest whole number, clamped to the range of the type. NaN gives 0.
    ///
    /// `Int(_: Double)` stops the process at such a number. Inlinable, because dates of millions of rows go through it.
    @inlinable
    public init(nearest number: Double) {
        if let whole = Self(exactly: number.rounded()) {
            self = whole
        } else {
            self = number.isNaN ? 0 : number < 0 ? .min : .max
        }
    }
}
