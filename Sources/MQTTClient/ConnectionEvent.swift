/// What libmosquitto says in its callbacks, copied.
enum ConnectionEvent {
    case connected(sessionPresent: Bool)
    case refused(reason: Int32)
    case closedByBroker(reason: Int32)
    case message(MQTTMessage)
    case oversized(topic: String, bytes: Int)
    case published(id: Int32, reason: Int32)
    case subscribed(id: Int32, reasons: [Int32])
}
