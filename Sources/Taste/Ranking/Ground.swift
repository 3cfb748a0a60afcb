/// What put a track on a list, before anybody asks for it in words.
enum Ground: Equatable, Sendable {
    /// It was played.
    case played
    /// Its artist is near one side of the taste.
    case near(Interest)
    /// It fits the words by these parts, and an interest of that name if it counted.
    case vibe(VibeParts, interest: String?)
    /// The catalog has much of its artist.
    case popular
}
