extension String {
    /// 64-bit FNV-1a of the bytes (Fowler, Noll, Vo): the same in every process, unlike `hashValue`.
    var fingerprint: UInt64 {
        utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }
}
