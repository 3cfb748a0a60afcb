extension MusicIndex {
    /// Builds an index from a stream of tracks, none of which it keeps.
    public struct Builder: Sendable {
        private var index: MusicIndex

        /// Begins an empty index.
        public init() { index = MusicIndex() }

        init(tags: TagVocabulary) { index = MusicIndex(tags: tags) }

        /// Takes in a track; a second one with the same id replaces the first.
        public mutating func add(_ track: TrackDescription) { _ = index.insert(track) }

        /// Finishes.
        ///
        /// The builder is spent then.
        public consuming func build() -> MusicIndex {
            index.finish()
            return index
        }
    }
}
