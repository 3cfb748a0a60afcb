public import Foundation

/// What speaks for a person besides what is played.
public enum ListenerEvidence: String, Codable, Sendable, CaseIterable {
    /// A voice was recognised.
    case voice
    /// Somebody pressed play, asked for a list, or said something of a track.
    case user
    /// Who is at home and in the room.
    case presence
}

/// A moment at which something spoke for a person at a speaker. It has no place.
public struct ListenerSign: Equatable, Codable, Sendable {
    /// When.
    public var at: Date
    public var person: String
    /// What it was.
    public var kind: ListenerEvidence
    /// Natural logarithm of its likelihood ratio.
    public var weight: Double
    /// Seconds after which, and before which, half of the weight is left; nil is until the end of the session.
    public var halfLifeS: Double?

    /// A recognised voice. A confidence of nil is not said.
    public static func voice(of person: String, confidence: Double?, at time: Date) -> ListenerSign {
        let sure = min(confidence ?? ListenerWeights.usualVoice, ListenerWeights.surestVoice)
        let odds = sure > 0.5 ? log(sure / (1 - sure)) : 0
        return ListenerSign(
            at: time, person: person, kind: .voice, weight: odds, halfLifeS: ListenerWeights.voiceHalfLifeS)
    }

    /// Somebody's account pressed play.
    public static func user(_ person: String, at time: Date) -> ListenerSign {
        ListenerSign(at: time, person: person, kind: .user, weight: ListenerWeights.user, halfLifeS: nil)
    }

    /// Somebody was named by a listen, a request or feedback at the speaker.
    public static func named(_ person: String, at time: Date) -> ListenerSign {
        ListenerSign(
            at: time, person: person, kind: .user, weight: ListenerWeights.named,
            halfLifeS: ListenerWeights.namedHalfLifeS)
    }

    /// What is left of the weight during a play.
    func weight(during play: HeardPlay) -> Double {
        guard let halfLifeS else { return at <= play.endedAt ? weight : 0 }
        let distance = max(play.startedAt.timeIntervalSince(at), at.timeIntervalSince(play.endedAt), 0)
        return weight * exp2(-distance / halfLifeS)
    }
}

/// Where a person is, as far as a speaker is concerned.
public enum ListenerPlace: Equatable, Sendable {
    case away
    /// At home, in a room that nobody knows.
    case home
    case otherRoom
    case sameRoom

    /// Natural logarithms of the likelihood ratios for people in these places, then for somebody else; nil is unknown.
    public static func weights(_ places: [ListenerPlace?]) -> [Double] {
        weights(ofPeople: places.map { $0?.weight ?? 0 })
    }

    /// Adds the weight of somebody else. A person's weight of 0 is an unknown place.
    static func weights(ofPeople people: [Double]) -> [Double] {
        let isSomebodyHome = people.contains { $0 != 0 && $0 != ListenerWeights.away }
        return people + [isSomebodyHome ? ListenerWeights.strangerWhileHome : 0]
    }

    /// Natural logarithm of its likelihood ratio.
    var weight: Double {
        switch self {
        case .away: ListenerWeights.away
        case .home: ListenerWeights.home
        case .otherRoom: ListenerWeights.otherRoom
        case .sameRoom: ListenerWeights.sameRoom
        }
    }
}

/// What is believed of one play, and the evidence that decided it.
public struct ListenerJudgement: Equatable, Sendable {
    /// A number for each person, then one for somebody else.
    public var posterior: [Double]
    /// The evidence without which it would be least likely; nil is likeness.
    public var deciding: ListenerEvidence?
    /// For each kind that says something, how likely it alone makes the likeliest; nil is likeness.
    public var weights: [ListenerEvidence?: Double]
}

extension ListenerSession {
    /// What is believed of each play, from those up to it, or from all of a session that is over.
    public func judgements(isOver: Bool) -> [ListenerJudgement] {
        zip(isOver ? smoothed : steps.map(\.belief), steps).map { judgement($0, $1, isOver: isOver) }
    }

    /// What is believed of the last play; nil before the first.
    public var judgement: ListenerJudgement? { steps.last.map { judgement($0.belief, $0, isOver: false) } }

    /// What is believed of whoever is listening at a time, also before the first play is over.
    ///
    /// - Parameters:
    ///   - time: The time.
    ///   - presence: Log likelihood ratios by where people are then; nil where nothing is known, as after a restart: then
    ///     that of the last play counts.
    ///   - isEverybodyAway: Whether nobody is at home then.
    /// - Returns: The judgement.
    public func judgement(at time: Date, presence: [Double]?, isEverybodyAway: Bool) -> ListenerJudgement {
        let moment = HeardPlay(trackID: TrackID(0), startedAt: time, endedAt: time)
        let last = steps.last
        let step = Step(
            play: moment, prior: prior, evidence: [], here: last?.here ?? prior.map { _ in 1 },
            belief: last?.belief ?? prior, presence: presence ?? last?.presence,
            isEverybodyAway: presence == nil ? last?.isEverybodyAway : isEverybodyAway)
        return judgement(step.belief, step, isOver: false)
    }

    private func judgement(_ belief: [Double], _ step: Step, isOver: Bool) -> ListenerJudgement {
        let sound = sound(belief, here: step.here, isOver: isOver)
        let told = told(during: step)
        let posterior = Self.weighed(sound, by: Array(told.values), step)
        let likeliest = posterior.indices.max { posterior[$0] < posterior[$1] } ?? 0
        var weights: [ListenerEvidence?: Double] = [nil: sound[likeliest]]
        var without: [ListenerEvidence?: Double] = [:]
        without[nil] = Self.weighed(prior, by: Array(told.values), step)[likeliest]
        for (kind, logs) in told {
            weights[kind] = Self.weighed(prior, by: [logs], step)[likeliest]
            without[kind] = Self.weighed(sound, by: told.filter { $0.key != kind }.map(\.value), step)[likeliest]
        }
        let order = [nil] + ListenerEvidence.allCases.map(Optional.some)
        let deciding = order.filter { without[$0] != nil }.min { (without[$0] ?? 1) < (without[$1] ?? 1) }
        return ListenerJudgement(posterior: posterior, deciding: deciding ?? nil, weights: weights)
    }

    /// Log likelihood ratios for each person and for somebody else, by kind, as far as a kind says something.
    func told(during step: Step) -> [ListenerEvidence: [Double]] {
        var told: [ListenerEvidence: [Double]] = [:]
        told[.presence] = step.presence
        for sign in lasting(during: step.play) {
            let weight = sign.weight(during: step.play)
            guard weight > 0.01, let place = people.firstIndex(of: sign.person) else { continue }
            var logs = told[sign.kind] ?? [Double](repeating: 0, count: people.count + 1)
            // The same said twice is no more than once.
            logs[place] = max(logs[place], weight)
            told[sign.kind] = logs
        }
        return told
    }

    /// The signs that count during a play: of those without an end, the last.
    private func lasting(during play: HeardPlay) -> [ListenerSign] {
        let signs = signs ?? []
        let last = signs.last { $0.halfLifeS == nil && $0.at <= play.endedAt }
        return signs.filter { $0.halfLifeS != nil } + [last].compactMap(\.self)
    }

    /// A posterior with evidence. While everybody is away, it is somebody else whatever it sounds like, but for error.
    static func weighed(_ sound: [Double], by logs: [[Double]], _ step: Step) -> [Double] {
        guard !logs.isEmpty else { return sound }
        let sums = logs.reduce([Double](repeating: 0, count: sound.count)) { zip($0, $1).map(+) }
        // Likeness is wrong now and then, however sure it is.
        let error = ListenerWeights.likenessError
        let open = sound.map { (1 - error) * $0 + error / Double(sound.count) }
        let weighed = zip(open, sums).map { $0 * exp($1) }.normalized
        guard step.isEverybodyAway == true else { return weighed }
        let rest = weighed.map { $0 * (1 - ListenerWeights.strangerWhileAway) }
        return rest.dropLast() + [(rest.last ?? 0) + ListenerWeights.strangerWhileAway]
    }
}
