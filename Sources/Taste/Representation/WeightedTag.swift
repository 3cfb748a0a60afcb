/// A tag and how strongly it applies.
struct WeightedTag: Equatable, Sendable {
    var tag: Int32
    var weight: Float
}
