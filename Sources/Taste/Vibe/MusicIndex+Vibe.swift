extension MusicIndex {
    /// Reads what a text asks for, in the words and names that this catalog knows.
    public func parse(vibe text: String) -> Vibe { VibeParser(index: self).parse(text) }
}
