/// Words that are not what they look like: most are the name of some artist or the tag of somebody.
struct CommonWords: Sendable {
    /// The words that are shipped.
    static let standard = CommonWords(rows: ResourceFile.rows(of: "words.tsv"))

    /// Words that say nothing about music: "please", "songs".
    private(set) var empty: Set<String> = []
    /// Words that may be tags, but are no names by themselves.
    private(set) var everyday: Set<String> = []
    /// Words that deny what follows: "no", "without".
    private(set) var denials: Set<String> = []
    /// Words that end a denial: "but".
    private(set) var turns: Set<String> = []
    /// Words that a name follows: "by", "play".
    private(set) var cues: Set<String> = []
    /// Words before a name that ask for what is like it: "similar to".
    private(set) var likenesses: Set<String> = []
    /// Words for what is there: "this". After a word of ``likenesses`` or ``mores`` they mean what plays.
    private(set) var pointers: Set<String> = []
    /// Words that mean "of this" or "like this" by themselves.
    private(set) var wholePointers: Set<String> = []
    /// Words for more of something.
    private(set) var mores: Set<String> = []
    /// Words between a title and its artist: "by".
    private(set) var authors: Set<String> = []
    /// Words that make what is asked for all that may come: "only".
    private(set) var limits: Set<String> = []
    /// Words that join names: "and".
    private(set) var joints: Set<String> = []

    /// Reads rows of a kind and words.
    init(rows: [[String]]) {
        for row in rows where row.count > 1 {
            let words = FoldedText(row[1]).words
            switch row[0] {
            case "empty": empty.formUnion(words)
            case "everyday": everyday.formUnion(words)
            case "denial": denials.formUnion(words)
            case "turn": turns.formUnion(words)
            case "cue": cues.formUnion(words)
            case "alike": likenesses.formUnion(words)
            case "this": pointers.formUnion(words)
            case "of this": wholePointers.formUnion(words)
            case "more": mores.formUnion(words)
            case "author": authors.formUnion(words)
            case "only": limits.formUnion(words)
            case "joint": joints.formUnion(words)
            default: break
            }
        }
    }

    /// Whether a word means what is there.
    func isPointer(_ word: String) -> Bool { pointers.contains(word) || wholePointers.contains(word) }

    /// Whether a word says how others belong together, and nothing by itself.
    func isConnecting(_ word: String) -> Bool {
        [cues, likenesses, pointers, wholePointers, mores, authors, limits, joints].contains { $0.contains(word) }
    }

    /// Whether a word is no name by itself.
    func isCommon(_ word: String) -> Bool {
        empty.contains(word) || everyday.contains(word) || denials.contains(word) || turns.contains(word)
    }
}
