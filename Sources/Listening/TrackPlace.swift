/// Where in its track a play is: what players report, and time that runs.
///
/// A position decides what a report means (a repeat, a seek, an end that was reached). It takes no heard second away.
struct TrackPlace: Codable, Equatable, Sendable {
    /// A position this far from where the play should be still fits it: players send whole seconds, and late.
    static let toleranceS = 2.0
    /// The same after a gap.
    static let gapToleranceS = 5.0
    /// A track that is first seen this far into it began that much earlier: players that are polled are seen late.
    static let lateS = 12.0
    /// Being this near to the end counts as having reached it: a twentieth of the track, within these bounds.
    private static let endToleranceS = 2.0...10.0

    /// Where the track was when it was first heard.
    let startS: Double
    /// Time that the track has run since, pauses left out.
    private(set) var ranS = 0.0
    /// The last report, and `ranS` then.
    private var anchorS: Double
    private var anchorRanS = 0.0
    /// Whether reports agree with each other, so that they say when the track ends.
    private(set) var isTrusted: Bool

    init(startS: Double, isTrusted: Bool) {
        self.startS = startS
        anchorS = startS
        self.isTrusted = isTrusted
    }

    mutating func run(_ seconds: Double) { ranS += seconds }

    /// Position when the track has run that long.
    func position(ranS: Double) -> Double { anchorS + ranS - anchorRanS }

    mutating func seek(to seconds: Double, ranS: Double, of durationS: Double?) {
        let fits = abs(seconds - position(ranS: ranS)) <= Self.toleranceS
        // The same report from two sources confirms nothing.
        guard !fits || ranS - anchorRanS > Self.toleranceS else { return }
        isTrusted = fits
        anchorS = min(seconds, durationS ?? .infinity)
        anchorRanS = ranS
    }

    /// Whether the track may have ended.
    func isAtEnd(ranS: Double, of durationS: Double?) -> Bool {
        guard let durationS else { return false }
        let toleranceS = min(max(durationS / 20, Self.endToleranceS.lowerBound), Self.endToleranceS.upperBound)
        return position(ranS: ranS) >= durationS - toleranceS
    }
}

/// When a track that is reported for the first time began.
struct TrackStart {
    /// When it began.
    var beganAt: Double
    /// Since when it is heard.
    var heardFrom: Double
    /// Whether its beginning was seen.
    var isSeen: Bool
    /// Where in the track it was at `heardFrom`.
    var positionS: Double
    /// Whether nothing speaks against that position.
    var isTrusted: Bool

    /// A track that began when it was reported.
    init(at time: Double) {
        self.init(beganAt: time, heardFrom: time, isSeen: true, positionS: 0, isTrusted: false)
    }

    /// - Parameters:
    ///   - report: The first report of the track.
    ///   - positionS: The reported position in the track.
    ///   - freeSince: Since when nothing else was heard, though the speaker played.
    init(_ report: Report, positionS: Double?, freeSince: Double?) {
        self.init(at: report.at)
        guard let positionS else { return }
        let allowedS = max(TrackPlace.lateS, report.at - (freeSince ?? report.at))
        let start = report.at - positionS
        guard positionS <= allowedS else {
            isSeen = false
            self.positionS = positionS
            isTrusted = !report.wasPlaying
            return
        }
        guard let previousAt = report.previousAt else {
            // What was played before anybody listened was not heard.
            beganAt = start
            self.positionS = positionS
            isTrusted = true
            return
        }
        // The report before would have named it.
        guard start > previousAt - 1 else { return }
        beganAt = max(start, previousAt)
        heardFrom = beganAt
    }

    private init(beganAt: Double, heardFrom: Double, isSeen: Bool, positionS: Double, isTrusted: Bool) {
        self.beganAt = beganAt
        self.heardFrom = heardFrom
        self.isSeen = isSeen
        self.positionS = positionS
        self.isTrusted = isTrusted
    }
}
