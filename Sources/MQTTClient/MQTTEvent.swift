/// What happens on a client, in its order.
public enum MQTTEvent: Equatable, Sendable {
    /// The broker let us in and has answered every subscription: what is published from now on is heard. What it
    /// retains came, or will come, again.
    case connected(sessionPresent: Bool)
    /// The connection is gone or could not be made; said once for each cause, not for each attempt.
    case disconnected(MQTTError)
    /// A message arrived.
    case message(MQTTMessage)

    /// What it costs to keep, in bytes.
    var cost: Int {
        guard case .message(let message) = self else { return MQTTLimits.overheadBytes }
        return message.payload.count + message.topic.utf8.count + (message.correlationData?.count ?? 0)
            + MQTTLimits.overheadBytes
    }
}
