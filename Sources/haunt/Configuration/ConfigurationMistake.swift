/// Why a scalar is not the value it should be: a sentence that begins after the key.
struct ConfigurationMistake: Error {
    let message: String

    init(_ message: String) { self.message = message }

    /// It is of another kind, or not of any kind.
    static func notA(_ wanted: String, _ scalar: ConfigurationScalar, _ hint: String = "") -> Self {
        Self("must be \(wanted), and is \"\(scalar.text.prefix(80))\"\(hint)")
    }
}
