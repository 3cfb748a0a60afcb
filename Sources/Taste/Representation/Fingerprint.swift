extension Sequence<UInt8> {
    /// 64-bit FNV-1a (Fowler, Noll, Vo): the same in every process, unlike `hashValue`.
    var fingerprint: UInt64 { reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 } }
}

extension String {
    /// The fingerprint of the bytes.
    var fingerprint: UInt64 { utf8.fingerprint }
}
