/// How the parts of the daemon are that this door does not see by itself.
public struct DaemonStatus: Sendable {
    /// What is wrong with the broker; nil when it has let us in.
    public var brokerProblem: String?
    /// Messages that wait to be understood.
    public var inboundDepth: Int
    /// Messages that wait to be sent.
    public var outboundDepth: Int
    /// Player messages taken in, by source.
    public var messages: [String: Int]

    /// Creates a status.
    public init(brokerProblem: String?, inboundDepth: Int, outboundDepth: Int, messages: [String: Int]) {
        self.brokerProblem = brokerProblem
        self.inboundDepth = inboundDepth
        self.outboundDepth = outboundDepth
        self.messages = messages
    }
}
