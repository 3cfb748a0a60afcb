import Foundation
public import Taste

/// Something that plays, as the store knows it.
public struct Speaker: Equatable, Sendable {
    /// Its full name; for Home Assistant the entity id.
    public let name: String
    /// Its name in a topic: one level, safe, unique in this house.
    public let topic: String
    /// Whether it stores nothing for now.
    public var isGuest: Bool
    /// The guest's list it plays, while its plays are nobody's.
    public var guestPlaylistID: String?
    /// How many tracks its lists have when a request does not say; nil leaves it to the settings.
    public var totalTracks: Int?
    /// Which music its lists have when a request does not say; nil is balanced.
    public var mode: RankingMode?

    /// Creates the value of a stored row.
    public init(
        name: String, topic: String, isGuest: Bool = false, guestPlaylistID: String? = nil, totalTracks: Int? = nil,
        mode: RankingMode? = nil
    ) {
        self.name = name
        self.topic = topic
        self.isGuest = isGuest
        self.guestPlaylistID = guestPlaylistID
        self.totalTracks = totalTracks
        self.mode = mode
    }

    /// Returns the topic-safe form of a name, one that no other speaker has.
    ///
    /// The domain before the first `.` or `/` is left out unless another speaker was there first.
    ///
    /// - Parameters:
    ///   - name: Full name of the speaker.
    ///   - isTaken: Whether another speaker has this topic already.
    /// - Returns: A topic level of letters, digits, `_` and `-`.
    public static func topic(for name: String, isTaken: (String) -> Bool) -> String {
        let safe = { (text: Substring) in
            String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
        }
        let start = name.firstIndex { $0 == "." || $0 == "/" }.map { name.index(after: $0) } ?? name.startIndex
        let short = safe(name[start...])
        let long = safe(name[...])
        for candidate in [short, long] where !candidate.isEmpty && !isTaken(candidate) { return candidate }
        return (2...).lazy.map { "\(long)_\($0)" }.first { !isTaken($0) } ?? long
    }
}
