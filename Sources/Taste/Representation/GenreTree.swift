/// Which genre is a kind of which: a tree in spirit, though a genre may have several parents.
struct GenreTree: Sendable {
    /// The tree that is shipped.
    static let standard = GenreTree(rows: ResourceFile.rows(of: "genres.tsv"))

    private(set) var parents: [String: [String]] = [:]
    private(set) var canonicalNames: [String: String] = [:]

    /// Reads rows of name, parents and synonyms, the lists parted by bars.
    init(rows: [[String]]) {
        for row in rows {
            let name = Tag.normalized(row[0])
            parents[name] = Self.list(row, 1)
            canonicalNames[name] = name
            for synonym in Self.list(row, 2) where canonicalNames[synonym] == nil { canonicalNames[synonym] = name }
        }
    }

    /// The genre that a tag is or, failing that, the longest one inside it: "deep german techno" is a techno.
    func genre(in tag: String) -> String? {
        if let name = canonicalNames[tag] { return name }
        let words = tag.split(separator: " ")
        for length in stride(from: words.count - 1, to: 0, by: -1) {
            // The last words name the kind, those before it the variety.
            for start in stride(from: words.count - length, through: 0, by: -1) {
                let part = words[start..<start + length].joined(separator: " ")
                if let name = canonicalNames[part] { return name }
            }
        }
        return nil
    }

    /// The ancestors of a genre, level by level, each once.
    func ancestors(of genre: String) -> [[String]] {
        var levels: [[String]] = []
        var seen: Set<String> = [genre]
        var level = [genre]
        while true {
            level = level.flatMap { parents[$0] ?? [] }.filter { seen.insert($0).inserted }
            if level.isEmpty { return levels }
            levels.append(level)
        }
    }

    private static func list(_ row: [String], _ position: Int) -> [String] {
        guard row.indices.contains(position) else { return [] }
        return row[position].split(separator: "|").map { Tag.normalized(String($0)) }.filter { !$0.isEmpty }
    }
}
