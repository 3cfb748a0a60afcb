/// What has been understood of a text so far, and which of its words have been used.
struct VibeReading {
    private(set) var vibe: Vibe
    let words: [VibeWord]
    /// Which words are not wanted.
    var isDenied: [Bool]
    /// Which words begin a denial.
    var isDenial: [Bool]
    /// Which words name a decade; as tags they say little more.
    var isDecade: [Bool]
    /// Kinds of music that stand in the text themselves.
    private var exactTags: Set<String> = []
    /// Tags that are decades.
    private var decadeTags: Set<String> = []
    /// Where the last kind of music ended.
    private var lastKindEnd = 0
    /// Which words meant something.
    private var isUsed: [Bool]
    /// Which words are part of a name or a fixed phrase, and mean nothing else.
    private var isBlocked: [Bool]

    init(text: String, words: [VibeWord]) {
        vibe = Vibe(text: text)
        self.words = words
        isDenied = words.map { _ in false }
        isDenial = isDenied
        isDecade = isDenied
        isUsed = isDenied
        isBlocked = isDenied
    }

    func isTaken(_ position: Int) -> Bool { isUsed[position] }

    /// Whether a word is one of a name or a fixed phrase.
    func isBlocked(_ position: Int) -> Bool { isBlocked[position] }

    func isNamed(_ range: Range<Int>) -> Bool { isBlocked[range].contains(true) }

    mutating func take(_ range: Range<Int>) { for position in range { isUsed[position] = true } }

    mutating func block(_ range: Range<Int>) { for position in range { isBlocked[position] = true } }

    /// The words of a range, parted by spaces.
    func text(of range: Range<Int>) -> String { words[range].map(\.text).joined(separator: " ") }

    /// The words of a range as they were written.
    func written(_ range: Range<Int>) -> String { words[range].map(\.written).joined(separator: " ") }

    /// What the most words from a position on mean, and how many they are.
    func longest<Meaning>(at position: Int, words limit: Int, find: (Range<Int>) -> Meaning?) -> (Meaning, Int)? {
        for length in stride(from: min(limit, words.count - position), to: 0, by: -1) {
            if let meaning = find(position..<position + length) { return (meaning, length) }
        }
        return nil
    }

    /// The artists that are named stand for what is like them.
    mutating func setAlike() { vibe.wantsAlike = true }

    mutating func add(artist name: String, isDenied: Bool) {
        if isDenied {
            if !vibe.unwantedArtists.contains(name) { vibe.unwantedArtists.append(name) }
        } else if !vibe.artists.contains(name) {
            vibe.artists.append(name)
        }
    }

    mutating func add(track: Vibe.Track) {
        if !vibe.tracks.contains(where: { $0.id == track.id }) { vibe.tracks.append(track) }
    }

    /// What plays now stands for what is like it.
    mutating func setPlaying() { vibe.pointsAtPlaying = true }

    private mutating func add(tag: String, weight: Double, from range: Range<Int>, isDenied: Bool) {
        guard !isDenied else {
            vibe.unwantedTags[tag] = max(vibe.unwantedTags[tag] ?? 0, weight)
            return
        }
        guard weight > vibe.tags[tag] ?? 0 else { return }
        vibe.tags[tag] = weight
        vibe.grounds[tag] = written(range)
    }

    /// Adds a tag of the text; an exact one says what kind of music, not how it should feel.
    mutating func add(tag: String, isExact: Bool, from range: Range<Int>, isDenied: Bool) {
        guard !isDecade[range].contains(true) else {
            decadeTags.insert(tag)
            return add(tag: tag, weight: Self.decadeWeight, from: range, isDenied: isDenied)
        }
        if isExact, !isDenied { exactTags.insert(tag) }
        if isDenied, !vibe.unwantedKinds.contains(tag) { vibe.unwantedKinds.append(tag) }
        add(tag: tag, weight: 1, from: range, isDenied: isDenied)
    }

    /// Adds a kind of music that decides what is chosen; kinds that stand side by side are one phrase.
    mutating func add(kind: String, at range: Range<Int>) {
        guard !isDecade[range].contains(true) else { return }
        let isSideBySide =
            range.lowerBound > 0 && range.lowerBound == lastKindEnd && !words[range.lowerBound - 1].endsClause
        lastKindEnd = range.upperBound
        if isSideBySide, let phrase = vibe.kinds.indices.last {
            vibe.kinds[phrase].append(kind)
        } else {
            vibe.kinds.append([kind])
        }
    }

    /// Notes the English name of a genre that the text names.
    mutating func add(genreWords genre: String) { vibe.genreWords.append(genre) }

    mutating func add(decade: Int, isDenied: Bool) {
        if isDenied {
            if !vibe.unwantedDecades.contains(decade) { vibe.unwantedDecades.append(decade) }
        } else if !vibe.decades.contains(decade) {
            vibe.decades.append(decade)
        }
    }

    mutating func add(deniedTitle title: String) {
        if !vibe.unwantedTitles.contains(title) { vibe.unwantedTitles.append(title) }
    }

    mutating func set(length: Vibe.Length) { vibe.length = length }

    mutating func setExclusive() { vibe.isExclusive = true }

    mutating func add(_ concept: VibeConcept, from range: Range<Int>, isDenied: Bool) {
        for (tag, weight) in concept.tags { add(tag: tag, weight: weight, from: range, isDenied: isDenied) }
        for (feature, direction) in concept.features {
            vibe.features[feature, default: 0] += isDenied ? -direction : direction
        }
        if !isDenied, !vibe.concepts.contains(concept.name) {
            vibe.concepts.append(concept.name)
            vibe.conceptWords.append(concept.soundWords)
        }
        if concept.isMood { vibe.namesMood = true }
    }

    /// Kinds of music that stand in the text say more than those that a situation suggests, however many it suggests.
    mutating func balance() {
        let suggested = vibe.tags.keys.filter { !exactTags.contains($0) && !decadeTags.contains($0) }.sorted()
        let sum = suggested.reduce(0) { $0 + (vibe.tags[$1] ?? 0) }
        let most = Self.suggestedShare * Double(exactTags.count)
        guard most > 0, sum > most else { return }
        for tag in suggested { vibe.tags[tag, default: 0] *= most / sum }
    }

    /// What a tag like "90s" counts: years of release say it better, and it must not drown the rest of the wish.
    private static let decadeWeight = 0.4
    /// What all suggested tags together count at most beside each exact one.
    private static let suggestedShare = 0.5

    /// Notes denials that denied nothing, in the words that were written.
    mutating func noteUnknownDenials() {
        for start in words.indices where isDenial[start] {
            let denied = words.indices[(start + 1)...].prefix { isDenied[$0] }
            if denied.allSatisfy({ !isUsed[$0] }) {
                vibe.unknownDenials.append(written(start..<(denied.last ?? start) + 1))
            }
        }
    }

    mutating func noteUnknown(_ common: CommonWords) {
        for (position, word) in words.enumerated()
        where !isUsed[position] && !common.isCommon(word.text) && !common.isConnecting(word.text)
            && !vibe.unknown.contains(word.written.lowercased())
        {
            vibe.unknown.append(word.written.lowercased())
        }
    }
}
