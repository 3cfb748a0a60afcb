import Foundation

// Reading of the posterior. Whatever is returned has a number for each person, then one for somebody else.
extension ListenerSession {
    /// The posterior of the last play from all plays up to it.
    public var current: [Double] { judgement?.posterior ?? sound(prior, here: prior.map { _ in 1 }, isOver: false) }

    /// The posterior of each play from all plays of the session: forward and backward.
    public var lookingBack: [[Double]] { judgements(isOver: true).map(\.posterior) }

    /// The chance that each play sounds like somebody else's, new music of a person included.
    public var strangeness: [Double] {
        zip(zip(smoothed, steps), said).map { heard, said in
            if let said { return said == nil ? 1 : 0 }
            return zip(heard.0, heard.1.here).map(*).normalized.last ?? 0
        }
    }

    /// Whether each play sounds so much like somebody else's that it tells what strangers play.
    public var strange: [Bool] { strangeness.map(ListenerVerdict.isStrange) }

    var smoothed: [[Double]] {
        var after = [Double](repeating: 1, count: prior.count)
        var posteriors: [[Double]] = []
        for step in steps.reversed() {
            posteriors.append(zip(step.belief, after).map(*).normalized)
            let later = zip(step.evidence.likelihoods, after).map(*)
            // The first play has none before it.
            let stay = step.stay ?? prior.map { _ in ListenerWeights.stayUnknown }
            after = ListenerTransition(stay: stay, arrival: step.prior).backward(later)
        }
        return posteriors.reversed()
    }

    /// Excludes who is elsewhere, and gives back to the people what only sounds like somebody else: new music of theirs.
    /// When all plays of a session are known, those who are left are told apart better than each play says.
    func sound(_ belief: [Double], here: [Double], isOver: Bool) -> [Double] {
        let present = zip(belief, here).map(*).normalized
        let stranger = present.last ?? 0
        let strangers = pow(stranger, ListenerWeights.strangerPower) * ListenerWeights.strangerShare
        let known = Array(stranger < 1 - 1e-9 ? present.dropLast() : prior.dropLast()).normalized
        let sharpness = isOver ? ListenerWeights.wholeSession : 1
        return known.map { pow($0, sharpness) }.normalized.map { $0 * (1 - strangers) } + [strangers]
    }
}

extension [Double] {
    /// The same numbers with a sum of 1.
    var normalized: [Double] {
        let sum = reduce(0, +)
        return sum > 0 ? map { $0 / sum } : map { _ in 1 / Double(Swift.max(count, 1)) }
    }

    /// Of logarithms: their exponentials, the largest 1.
    var likelihoods: [Double] {
        let top = self.max() ?? 0
        return map { exp($0 - top) }
    }
}
