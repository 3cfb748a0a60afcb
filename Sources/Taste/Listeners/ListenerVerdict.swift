/// What a posterior amounts to.
public enum ListenerVerdict: String, Codable, Sendable, CaseIterable {
    /// Sure enough to give the play to somebody.
    case assigned
    /// Somebody is shown and asked about; the play stays open.
    case suggested
    /// Too uncertain to name anybody.
    case unknown

    /// The verdict on the likeliest.
    public init(_ p: Double) {
        self = p >= ListenerWeights.assigned ? .assigned : p >= ListenerWeights.suggested ? .suggested : .unknown
    }

    /// Whether a play sounds so much like somebody else's that it tells what strangers play.
    static func isStrange(_ strangeness: Double) -> Bool { strangeness >= ListenerWeights.strangerLearning }
}

/// Somebody who may have heard a play, and how likely.
public struct LikelyListener: Equatable, Codable, Sendable {
    /// The person; nil is somebody else.
    public var name: String?
    /// The chance, 0 to 1.
    public var p: Double

    /// Creates one.
    public init(name: String?, p: Double) {
        self.name = name
        self.p = p
    }

    /// A posterior as a list, the likeliest first.
    public static func list(_ posterior: [Double], of people: [String]) -> [LikelyListener] {
        let all = zip(people.map(Optional.some) + [nil], posterior).map { LikelyListener(name: $0, p: $1) }
        return all.enumerated().sorted { ($0.element.p, -$0.offset) > ($1.element.p, -$1.offset) }.map(\.element)
    }
}

extension ListenerSession {
    /// To whom each play is given, all plays considered; nil where it stays open, or is nobody's of the house.
    var owners: [String?] {
        zip(lookingBack, said).map { posterior, said in
            if let said { return said }
            let first = zip(people, posterior).max { $0.1 < $1.1 }
            return first.flatMap { ListenerVerdict($0.1) == .assigned ? $0.0 : nil }
        }
    }
}
