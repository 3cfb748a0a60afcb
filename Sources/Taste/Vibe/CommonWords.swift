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
            case "only": limits.formUnion(words)
            case "joint": joints.formUnion(words)
            default: break
            }
        }
    }

    /// Whether a word is no name by itself.
    func isCommon(_ word: String) -> Bool {
        empty.contains(word) || everyday.contains(word) || denials.contains(word) || turns.contains(word)
    }
}
