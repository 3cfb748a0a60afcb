/// Rules for tags as people and catalogs write them.
enum Tag {
    /// Longer ones are sentences.
    private static let longest = 40
    /// Said of artists, but not about how they sound.
    private static let meaningless: Set<String> = [
        "seen live", "favorites", "favourites", "favorite", "favourite", "albums i own", "my music", "awesome", "love",
        "good",
        "beautiful", "spotify", "all", "music", "artist", "under 2000 listeners",
    ]

    /// Said of what is spoken: nobody who asks for music means it.
    static let spoken: Set<String> = [
        "audio book", "audio drama", "audio play", "audiobook", "audiobooks", "audiolibro",
        "audiolibri", "audiolibros", "bedtime stories", "children's audiobook",
        "children's stories", "children's story", "childrens stories", "comedy", "conte", "contes",
        "cuentos", "fairy tale", "fairy tales", "favole", "fiabe", "hoerbuch", "hoerspiel",
        "hoerspiele", "hoorspel", "hörbuch", "hörbücher", "hörspiel", "hörspiele", "interview",
        "kinderhörspiel", "lecture", "livre audio", "luisterboek", "märchen", "podcast",
        "radio drama", "radio play", "reading", "readings", "sermon", "speech", "spoken",
        "spoken word", "sprookjes", "stand up", "stand up comedy", "stories", "story",
        "storytelling",
    ]

    /// Of these, what may also be said of music.
    private static let ambiguous: Set<String> = [
        "comedy", "conte", "contes", "cuentos", "interview", "reading", "readings", "sermon", "speech", "spoken",
        "spoken word", "stand up", "stand up comedy", "stories", "story", "storytelling",
    ]
    /// Words that only recordings of speech have, folded, with a blank before and after.
    private static let told: [String] =
        (spoken.subtracting(ambiguous).union(["books & spoken", "spoken & audio", "audio books", "lesung", "podcasts"]))
        .map { " \(FoldedText($0).words.joined(separator: " ")) " }

    /// Whether a tag has words that only recordings of speech have.
    static func isTold(_ text: String) -> Bool {
        let words = " \(FoldedText(text).words.joined(separator: " ")) "
        return told.contains(where: words.contains)
    }

    /// Lower case, words parted by single spaces: "Hip-Hop" and "hip hop" are one.
    static func normalized(_ text: String) -> String {
        text.lowercased().split { $0.isWhitespace || $0 == "-" || $0 == "_" || $0 == "/" }.joined(separator: " ")
    }

    /// The normalised tag; nil if it says nothing.
    static func meaningful(_ text: String) -> String? {
        let tag = normalized(text)
        return tag.isEmpty || tag.count > longest || meaningless.contains(tag) ? nil : tag
    }
}
