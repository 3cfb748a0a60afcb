/// A track as the index keeps it: no text, only what is compared.
struct IndexedTrack: Sendable {
    var id: TrackID
    /// Row of its artist.
    var artist: Int32
    /// Release year; 0 if unknown.
    var year: Int16
    var isExplicit: Bool
    /// Catalog popularity 0 to 100; 0 if unknown.
    var popularity: Float
    /// Seconds; 0 if unknown.
    var durationS: Float
    /// Fingerprint of the title's identity.
    var title: UInt64
    /// Fingerprint of the title whatever the edition.
    var edition: UInt64

    init(_ track: TrackDescription, artist: Int32) {
        id = track.id
        self.artist = artist
        year = Int16(clamping: track.year ?? 0)
        isExplicit = track.isExplicit ?? false
        popularity = Float(min(max(track.popularity ?? 0, 0), 100))
        durationS = Float(track.durationS ?? 0)
        let name = FoldedText(track.title)
        if name.isPlain, !name.bytes.isEmpty {
            title = name.bytes.fingerprint
            edition = title
        } else {
            title = (name.titleKey(dropping: .remarks) ?? name.whole).fingerprint
            edition = (name.titleKey(dropping: .editions) ?? name.whole).fingerprint
        }
    }

    /// First year of its decade; nil if the year is unknown.
    var decade: Int? { year > 0 ? Int(year) / 10 * 10 : nil }
}

extension Sequence<UInt8> {
    /// 64-bit FNV-1a (Fowler, Noll, Vo): the same in every process, unlike `hashValue`.
    var fingerprint: UInt64 { reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 } }
}

extension String {
    /// The fingerprint of the bytes.
    var fingerprint: UInt64 { utf8.fingerprint }
}
