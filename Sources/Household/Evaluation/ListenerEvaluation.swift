public import Wire

/// How sure Haunt was of the listeners of shared speakers, and how often people corrected it.
public struct ListenerEvaluationView: Codable, Equatable, Sendable {
    /// Listens that were judged.
    public var listens = 0
    /// Those that were given to somebody without a word of anybody.
    public var named = 0
    /// Mean confidence of those; null when there is none.
    @ExplicitNull public var confidence: Double?
    /// Listens of which somebody said whose they are.
    public var told = 0
    /// How many of those had that person as the likeliest.
    public var right = 0
    /// How many of those would have been given to somebody else.
    public var corrected = 0

    /// Counts listens of shared speakers.
    init(_ listens: some Sequence<Listen>) {
        var sum = 0.0
        for listen in listens {
            guard let opinion = listen.event.opinion, let likeliest = opinion.likely.first else { continue }
            self.listens += 1
            if listen.isJudged, listen.event.rule != .said {
                guard let confidence = opinion.confidence else { continue }
                named += 1
                sum += confidence
            } else {
                told += 1
                let isRight = likeliest.profile == listen.profileName
                if isRight { right += 1 } else if ListenerOpinion.assigns(likeliest) { corrected += 1 }
            }
        }
        confidence = named > 0 ? sum / Double(named) : nil
    }

    /// What that is in a sentence; nil when nothing was judged.
    public var sentence: String? {
        guard listens > 0 else { return nil }
        let sure = confidence.map { ", \($0.percent) sure" } ?? ""
        let given = "Shared speakers: \(named) of \(listens) listens were given to somebody\(sure)."
        guard told > 0 else { return "\(given) Nobody has said of any whose it is." }
        return "\(given) People said of \(told) whose they are: \(right) as Haunt thought, \(corrected) corrected."
    }
}
