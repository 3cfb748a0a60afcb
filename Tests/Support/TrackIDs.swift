public import Taste

extension TrackID {
    /// The id with a number.
    public init(_ number: Int) { self.init(Int64(number)) }
}
