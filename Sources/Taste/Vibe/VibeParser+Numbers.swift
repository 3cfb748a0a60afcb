extension VibeParser {
    private static let wordsOfDecades = [
        "fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990, "noughties": 2000,
        "funfziger": 1950, "sechziger": 1960, "siebziger": 1970, "achtziger": 1980, "neunziger": 1990,
        "funfzigern": 1950, "sechzigern": 1960, "siebzigern": 1970, "achtzigern": 1980, "neunzigern": 1990,
        "funfzigerjahre": 1950, "sechzigerjahre": 1960, "siebzigerjahre": 1970, "achtzigerjahre": 1980,
        "neunzigerjahre": 1990, "neunzigerjahren": 1990, "achtzigerjahren": 1980, "siebzigerjahren": 1970,
    ]
    /// Numbers that name a decade after ``announcements`` and ``articles``, and count anything else.
    private static let numbersOfDecades = [
        "cincuenta": 1950, "sesenta": 1960, "setenta": 1970, "ochenta": 1980, "noventa": 1990,
        "cinquanta": 1950, "sessanta": 1960, "settanta": 1970, "ottanta": 1980, "novanta": 1990,
        "cinquante": 1950, "soixante": 1960, "soixante dix": 1970, "quatre vingt": 1980, "quatre vingts": 1980,
        "quatre vingt dix": 1990, "vijftig": 1950, "zestig": 1960, "zeventig": 1970, "tachtig": 1980, "negentig": 1990,
    ]
    private static let longestNumber = 3
    /// Words before a number of two digits that make it a decade.
    private static let announcements: Set<String> = ["jaren", "annees", "anni", "anos"]
    /// The same before numbers from 50 on: "los 80", but "los 10 mejores".
    private static let articles: Set<String> = ["los", "les", "gli"]
    private static let oldies: Set<String> = ["oldies", "oldie"]
    private static let oldiesDecades = [1950, 1960, 1970]
    private static let decades = 1950...2020

    /// "80s", "1980s", "80er", "eighties", "années 80", a year.
    ///
    /// Beside any of these "oldies" says no more: "oldies from the sixties" are of the sixties.
    func readDecades(_ reading: inout VibeReading) {
        readNamedDecades(&reading)
        for (position, word) in reading.words.enumerated()
        where Self.oldies.contains(word.text) && !reading.isNamed(position..<position + 1) {
            let decades = reading.vibe.decades.isEmpty ? Self.oldiesDecades : []
            take(position..<position + 1, as: decades, &reading)
        }
    }

    private func readNamedDecades(_ reading: inout VibeReading) {
        for (position, word) in reading.words.enumerated() where !reading.isNamed(position..<position + 1) {
            if reading.isTaken(position) { continue }
            if let (decade, length) = announcedDecade(at: position, reading) {
                take(position..<position + 1 + length, as: [decade], &reading)
            } else if let decade = Self.wordsOfDecades[word.text] ?? Self.decade(in: word.text) {
                take(position..<position + 1, as: [decade], &reading)
            }
        }
    }

    /// The decade that the words after "années", "los" and the like name, and how many they are.
    private func announcedDecade(at position: Int, _ reading: VibeReading) -> (Int, Int)? {
        let word = reading.words[position].text
        let isArticle = Self.articles.contains(word)
        guard isArticle || Self.announcements.contains(word), position + 1 < reading.words.count else { return nil }
        return reading.longest(at: position + 1, words: Self.longestNumber) { range in
            let text = reading.text(of: range)
            // "Los 10 mejores" are no decade.
            return Self.numbersOfDecades[text] ?? (isArticle && text < "5" ? nil : Self.decade(in: text + "s"))
        }
    }

    private func take(_ range: Range<Int>, as decades: [Int], _ reading: inout VibeReading) {
        decades.forEach { reading.add(decade: $0, isDenied: reading.isDenied[range.lowerBound]) }
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

// How long a list should be.
extension VibeParser {
    private static let secondsOfUnits: [String: Double] = [
        "min": 60, "mins": 60, "minute": 60, "minutes": 60, "minuten": 60, "minuto": 60, "minutos": 60, "minuti": 60,
        "minuut": 60, "hour": 3_600, "hours": 3_600, "h": 3_600, "stunde": 3_600, "stunden": 3_600, "hora": 3_600,
        "horas": 3_600, "heure": 3_600, "heures": 3_600, "ora": 3_600, "ore": 3_600, "uur": 3_600,
    ]
    private static let tracks: Set<String> = [
        "song", "songs", "track", "tracks", "tune", "tunes", "lied", "lieder", "titel", "stuck", "stucke", "cancion",
        "canciones", "tema", "temas", "chanson", "chansons", "morceau", "morceaux", "titre", "titres", "canzone",
        "canzoni", "brano", "brani", "nummer", "nummers", "liedje", "liedjes",
    ]
    private static let ones: Set<String> = ["a", "an", "one", "eine", "una", "une", "un", "uno", "een"]
    private static let halves: Set<String> = ["half", "halbe", "media", "demi", "mezza", "mezz", "halfuur", "halve"]
    private static let counts: Set<Int> = Set(1...200)
    private static let longestS = 86_400.0
    /// Words between a number and the tracks that it counts, at most: "10 really good classic rock songs".
    private static let wordsToTracks = 5

    /// "10 classic rock songs", "20 minutes of jazz", "half an hour of jazz".
    func readLength(_ reading: inout VibeReading) {
        for position in reading.words.indices where !reading.isNamed(position..<position + 1) {
            if let (length, range) = duration(at: position, reading) ?? trackCount(at: position, reading) {
                reading.set(length: length)
                reading.take(range)
                reading.block(range)
                return
            }
        }
    }

    private func duration(at position: Int, _ reading: VibeReading) -> (Vibe.Length, Range<Int>)? {
        let words = reading.words
        guard let unit = Self.secondsOfUnits[words[position].text], position > 0 else { return nil }
        var start = position - 1
        var isHalf = Self.halves.contains(words[start].text)
        if Self.ones.contains(words[start].text), start > 0, Self.halves.contains(words[start - 1].text) {
            start -= 1
            isHalf = true
        }
        if isHalf, start > 0, Self.ones.contains(words[start - 1].text) { start -= 1 }
        let isOne = Self.ones.contains(words[start].text) || isHalf
        guard let number = isOne ? (isHalf ? 0.5 : 1) : Double(words[start].text) else { return nil }
        guard number > 0, number * unit <= Self.longestS else { return nil }
        return (.seconds(number * unit), start..<position + 1)
    }

    private func trackCount(at position: Int, _ reading: VibeReading) -> (Vibe.Length, Range<Int>)? {
        guard let number = Int(reading.words[position].text), Self.counts.contains(number) else { return nil }
        let next = reading.words[(position + 1)...].prefix(Self.wordsToTracks + 1)
        guard next.contains(where: { Self.tracks.contains($0.text) }) else { return nil }
        return (.tracks(number), position..<position + 1)
    }
}
