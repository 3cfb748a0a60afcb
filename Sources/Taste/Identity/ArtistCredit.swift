import Foundation

/// The artists of a recording, taken from one text that credits them.
///
/// A text alone does not say whether "&" or "/" stands between two artists or inside one name. It is split there only
/// where each piece is an artist of its own and the whole is not: "AC/DC" and "Simon & Garfunkel" stay whole.
public struct ArtistCredit: Equatable, Sendable {
    /// The artists, the first one first.
    public let artists: [String]
    /// Who is credited after "feat.".
    public let guests: [String]

    /// What always stands between two artists.
    private static let separators = [";", " / ", " • ", "\u{0}", "\u{1F}"]
    /// What stands between two artists or inside one name.
    private static let joiners = [
        "/", ", ", " & ", " + ", " and ", " und ", " et ", " y ", " x ", " vs. ", " vs ", " with ",
    ]
    private static let guestWords: Set = ["feat", "feat.", "ft", "ft.", "featuring"]
    private static let brackets = CharacterSet(charactersIn: "()[]")

    /// Reads a credit.
    ///
    /// - Parameters:
    ///   - text: The credit as it was written.
    ///   - isKnown: Tells whether a name is that of one artist.
    public init(_ text: String, isKnown: (String) -> Bool) {
        let (lead, guests) = Self.partGuests(text, isKnown: isKnown)
        artists = Self.names(in: lead, isKnown: isKnown)
        self.guests = guests.map { Self.names(in: $0, isKnown: isKnown) } ?? []
    }

    /// The credit as the catalog has it: artists parted by commas, guests after "feat."; nil when nobody is credited.
    public var text: String? {
        guard !artists.isEmpty else { return nil }
        return artists.joined(separator: ", ") + (guests.isEmpty ? "" : " feat. " + guests.joined(separator: ", "))
    }

    /// Whether nothing in a credit could stand between two artists.
    public static func isPlain(_ credit: String) -> Bool {
        !separators.contains(where: credit.contains) && !joiners.contains(where: credit.contains)
            && partGuests(credit) { _ in false }.guests == nil
    }

    /// The text before the word that introduces guests, and the text after it. The word needs a name before it.
    private static func partGuests(_ text: String, isKnown: (String) -> Bool) -> (lead: String, guests: String?) {
        let words = text.split(separator: " ")
        let isGuestWord = { (word: Substring) in
            guestWords.contains(word.trimmingCharacters(in: brackets).lowercased())
        }
        guard words.count > 2, let place = words.indices.dropFirst().first(where: { isGuestWord(words[$0]) }),
            place + 1 < words.count, !isKnown(text)
        else { return (text, nil) }
        let guests = words[(place + 1)...].joined(separator: " ").trimmingCharacters(in: brackets)
        return (words[..<place].joined(separator: " "), guests)
    }

    private static func names(in text: String, isKnown: (String) -> Bool) -> [String] {
        let whole = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !whole.isEmpty else { return [] }
        if let separator = separators.first(where: whole.contains), !isKnown(whole) {
            return unique(whole.components(separatedBy: separator).flatMap { names(in: $0, isKnown: isKnown) })
        }
        let present = joiners.filter(whole.contains)
        guard !present.isEmpty, !isKnown(whole) else { return [whole] }
        for joiner in present {
            let pieces = pieces(of: whole, at: joiner)
            if pieces.count > 1, pieces.allSatisfy(isKnown) { return unique(pieces) }
        }
        let pieces = present.reduce([whole]) { parts, joiner in parts.flatMap { Self.pieces(of: $0, at: joiner) } }
        return pieces.count > 1 && pieces.allSatisfy(isKnown) ? unique(pieces) : [whole]
    }

    private static func pieces(of text: String, at joiner: String) -> [String] {
        text.components(separatedBy: joiner).map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
