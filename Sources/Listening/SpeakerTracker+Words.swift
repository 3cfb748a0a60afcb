import Foundation

extension SpeakerTracker {
    /// A track that is first seen this far into it, in seconds, began that much earlier, whatever was before.
    ///
    /// Players that are polled are seen late. Between two words of a player that plays all the time it may have been longer.
    private static let lateS = 15.0

    /// What a speaker says, and what was known when it said it.
    struct Word {
        var update: PlayerUpdate
        /// Those before the speaker in its group, the leader first.
        var elders: [String]
        /// When it said something before.
        var previousAt: Date?
        /// Whether it played when it said something before.
        var wasPlaying: Bool
        /// Whether its play could not be heard until now.
        var wasAway: Bool

        var at: Date { update.at }
        var report: PositionReport? { PositionReport(update) }

        /// The reported position, if it was not told before.
        var freshReport: PositionReport? {
            guard let report, report.trueAt > previousAt ?? .distantPast else { return nil }
            return report
        }

        /// When a track began that this word is the first to tell of: never before the word that did not tell of it.
        var startedAt: Date {
            guard let report = freshReport, wasPlaying || report.positionS <= SpeakerTracker.lateS else { return at }
            let start = at.addingTimeInterval(-report.positionS)
            guard let previousAt else { return start }
            return start < previousAt.addingTimeInterval(-1) ? at : max(start, previousAt)
        }
    }

    /// It plays.
    mutating func play(_ word: Word, _ ended: inout [EndedPlay]) {
        confirm(at: word.at)
        guard let media = word.update.media else { return goOn(at: word.at) }
        if media.isInterlude(under: rules), media.isSound || open?.hasReachedEnd == false {
            return interpose(media, word, &ended)
        }
        endInterlude(at: word.at, &ended)
        guard let current = open, isSame(media, word, as: current) else {
            end(media.isTrack ? .replaced : .stopped, at: word.startedAt, &ended)
            return begin(media, word)
        }
        let isRepeat = current.isRepeated(by: word.report)
        let wasGone = pendingEnd != nil || word.wasAway
        let isOver = current.wasInterposed ? current.hasReachedEnd : wasGone && !current.fits(word.report)
        guard !isRepeat, !isOver else {
            end(isRepeat ? .replaced : .stopped, at: word.startedAt, &ended)
            return begin(media, word)
        }
        pendingEnd = nil
        open?.media = media.keepingLength(of: current.media)
        open?.voice = word.update.speakerName
        open?.resume(at: word.at)
        open?.follow(word.elders)
        open?.seek(to: word.report)
    }

    /// It is paused or busy.
    ///
    /// Another track that waits there has taken the place of the one that played.
    mutating func halt(_ word: Word, _ ended: inout [EndedPlay]) {
        confirm(at: word.at)
        let track = word.update.media.flatMap { $0.isTrack && !$0.isInterlude(under: rules) ? $0 : nil }
        guard interlude == nil || track != nil else { return interlude?.halt(at: word.at) ?? () }
        endInterlude(at: word.at, &ended)
        if let track, let current = open, !isSame(track, word, as: current) || current.isRepeated(by: word.report) {
            return end(.replaced, at: word.at, &ended)
        }
        pendingEnd = nil
        open?.halt(at: word.at)
        open?.seek(to: word.report)
    }

    /// It plays nothing, at least for now.
    mutating func stop(at time: Date, _ ended: inout [EndedPlay]) {
        confirm(at: time)
        endInterlude(at: time, &ended)
        guard open != nil, pendingEnd == nil else { return }
        open?.halt(at: time)
        awaitEnd(since: time, from: time)
    }

    private mutating func confirm(at time: Date) {
        open?.confirm(at: time)
        interlude?.confirm(at: time)
    }

    /// It plays, and does not say what.
    private mutating func goOn(at time: Date) {
        pendingEnd = nil
        if interlude != nil { interlude?.resume(at: time) } else { open?.resume(at: time) }
    }

    /// A sound comes over the track, which waits beneath.
    private mutating func interpose(_ media: Media, _ word: Word, _ ended: inout [EndedPlay]) {
        pendingEnd = nil
        open?.interpose(at: word.at)
        guard interlude?.media != media else { return interlude?.resume(at: word.at) ?? () }
        endInterlude(at: word.at, &ended)
        interlude = OpenPlay(
            media, word.update, elders: word.elders, startedAt: word.at, heardFrom: word.at, positionS: 0)
    }

    private mutating func begin(_ media: Media, _ word: Word) {
        let start = word.startedAt
        // What was played before anybody listened began then, but was not heard.
        let heardFrom = word.previousAt == nil ? word.at : start
        let position = word.freshReport.map { $0.positionS - word.at.timeIntervalSince(heardFrom) } ?? 0
        open = OpenPlay(
            media, word.update, elders: word.elders, startedAt: start, heardFrom: heardFrom,
            positionS: max(0, position))
        open?.confirm(at: word.at)
    }

    private func isSame(_ media: Media, _ word: Word, as play: OpenPlay) -> Bool {
        word.update.speakerName == play.voice
            ? media.isSameTrack(as: play.media) : media.isSameTrackElsewhere(as: play.media)
    }
}
