public import Foundation

/// What was seen of a play, so that a person can see why it counts as it does.
public struct PlayAccount: Codable, Equatable, Sendable {
    /// A stretch of time in which the speaker was seen playing the track.
    public struct Stretch: Codable, Equatable, Sendable {
        /// When it began.
        public var from: Date
        /// When it ended.
        public var to: Date
        /// The source that saw it, with its name for the speaker.
        public var source: String
        /// The speaker whose listen it is, when it was played along with that one.
        public var following: String?
    }

    /// All stretches, of a play with very many the last ones.
    public var stretches: [Stretch]
    /// The report that began it.
    public var began: String
    /// The report that ended it, or the reason without a report.
    public var ended: String

    init(_ ended: EndedPlay, date: (Double) -> Date) {
        stretches = ended.play.seen.stretches.map {
            Stretch(from: date($0.from), to: date($0.to), source: $0.reporter, following: $0.lead)
        }
        began = ended.play.origin.cause.text
        self.ended = ended.cause.text
    }
}
