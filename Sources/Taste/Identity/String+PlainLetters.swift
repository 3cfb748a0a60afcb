import Foundation

extension String {
    /// Letters without accents, in lower case; signs that are no words become plain ASCII ones or spaces.
    ///
    /// Only the marks of European scripts are dropped: in others they tell words apart (が is not か).
    func foldedToPlainLetters() -> String {
        var folded = String.UnicodeScalarView()
        for scalar in decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            if (0x300...0x36F).contains(scalar.value) { continue }
            if let plain = Self.plainForms[scalar] {
                folded.append(contentsOf: plain.unicodeScalars)
            } else {
                folded.append(scalar.isPartOfWord ? scalar : " ")
            }
        }
        return String(folded)
    }

    /// Letters that Unicode does not decompose, and the typographic forms of ASCII signs.
    private static let plainForms: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
        "\u{2018}": "'", "\u{2019}": "'", "\u{2BC}": "'", "\u{B4}": "'", "\u{2032}": "'",
        "\u{2010}": "-", "\u{2011}": "-", "\u{2012}": "-", "\u{2013}": "-", "\u{2014}": "-", "\u{2212}": "-",
        "\u{3010}": "(", "\u{3011}": ")", "\u{300C}": "(", "\u{300D}": ")",
    ]
}

extension Unicode.Scalar {
    /// ASCII is judged later; beyond it letters, digits and the marks on them make words.
    fileprivate var isPartOfWord: Bool {
        if isASCII { return true }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }
}
