import Foundation
import Listening

/// A made-up evening of a house: several speakers, some with two sources, groups, gaps, steps of the clock, and a broker's
/// memory, in any order.
struct History {
    enum Event {
        case word(PlayerUpdate)
        case silence(until: Double)
        case cutOff(source: String?, at: Double)
        case clockSet(by: Double, at: Double)
    }

    static let speakers = ["a", "b", "c"]
    static let sources = ["one", "two"]
    private static let media = [
        Speaker.track("One"), Speaker.track("Two", lasting: 40), Speaker.track("Radio", artist: nil, lasting: nil),
        Speaker.track("One", artist: "Other"), Speaker.track("Four", lasting: 300),
        Media(title: "Hello", kind: .announcement),
        Media(title: "News", kind: .other), Media(), Media(title: "Chime", durationS: 3),
    ]

    private(set) var events: [Event] = []
    private(set) var end = 0.0

    /// - Parameters:
    ///   - seed: What it is made of.
    ///   - hasGroups: Whether speakers play together.
    ///   - hasGaps: Whether sources cannot be heard at times.
    ///   - hasReplays: Whether a broker remembers something.
    ///   - sources: How many sources speak of each speaker; with one, gaps are of all sources.
    init(seed: UInt64, hasGroups: Bool = true, hasGaps: Bool = true, hasReplays: Bool = true, sources: Int = 2) {
        var random = Random(seed: seed)
        var playing: [String: (media: Media, since: Double)] = [:]
        for _ in 0..<(20 + random.below(60)) {
            end += [0, 0.2, 1, 3, 10, 30, 100, 250, 900][random.below(9)]
            switch random.below(24) {
            case 0 where hasGaps: events.append(.cutOff(source: random.below(sources) == 0 ? nil : "one", at: end))
            case 1: events.append(.clockSet(by: Double(random.below(7_200)) - 3_600, at: end))
            case 2: events.append(.silence(until: end))
            default:
                let name = Self.speakers[random.below(3)]
                let state = random.below(3) > 0 ? .playing : PlayerState.allCases[random.below(7)]
                if random.below(3) == 0 || playing[name] == nil {
                    playing[name] = (Self.media[random.below(Self.media.count)], end)
                    // Groups play one track.
                    if hasGroups, random.below(2) == 0, let other = playing["a"] { playing[name] = other }
                }
                var update = Self.update(name, state, playing[name], &random, at: end)
                update.source = Self.sources[random.below(sources)]
                if hasGroups { update.groupMembers = Self.group(of: name, &random) }
                update.isReplay = hasReplays && random.below(12) == 0
                events.append(.word(update))
            }
        }
    }

    private static func update(
        _ name: String, _ state: PlayerState, _ playing: (media: Media, since: Double)?, _ random: inout Random,
        at now: Double
    ) -> PlayerUpdate {
        var position: ReportedPosition?
        switch random.below(4) {
        case 0:
            position = ReportedPosition(seconds: Double(random.below(220)), ageS: Double(random.below(5)), stamp: now)
        case 1: position = playing.map { ReportedPosition(seconds: now - $0.since, stamp: now) }
        case 2: position = playing.map { ReportedPosition(seconds: 0, ageS: now - $0.since, stamp: $0.since) }
        default: break
        }
        let media = random.below(10) == 0 ? nil : playing?.media
        return PlayerUpdate(
            speakerName: name, state: state, media: media, position: position, at: Moment(Speaker.time(now)))
    }

    private static func group(of name: String, _ random: inout Random) -> [String] {
        switch random.below(5) {
        case 0: ["a", "b"]
        case 1: ["b", "a", "c"]
        case 2: [name]
        default: []
        }
    }

    /// Its plays, each with how far the wall clock was set when it ended.
    ///
    /// - Parameters:
    ///   - change: Turns each word into those that are said.
    ///   - isCopied: Whether the tracker is put down and read again after every event.
    /// - Returns: All plays, in the order they ended.
    /// - Throws: What coding throws.
    func plays(_ change: (PlayerUpdate) -> [PlayerUpdate] = { [$0] }, isCopied: Bool = false) throws -> [Heard] {
        var tracker = HomeTracker()
        var step = 0.0
        var heard: [Heard] = []
        let moment = { (seconds: Double) in Moment(date: Speaker.time(seconds + step), uptimeS: 1_000 + seconds) }
        for event in events {
            var plays: [Play] = []
            switch event {
            case .word(let update):
                for var word in change(update) {
                    word.at = moment(word.at.date.timeIntervalSince(Speaker.start))
                    plays += tracker.receive(word, under: ListenRules())
                }
            case .silence(let time): plays = tracker.advance(to: moment(time))
            case .cutOff(let source, let time): tracker.interrupt(source: source, at: moment(time))
            case .clockSet(let seconds, let time):
                plays = tracker.advance(to: moment(time))
                step += seconds
            }
            if case .clockSet(let seconds, _) = event {
                heard += plays.map { Heard($0, step: step - seconds) }
            } else {
                heard += plays.map { Heard($0, step: step) }
            }
            if isCopied { tracker = try JSONDecoder().decode(HomeTracker.self, from: JSONEncoder().encode(tracker)) }
        }
        return heard + tracker.finish(at: moment(end)).map { Heard($0, step: step) }
    }

    /// Time in which any of some speakers may have been playing: from a word that says so to the next that does not.
    func secondsSeen(of names: Set<String>) -> Double {
        var since: [String: Double] = [:]
        var spans: [(from: Double, to: Double)] = []
        for case .word(let update) in events where !update.isReplay && names.contains(update.speakerName) {
            let now = update.at.date.timeIntervalSince(Speaker.start)
            let reporter = update.source + update.speakerName
            if update.state == .playing {
                since[reporter] = since[reporter] ?? now
            } else if let from = since.removeValue(forKey: reporter) {
                spans.append((from, now))
            }
        }
        spans += since.values.map { ($0, end) }
        var covered = (until: -Double.infinity, seconds: 0.0)
        for span in spans.sorted(by: { $0.from < $1.from }) where span.to > covered.until {
            covered.seconds += span.to - max(span.from, covered.until)
            covered.until = span.to
        }
        return covered.seconds
    }
}

/// A play, and what is comparable of it.
struct Heard: Equatable {
    var play: Play
    /// How far the wall clock was set when it ended.
    var step: Double

    init(_ play: Play, step: Double) {
        self.play = play
        self.step = step
    }

    var counts: Bool { play.outcome != .ignored }

    /// Stretches that count, in seconds of the clock that only runs.
    var stretches: [(from: Double, to: Double)] {
        (play.account?.stretches ?? []).filter { $0.following == nil }.map {
            (
                $0.from.timeIntervalSince(Speaker.start) - step,
                min($0.to.timeIntervalSince(Speaker.start), play.endedAt.timeIntervalSince(Speaker.start)) - step
            )
        }
    }

    /// What a person would compare.
    var summary: String {
        let began = play.startedAt.timeIntervalSince(Speaker.start).rounded()
        return "\(play.speakerName) \(play.media.title ?? "-") \(play.outcome) \(play.playedS.rounded()) from \(began)"
    }

    static func == (one: Heard, other: Heard) -> Bool { one.summary == other.summary }
}

/// SplitMix64, so that a failure can be repeated by its seed.
struct Random {
    private var state: UInt64

    /// Seeds that follow each other give sequences that have nothing in common.
    init(seed: UInt64) {
        var mixed = (seed ^ (seed >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        mixed = (mixed ^ (mixed >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        state = mixed ^ (mixed >> 33)
    }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
