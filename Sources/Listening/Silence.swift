/// How long nothing may be said before it means something, in seconds.
enum Silence {
    /// A track of known length is over when its end passed this long ago.
    static let afterEndS = 30.0
    /// A track of unknown length is over after this.
    static let unknownLengthS = 7_200.0
    /// From here on a gap between two reports is silence, and no proof that a track of unknown length went on.
    static let noticedS = 600.0
    /// Of such a gap, what completes a play counts, and this much more.
    static let marginS = 60.0
    /// A player whose words are nearer to each other than this keeps talking: a track that is over is not begun anew by it.
    static let chatterS = 120.0
    /// How long a play waits for a speaker that says nothing plays right after an interruption: it may not be ready yet.
    static let returnS = 30.0
    /// How much later than its end a track may be replaced when nothing was reported in between.
    static let lateEndS = 10.0
    /// How long a track waits for an announcement over it to end.
    static let interludeS = 600.0
    /// How long a play waits for a report of a speaker that cannot be heard.
    static let awayS = 21_600.0
}
