/// Finds the names a person may have meant.
public enum CloseNames {
    /// Returns up to three names within a third of the word's length of edits, the closest first.
    ///
    /// - Parameters:
    ///   - word: What was written.
    ///   - names: What exists.
    /// - Returns: Close names, best first.
    public static func closest(to word: String, among names: [String]) -> [String] {
        let word = Array(word.lowercased().prefix(63))
        let limit = max(1, word.count / 3 + 1)
        return
            names
            .map { (name: $0, distance: distance(word, Array($0.lowercased()))) }
            .filter { $0.distance <= limit || (word.count > 2 && $0.name.lowercased().starts(with: word)) }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
            .prefix(3)
            .map(\.name)
    }

    /// Levenshtein's distance: the least number of inserted, removed and replaced characters.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let replaced = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
