public import Foundation

/// What one speaker plays without half an hour of silence, and who is likely to hear it.
///
/// A hidden Markov model whose states are the people who share the speaker and somebody else. It keeps what each play
/// said when it was heard, so that a session that is read from a store goes on as if it had never been away.
public struct ListenerSession: Equatable, Sendable {
    /// Silence after which another session begins, in seconds.
    public static let silenceS = 1_800.0

    /// What was believed at one play. Each list has a number for each person, then one for somebody else.
    struct Step: Equatable, Codable, Sendable {
        var play: HeardPlay
        /// Chances of whoever comes in at this play.
        var prior: [Double]
        /// Log chances of the play, tempered.
        var evidence: [Double]
        /// Factor by which somebody is here and not at another speaker.
        var here: [Double]
        /// Chance of each to go on from the play before; nil in sessions that an older build stored.
        var stay: [Double]?
        /// Posterior from all plays up to this one.
        var belief: [Double]
        /// Log likelihood ratios by where people were; nil where nothing is known.
        var presence: [Double]?
        /// Whether nobody was at home.
        var isEverybodyAway: Bool?
    }

    /// What somebody said of who is listening.
    struct Word: Equatable, Codable, Sendable {
        var at: Date
        /// The person; nil is nobody of the house.
        var person: String?
    }

    /// Names of those who share the speaker, in the order of all lists.
    public let people: [String]
    /// Chances of whoever is heard first.
    let prior: [Double]
    var steps: [Step] = []
    var words: [Word] = []
    var signs: [ListenerSign]?
    /// Whether it was told that nobody is at home; nil is no.
    public internal(set) var isAwayTold: Bool?
    /// More than a session of hours has of use.
    private static let mostSigns = 64

    /// Begins a session.
    ///
    /// - Parameters:
    ///   - people: Who shares the speaker.
    ///   - prior: Chances of each, then of somebody else; they sum up to 1.
    init(of people: [String], prior: [Double]) {
        self.people = people
        self.prior = prior
    }

    /// The plays, in order.
    public var plays: [HeardPlay] { steps.map(\.play) }

    /// When the first play began.
    public var beganAt: Date? { steps.first?.play.startedAt }

    /// When the last play ended; before the first, when something last told who is listening.
    public var endedAt: Date? {
        steps.map(\.play.endedAt).max() ?? [words.last?.at, signs?.last?.at].compactMap(\.self).max()
    }

    /// Whether a play that begins at a time is one of the same session.
    public func goesOn(at time: Date) -> Bool {
        endedAt.map { time.timeIntervalSince($0) < Self.silenceS } ?? true
    }

    /// Whether a time is one of the session, or so shortly before it that a play then would have been one.
    public func isBeside(_ time: Date) -> Bool {
        goesOn(at: time) && (beganAt.map { $0.timeIntervalSince(time) < Self.silenceS } ?? true)
    }

    /// The chance that each person is at this speaker at a time; nothing when it has been quiet for a while.
    func presence(at time: Date) -> [String: Double] {
        guard let step = steps.last, time.timeIntervalSince(step.play.endedAt) < ListenerWeights.elsewhereS else {
            return [:]
        }
        if let said = saidNow { return said.map { [$0: 1] } ?? [:] }
        return Dictionary(zip(people, step.belief), uniquingKeysWith: max)
    }

    /// Takes in a play.
    ///
    /// - Parameters:
    ///   - play: The play.
    ///   - logChances: Log chance of it for each person and for somebody else.
    ///   - elsewhere: Chance that each person is at another speaker.
    ///   - presence: Log likelihood ratios by where people are; nil where nothing is known.
    ///   - isEverybodyAway: Whether nobody is at home.
    mutating func hear(
        _ play: HeardPlay, logChances: [Double], elsewhere: [Double], presence: [Double]? = nil,
        isEverybodyAway: Bool = false
    ) {
        let here = elsewhere.map { 1 - ListenerWeights.elsewhere * $0 } + [1]
        let arrival = chancesToArrive(at: play, here: here)
        let stay = steps.last.map { chancesToStay(after: $0.play, until: play) }
        let transition = stay.map { ListenerTransition(stay: $0, arrival: arrival) }
        let before = steps.last.flatMap { transition?.forward($0.belief) } ?? arrival
        let evidence = logChances.map { temper(of: play) * $0 }
        let belief = zip(before, evidence.likelihoods).map(*).normalized
        steps.append(
            Step(
                play: play, prior: arrival, evidence: evidence, here: here, stay: stay, belief: belief,
                presence: presence, isEverybodyAway: isEverybodyAway ? true : nil))
    }

    /// How far a play is believed: little when it was skipped, or when the artist just goes on, whoever listens.
    private func temper(of play: HeardPlay) -> Double {
        if play.isSkipped { return ListenerWeights.skipTemper }
        let goesOn = play.artist != nil && steps.last?.play.artist == play.artist
        return ListenerWeights.temper * (goesOn ? ListenerWeights.sameArtist : 1)
    }

    /// Chance of each to go on from one play to the next.
    private func chancesToStay(after last: HeardPlay, until play: HeardPlay) -> [Double] {
        let gap = PlayGap(from: last, to: play)
        return people.map { _ in gap.stay } + [gap.strangerStay]
    }

    /// Chances of whoever comes in at a play.
    private func chancesToArrive(at play: HeardPlay, here: [Double]) -> [Double] {
        var arrival = zip(prior, here).map(*)
        if !steps.isEmpty { arrival[people.count] *= ListenerWeights.strangerArrival }
        arrival = arrival.normalized
        guard let last = steps.last, PlayGap(from: last.play, to: play).isOverlap, let back = fitting(play) else {
            return arrival
        }
        return zip(arrival, back.belief).map { $0 * (1 - ListenerWeights.backAgain) + $1 * ListenerWeights.backAgain }
    }

    /// Of two people whose plays overlap: the play before the last one that was over when this one began.
    private func fitting(_ play: HeardPlay) -> Step? {
        let over = steps.dropLast().suffix(ListenerWeights.backAgainPlays).reversed().filter {
            $0.play.endedAt.timeIntervalSince(play.startedAt) <= -ListenerWeights.overlapS
        }
        return over.min {
            abs($0.play.endedAt.timeIntervalSince(play.startedAt))
                < abs($1.play.endedAt.timeIntervalSince(play.startedAt))
        }
    }

    /// Names the track of the last play, which the catalog may not have had before.
    public mutating func identifyLast(as trackID: TrackID) {
        if let last = steps.indices.last { steps[last].play.trackID = trackID }
    }

    /// Takes note of a moment at which something spoke for a person. The same again changes nothing.
    public mutating func note(_ sign: ListenerSign) {
        let known = signs ?? []
        guard !known.contains(sign) else { return }
        signs = (known.suffix(Self.mostSigns - 1) + [sign]).sorted { $0.at < $1.at }
    }

    /// Takes in where people were during plays of which it was not known then. What was known stays.
    ///
    /// - Parameter places: Where each person was during a play, as far as it is known now.
    /// - Returns: Whether that changes something.
    public mutating func notePlaces(_ places: (HeardPlay) -> [ListenerPlace?]) -> Bool {
        let before = steps
        for index in steps.indices {
            let late = ListenerPlace.weights(places(steps[index].play))
            let known = steps[index].presence ?? late.map { _ in 0 }
            let people = zip(known, late).map { $0 == 0 ? $1 : $0 }.dropLast()
            guard people.contains(where: { $0 != 0 }) else { continue }
            steps[index].presence = ListenerPlace.weights(ofPeople: Array(people))
            steps[index].isEverybodyAway = people.allSatisfy { $0 == ListenerWeights.away } ? true : nil
        }
        return steps != before
    }

    /// Takes note that it was told that nobody is at home.
    public mutating func noteAwayTold() { isAwayTold = true }
}

// What somebody said: certain, and no evidence weakens it.
extension ListenerSession {
    /// Takes note of who is listening: back to the last time that somebody said so, and on to the next.
    ///
    /// - Parameters:
    ///   - person: The person; nil is nobody of the house.
    ///   - time: When it was said.
    public mutating func say(_ person: String?, at time: Date) { words.append(Word(at: time, person: person)) }

    /// Takes back all that was said.
    public mutating func unsay() { words = [] }

    /// Whether somebody said who is listening.
    public var isSaid: Bool { !words.isEmpty }

    /// Who is listening now, as somebody said; `.some(nil)` is nobody of the house, nil when nobody said anything.
    public var saidNow: String?? { words.last.map(\.person) }

    /// The same of each play.
    public var said: [String??] {
        steps.map { step in
            (words.first { $0.at > step.play.startedAt } ?? words.last).map(\.person)
        }
    }
}
