import Foundation

/// A play that is not over: what is heard, for how long so far, and where in the track it is.
///
/// Heard seconds and position are right at `settledAt` and are carried on by ``run(to:)``.
struct OpenPlay: Codable, Equatable, Sendable {
    /// A position this far from where the play should be still fits it, in seconds: players send whole ones, and late.
    private static let positionToleranceS = 2.0
    /// Being this near to the end counts as having reached it: a twentieth of the track, within these bounds, in seconds.
    private static let endToleranceS = 2.0...10.0
    /// How much later than its end a track may be replaced when nobody said a word in between, in seconds.
    private static let silentEndS = 10.0

    var media: Media
    /// Which of a speaker's sources told of it.
    var voice: String
    let startedAt: Date
    /// Whether an announcement came over it, after which it goes on wherever the player says that it is.
    private(set) var wasInterposed = false
    private(set) var isRunning = true
    private(set) var heardS = 0.0
    /// Part of `heardS` that a group's leader heard as well.
    private(set) var followedS = 0.0
    /// Seconds in which nothing could be known.
    private(set) var missedS = 0.0
    /// `heardS` when the speaker last said something.
    private(set) var confirmedS = 0.0
    private(set) var lastHeardAt: Date
    /// Those before it in the group that the speaker last played along with, the leader first.
    private(set) var elders: [String]
    private var isFollowing: Bool
    private var positionS: Double
    private var positionAt: Date?
    private var settledAt: Date
    private(set) var awaySince: Date?
    /// Since when a broker's memory says that the track went on while nobody could hear it.
    private var presumedSince: Date?

    /// A play that begins.
    ///
    /// - Parameters:
    ///   - media: What plays.
    ///   - update: Who says so.
    ///   - elders: Those before it in the speaker's group, the leader first.
    ///   - startedAt: When it began.
    ///   - heardFrom: Since when it is heard; later than the start when nobody was there to hear that.
    ///   - positionS: Where in the track it was then, in seconds.
    init(
        _ media: Media, _ update: PlayerUpdate, elders: [String], startedAt: Date, heardFrom: Date, positionS: Double
    ) {
        self.media = media
        self.voice = update.speakerName
        self.elders = elders
        isFollowing = !elders.isEmpty
        self.startedAt = startedAt
        self.positionS = positionS
        settledAt = heardFrom
        lastHeardAt = heardFrom
    }

    /// Carries heard seconds and position on to a time.
    ///
    /// A track is not heard beyond its end.
    mutating func run(to time: Date) {
        guard time > settledAt else { return }
        if isRunning, awaySince == nil { hear(min(time.timeIntervalSince(settledAt), roomS), from: settledAt) }
        settledAt = time
    }

    /// Takes back what was heard after a time, because the track had ended by then.
    mutating func rewind(to time: Date) {
        let surplus = min(heardS, max(0, lastHeardAt.timeIntervalSince(time)))
        guard surplus > 0 else { return }
        heardS -= surplus
        if isFollowing { followedS = max(0, followedS - surplus) }
        lastHeardAt = time
        settledAt = min(settledAt, time)
    }

    /// The speaker was heard of, and this play goes on or ends now.
    mutating func confirm(at time: Date) {
        if let since = awaySince {
            if let presumedSince { presume(from: presumedSince, to: time) }
            missedS += max(0, time.timeIntervalSince(since))
            awaySince = nil
            presumedSince = nil
            settledAt = max(settledAt, time)
        }
        run(to: time)
        confirmedS = heardS
    }

    /// Nothing can be known of the speaker from now on.
    mutating func leave(at time: Date) {
        run(to: time)
        if awaySince == nil { awaySince = settledAt }
    }

    /// The broker remembers that the track plays, after nobody could hear it for a while.
    mutating func presumePlaying(since time: Date) {
        if awaySince != nil, presumedSince == nil { presumedSince = time }
    }

    mutating func halt(at time: Date) {
        run(to: time)
        isRunning = false
    }

    /// An announcement comes over it.
    mutating func interpose(at time: Date) {
        halt(at: time)
        wasInterposed = true
    }

    mutating func resume(at time: Date) {
        run(to: time)
        isRunning = true
        wasInterposed = false
    }

    /// Plays along with others from now on, or with nobody; who once followed remembers whom.
    mutating func follow(_ elders: [String]) {
        isFollowing = !elders.isEmpty
        if isFollowing { self.elders = elders }
    }

    /// The clock was set back.
    mutating func clockWentBack(to time: Date) {
        settledAt = time
        lastHeardAt = min(lastHeardAt, time)
        positionAt = nil
        if awaySince != nil { awaySince = time }
    }

    /// Takes over a position that a player reported, unless it is from before this play or was told already.
    mutating func seek(to report: PositionReport?) {
        guard let report, report.trueAt > max(startedAt, positionAt ?? .distantPast) else { return }
        positionAt = report.trueAt
        positionS = min(report.positionS, media.durationS ?? .infinity)
    }

    /// Whether a position was reported that this play can be at, or none that says otherwise.
    func fits(_ report: PositionReport?) -> Bool {
        guard let report, report.trueAt > (positionAt ?? startedAt) else { return !hasReachedEnd }
        return report.positionS >= positionS - Self.positionToleranceS
    }

    /// Whether a reported position says that the track, having come to its end, began anew.
    func isRepeated(by report: PositionReport?) -> Bool {
        guard let report, report.trueAt > (positionAt ?? startedAt) else { return false }
        return hasReachedEnd && report.positionS < positionS - Self.positionToleranceS
            && report.positionS < (media.durationS ?? 0) / 2
    }

    /// Whether the track is so near its end that it may have ended.
    var hasReachedEnd: Bool {
        guard let durationS = media.durationS else { return false }
        let toleranceS = min(max(durationS / 20, Self.endToleranceS.lowerBound), Self.endToleranceS.upperBound)
        return positionS >= durationS - toleranceS
    }

    /// Seconds of the track that are left.
    private var roomS: Double { media.durationS.map { max(0, $0 - positionS) } ?? .infinity }

    private mutating func hear(_ seconds: Double, from time: Date) {
        guard seconds > 0 else { return }
        heardS += seconds
        positionS += seconds
        if isFollowing { followedS += seconds }
        lastHeardAt = time.addingTimeInterval(seconds)
    }

    /// Counts time that nobody witnessed, if the next word came while the track could still be playing.
    private mutating func presume(from since: Date, to time: Date) {
        let elapsedS = time.timeIntervalSince(since)
        guard isRunning, media.durationS != nil, elapsedS > 0, elapsedS <= roomS + Self.silentEndS else { return }
        let heard = min(elapsedS, roomS)
        hear(heard, from: since)
        missedS -= heard
    }
}

/// A position in a track as a player reported it, with what is left of doubt about its time taken out.
struct PositionReport: Equatable {
    /// Seconds into the track, now.
    var positionS: Double
    /// When the player looked.
    var trueAt: Date

    /// Reads the position of an update; nil when it has none.
    init?(_ update: PlayerUpdate) {
        guard let position = update.positionS, position.isFinite, position >= 0 else { return nil }
        trueAt = min(update.positionAt ?? update.at, update.at)
        let age = update.at.timeIntervalSince(trueAt)
        positionS = update.state == .playing ? position + age : position
    }
}
