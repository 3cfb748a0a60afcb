/// The 64-bit hash FNV-1a: fast, stable across runs and machines, not for secrets.
///
/// http://www.isthe.com/chongo/tech/comp/fnv/
public enum FNV1a {
    /// The standard offset basis.
    public static let offset: UInt64 = 0xCBF2_9CE4_8422_2325
    @usableFromInline static let prime: UInt64 = 0x100_0000_01B3

    /// Hashes bytes.
    ///
    /// - Parameters:
    ///   - bytes: What to hash.
    ///   - offset: Another start gives an independent hash of the same bytes.
    /// - Returns: The hash.
    @inlinable
    public static func hash(_ bytes: some Sequence<UInt8>, from offset: UInt64 = offset) -> UInt64 {
        bytes.reduce(offset) { ($0 ^ UInt64($1)) &* prime }
    }
}
