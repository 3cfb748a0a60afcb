import CMosquitto
import Foundation

// libmosquitto calls these functions on the loop thread, inside the calls of `MosquittoConnection`.
// They are named functions, because a closure that is formed in an isolated context traps when C calls it.

/// Registers the callbacks. Their user data must be a `MosquittoConnection` that outlives the handle.
@unsafe
func setMosquittoCallbacks(on handle: OpaquePointer) {
    unsafe mosquitto_connect_v5_callback_set(handle, didConnect)
    unsafe mosquitto_disconnect_v5_callback_set(handle, didDisconnect)
    unsafe mosquitto_message_v5_callback_set(handle, didReceive)
    unsafe mosquitto_publish_v5_callback_set(handle, didPublish)
    unsafe mosquitto_subscribe_v5_callback_set(handle, didSubscribe)
    unsafe mosquitto_log_callback_set(handle, didLog)
}

/// Refuses a key file with a passphrase. Without this callback OpenSSL would ask for it on the terminal.
@unsafe
func refusePassphrase(
    _: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32, _: UnsafeMutableRawPointer?
) -> Int32 {
    0
}

@unsafe
private func connection(_ userData: UnsafeMutableRawPointer?) -> MosquittoConnection? {
    unsafe userData.map { unsafe Unmanaged<MosquittoConnection>.fromOpaque($0).takeUnretainedValue() }
}

@unsafe
private func didConnect(
    _: OpaquePointer?, userData: UnsafeMutableRawPointer?, reason: Int32, flags: Int32, _: OpaquePointer?
) {
    let sessionPresent = flags & 1 != 0
    unsafe connection(userData)?
        .record(reason == 0 ? .connected(sessionPresent: sessionPresent) : .refused(reason: reason))
}

@unsafe
private func didDisconnect(
    _: OpaquePointer?, userData: UnsafeMutableRawPointer?, reason: Int32, _: OpaquePointer?
) {
    unsafe connection(userData)?.record(.closedByBroker(reason: reason))
}

@unsafe
private func didReceive(
    _: OpaquePointer?, userData: UnsafeMutableRawPointer?, message: UnsafePointer<mosquitto_message>?,
    properties: OpaquePointer?
) {
    guard let connection = unsafe connection(userData), let message = unsafe message?.pointee else { return }
    let topic = unsafe message.topic.map { unsafe String(cString: $0) } ?? ""
    let count = unsafe Int(message.payloadlen)
    guard count <= connection.maxPayloadBytes else {
        connection.record(.oversized(topic: topic, bytes: count))
        return
    }
    let bytes = unsafe UnsafeRawBufferPointer(start: message.payload, count: message.payload == nil ? 0 : count)
    unsafe connection.record(
        .message(
            MQTTMessage(
                topic: topic, payload: [UInt8](bytes), isRetained: message.retain,
                qos: MQTTQoS(rawValue: UInt8(clamping: message.qos)) ?? .atMostOnce,
                responseTopic: MosquittoProperties.responseTopic(in: properties),
                correlationData: MosquittoProperties.correlationData(in: properties),
                receivedAt: connection.receiving.date, receivedUptimeS: connection.receiving.uptimeS)))
}

@unsafe
private func didPublish(
    _: OpaquePointer?, userData: UnsafeMutableRawPointer?, id: Int32, reason: Int32, _: OpaquePointer?
) {
    unsafe connection(userData)?.record(.published(id: id, reason: reason))
}

@unsafe
private func didSubscribe(
    _: OpaquePointer?, userData: UnsafeMutableRawPointer?, id: Int32, count: Int32, reasons: UnsafePointer<Int32>?,
    _: OpaquePointer?
) {
    let reasons = unsafe Array(UnsafeBufferPointer(start: reasons, count: reasons == nil ? 0 : Int(count)))
    unsafe connection(userData)?.record(.subscribed(id: id, reasons: reasons))
}

@unsafe
private func didLog(_: OpaquePointer?, userData: UnsafeMutableRawPointer?, level: Int32, text: UnsafePointer<CChar>?) {
    guard level == MOSQ_LOG_ERR, let text = unsafe text else { return }
    unsafe connection(userData)?.record(complaint: String(cString: text))
}

/// Converts between Swift values and libmosquitto's lists of MQTT 5 properties.
enum MosquittoProperties {
    /// The properties of a publication. The caller must free the list.
    @unsafe
    static func list(of publication: MQTTPublication) -> OpaquePointer? {
        var list: OpaquePointer?
        if let topic = publication.responseTopic {
            unsafe mosquitto_property_add_string(&list, Int32(MQTT_PROP_RESPONSE_TOPIC.rawValue), topic.string)
        }
        if let data = publication.correlationData {
            unsafe mosquitto_property_add_binary(
                &list, Int32(MQTT_PROP_CORRELATION_DATA.rawValue), data, UInt16(clamping: data.count))
        }
        if let seconds = publication.messageExpiryS {
            unsafe mosquitto_property_add_int32(&list, Int32(MQTT_PROP_MESSAGE_EXPIRY_INTERVAL.rawValue), seconds)
        }
        return unsafe list
    }

    @unsafe
    fileprivate static func responseTopic(in list: OpaquePointer?) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard let list = unsafe list,
            unsafe mosquitto_property_read_string(list, Int32(MQTT_PROP_RESPONSE_TOPIC.rawValue), &text, false) != nil,
            let text = unsafe text
        else { return nil }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }

    @unsafe
    fileprivate static func correlationData(in list: OpaquePointer?) -> [UInt8]? {
        var bytes: UnsafeMutableRawPointer?
        var count: UInt16 = 0
        guard let list = unsafe list,
            unsafe mosquitto_property_read_binary(
                list, Int32(MQTT_PROP_CORRELATION_DATA.rawValue), &bytes, &count, false) != nil
        else { return nil }
        defer { unsafe free(bytes) }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : Int(count)))
    }
}
