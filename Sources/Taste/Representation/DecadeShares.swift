/// Which shares of an artist's tracks are of which decades, in eight bits each.
struct DecadeShares: Equatable, Sendable {
    private static let first = 1950
    private static let one: Float = 255
    /// How many decades are distinguished.
    static let count = 8

    private var bytes = SIMD8<UInt8>(repeating: 0)

    /// Counts the decades of tracks; those without a year are of none.
    init(_ tracks: some Collection<IndexedTrack>) {
        var counts = SIMD8<Float>(repeating: 0)
        for lane in tracks.lazy.compactMap(\.decade).compactMap(Self.lane) { counts[lane] += 1 }
        for lane in 0..<8 where counts[lane] > 0 {
            // A single track of hundreds still shows.
            bytes[lane] = UInt8(max(1, (counts[lane] / Float(tracks.count) * Self.one).rounded()))
        }
    }

    /// Where a decade stands; nil for one before 1950 or after 2020.
    static func lane(of decade: Int) -> Int? {
        let lane = (decade - first) / 10
        return decade >= first && lane < 8 ? lane : nil
    }

    /// The share of tracks in each decade.
    var shares: SIMD8<Float> { SIMD8<Float>(bytes) / Self.one }

    /// The shares at length 1; zero where no year is known.
    var unit: SIMD8<Float> {
        let shares = SIMD8<Float>(bytes)
        let length = (shares * shares).sum().squareRoot()
        return length > 0 ? shares / length : shares
    }

    /// The share of tracks in any of the decades that stand at some places.
    func share(in lanes: [Int]) -> Float { lanes.reduce(0) { $0 + Float(bytes[$1]) } / Self.one }
}
