/// Every topic of the bridge below its base, out and in. `docs/mqtt-topics.md` describes them for users.
struct BridgeTopics: Sendable {
    /// What stands for no profile on a speaker's topic.
    static let nobody = "nobody"
    /// First level or levels of all of them.
    let base: String

    /// The base as one level that Home Assistant allows in a discovery topic.
    var node: String {
        String(base.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
    }

    var state: String { "\(base)/bridge/state" }
    var info: String { "\(base)/bridge/info" }
    var health: String { "\(base)/bridge/health" }
    var event: String { "\(base)/bridge/event" }
    var listen: String { "\(base)/listen" }

    /// Where a request is answered: under the name it was asked by, whether that is known or not.
    func response(to operation: String) -> String { "\(base)/bridge/response/\(operation)" }
    func request(_ operation: String) -> String { "\(base)/bridge/request/\(operation)" }
    func profile(_ name: String) -> String { "\(base)/profile/\(name)" }
    func speaker(_ level: String, _ leaf: String) -> String { "\(base)/speaker/\(level)/\(leaf)" }

    /// What the bridge subscribes to.
    var inbound: [String] {
        [listen, request("#")] + InboundTopic.SpeakerVerb.allCases.map { speaker("+", $0.rawValue) }
    }

    /// Retained topics beside those of the bridge itself.
    var kept: [String] { [profile("+"), speaker("+", "state")] }
}

/// A topic on which somebody asks for something.
enum InboundTopic: Equatable, Sendable {
    /// What can be asked of a speaker, by the levels below its own.
    enum SpeakerVerb: String, CaseIterable, Sendable {
        case request
        case feedback
        case setProfile = "profile/set"
        case setGuest = "guest/set"
        case setTotalTracks = "total_tracks/set"
        case setMode = "mode/set"
    }

    /// A listen.
    case listen
    /// An operation by its name, which may not exist.
    case operation(String)
    /// A speaker, by its topic level.
    case speaker(String, SpeakerVerb)

    /// Reads a topic; nil when it is none of these.
    init?(_ topic: String, in topics: BridgeTopics) {
        guard topic.hasPrefix(topics.base + "/") else { return nil }
        let levels = topic.dropFirst(topics.base.count + 1).split(separator: "/", omittingEmptySubsequences: false)
        switch levels.first {
        case "listen" where levels.count == 1: self = .listen
        case "bridge" where levels.count > 2 && levels[1] == "request":
            self = .operation(levels[2...].joined(separator: "/"))
        case "speaker" where levels.count >= 3:
            guard let verb = SpeakerVerb(rawValue: levels[2...].joined(separator: "/")) else { return nil }
            self = .speaker(String(levels[1]), verb)
        default: return nil
        }
    }
}
