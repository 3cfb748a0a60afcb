extension Double {
    /// A chance in words, as in "97 %". Only what is certain is "100 %".
    public var percent: String {
        guard self < 1 else { return "100 %" }
        guard self <= 0 || self >= 0.01 else { return "under 1 %" }
        return "\(Swift.min(Int((self * 100).rounded()), 99)) %"
    }
}
