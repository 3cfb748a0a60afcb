extension VibeParser {
    private static let wordsOfDecades = [
        "fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990, "noughties": 2000,
        "funfziger": 1950, "sechziger": 1960, "siebziger": 1970, "achtziger": 1980, "neunziger": 1990,
        "cincuenta": 1950, "sesenta": 1960, "setenta": 1970, "ochenta": 1980, "noventa": 1990,
    ]
    /// Words before a number of two digits that make it a decade.
    private static let announcements: Set<String> = ["jaren", "annees", "anni", "anos"]
    private static let oldies: Set<String> = ["oldies", "oldie"]
    private static let oldiesDecades = [1950, 1960, 1970]
    private static let decades = 1950...2020

    /// "80s", "1980s", "80er", "eighties", "années 80", a year.
    func readDecades(_ reading: inout VibeReading) {
        for (position, word) in reading.words.enumerated() where !reading.isNamed(position..<position + 1) {
            if reading.isDenied[position] { continue }
            if Self.oldies.contains(word.text) {
                take(position..<position + 1, as: Self.oldiesDecades, &reading)
            } else if Self.announcements.contains(word.text) {
                let next = position + 1
                guard next < reading.words.count, let decade = Self.decade(in: reading.words[next].text + "s") else {
                    continue
                }
                take(position..<next + 1, as: [decade], &reading)
            } else if let decade = Self.wordsOfDecades[word.text] ?? Self.decade(in: word.text) {
                take(position..<position + 1, as: [decade], &reading)
            }
        }
    }

    private func take(_ range: Range<Int>, as decades: [Int], _ reading: inout VibeReading) {
        decades.forEach { reading.add(decade: $0) }
        for position in range { reading.isDecade[position] = true }
        reading.take(range)
    }

    private static func decade(in word: String) -> Int? {
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits) else { return nil }
        let ending = word.dropFirst(digits.count)
        let year: Int
        switch (digits.count, ending) {
        case (2, "s"), (2, "er"), (2, "ies"), (2, "ern"): year = number < 50 ? 2_000 + number : 1_900 + number
        case (4, ""), (4, "s"), (4, "er"), (4, "ern"): year = number
        default: return nil
        }
        let decade = year / 10 * 10
        return decades.contains(decade) ? decade : nil
    }
}
