import Foundation

/// A table that is shipped beside the program.
///
/// `Bundle.module` ends the process when the bundle is missing. A household without the tables still has taste, only
/// less of a vocabulary, so the folder is looked up by hand.
enum ResourceFile {
    private static let folder = "haunt_Taste.resources"

    /// The fields of each line that is neither empty nor a comment; empty if there is no such file.
    static func rows(of name: String) -> [[String]] {
        let places = [Bundle.main.bundleURL, Bundle.main.bundleURL.appending(path: "../share/haunt")]
        let texts = places.lazy.compactMap { place in
            try? String(contentsOf: place.appending(path: "\(folder)/\(name)"), encoding: .utf8)
        }
        return texts.first.map(rows(in:)) ?? []
    }

    /// The fields of each line of a table.
    static func rows(in text: String) -> [[String]] {
        text.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace) }.map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }
}
