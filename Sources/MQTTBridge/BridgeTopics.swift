/// All topics of the bridge. `docs/mqtt-topics.md` describes them for users.
struct BridgeTopics: Sendable {
    /// The payload of `profile/set` that unmaps a speaker.
    static let nobody = "nobody"
    /// The word for a speaker that several profiles share.
    static let shared = "shared"
    /// First level or levels of every topic.
    let base: String

    /// The base as one level with the characters that Home Assistant allows in a discovery topic.
    var node: String {
        String(base.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
    }

    var state: String { "\(base)/bridge/state" }
    var info: String { "\(base)/bridge/info" }
    var health: String { "\(base)/bridge/health" }
    var event: String { "\(base)/bridge/event" }
    var listen: String { "\(base)/listen" }

    /// The topic of the answer to a request, also to one for an unknown operation.
    func response(to operation: String) -> String { "\(base)/bridge/response/\(operation)" }
    func request(_ operation: String) -> String { "\(base)/bridge/request/\(operation)" }
    func profile(_ name: String) -> String { "\(base)/profile/\(name)" }
    func speaker(_ level: String, _ leaf: String) -> String { "\(base)/speaker/\(level)/\(leaf)" }

    /// The topic filters of requests and listens.
    var inbound: [String] {
        [listen, request("#")] + InboundTopic.SpeakerVerb.allCases.map { speaker("+", $0.rawValue) }
    }

    /// The topic filters of retained states of profiles and speakers.
    var retained: [String] { [profile("+"), speaker("+", "state"), speaker("+", "listener")] }
}

/// A topic of a request or a listen.
enum InboundTopic: Equatable, Sendable {
    /// The levels below that of a speaker on which clients publish.
    enum SpeakerVerb: String, CaseIterable, Sendable {
        case request
        case feedback
        case setProfile = "profile/set"
        case setGuest = "guest/set"
        case setTotalTracks = "total_tracks/set"
        case setMode = "mode/set"
        case setShared = "shared/set"
        case setListener = "listener/set"
    }

    case listen
    /// The name of an operation, which may not exist.
    case operation(String)
    /// The topic level of a speaker, and what is asked.
    case speaker(String, SpeakerVerb)

    /// nil for any other topic.
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
