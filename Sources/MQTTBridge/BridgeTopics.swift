/// Every topic of the bridge below its base, out and in.
///
/// `docs/mqtt-topics.md` describes them for users.
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

    /// Where a request is answered, known or not: under the name it was asked by.
    func response(to operation: String) -> String { "\(base)/bridge/response/\(operation)" }
    func request(_ operation: String) -> String { "\(base)/bridge/request/\(operation)" }
    func profile(_ name: String) -> String { "\(base)/profile/\(name)" }
    func speaker(_ level: String, _ leaf: String) -> String { "\(base)/speaker/\(level)/\(leaf)" }

    /// What the bridge subscribes to.
    var inbound: [String] {
        [
            listen, request("#"), speaker("+", "request"), speaker("+", "feedback"), speaker("+", "profile/set"),
            speaker("+", "guest/set"), speaker("+", "total_tracks/set"), speaker("+", "mode/set"),
        ]
    }

    /// What the broker keeps of us besides the bridge's own topics.
    var kept: [String] { [profile("+"), speaker("+", "state")] }
}

/// Somebody asks for something, by the topic they ask on.
enum InboundTopic: Equatable, Sendable {
    /// A listen.
    case listen
    /// An operation by its name, which may not exist.
    case operation(String)
    /// A list on a speaker, named by its level.
    case speakerRequest(String)
    /// What somebody says of a track on a speaker.
    case speakerFeedback(String)
    /// A speaker's profile.
    case speakerProfile(String)
    /// A speaker's guest mode.
    case speakerGuest(String)
    /// How many tracks a speaker's lists have.
    case speakerTotalTracks(String)
    /// Which music a speaker's lists have.
    case speakerMode(String)

    /// Reads a topic below the base; nil when it is none of ours.
    init?(_ topic: String, in topics: BridgeTopics) {
        guard topic.hasPrefix(topics.base + "/") else { return nil }
        let levels = topic.dropFirst(topics.base.count + 1).split(separator: "/", omittingEmptySubsequences: false)
        switch levels.first {
        case "listen" where levels.count == 1: self = .listen
        case "bridge" where levels.count > 2 && levels[1] == "request":
            self = .operation(levels[2...].joined(separator: "/"))
        case "speaker" where levels.count >= 3:
            switch levels[2...].joined(separator: "/") {
            case "request": self = .speakerRequest(String(levels[1]))
            case "feedback": self = .speakerFeedback(String(levels[1]))
            case "profile/set": self = .speakerProfile(String(levels[1]))
            case "guest/set": self = .speakerGuest(String(levels[1]))
            case "total_tracks/set": self = .speakerTotalTracks(String(levels[1]))
            case "mode/set": self = .speakerMode(String(levels[1]))
            default: return nil
            }
        default: return nil
        }
    }
}
