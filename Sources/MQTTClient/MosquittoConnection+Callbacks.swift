import CMosquitto
import Foundation

// The callbacks are named functions: a closure formed in an isolated context would trap when C calls it.

/// Connects the library's callbacks to the `MosquittoConnection` that is its user data.
@unsafe
func setMosquittoCallbacks(on handle: OpaquePointer) {
    unsafe mosquitto_connect_v5_callback_set(handle, didConnect)
    unsafe mosquitto_disconnect_v5_callback_set(handle, didDisconnect)
    unsafe mosquitto_message_v5_callback_set(handle, didReceive)
    unsafe mosquitto_publish_v5_callback_set(handle, didPublish)
    unsafe mosquitto_subscribe_v5_callback_set(handle, didSubscribe)
    unsafe mosquitto_log_callback_set(handle, didLog)
}

/// Hands certificates over; a key with a passphrase is refused instead of asked for on the terminal.
@unsafe
func setMosquittoCertificates(on handle: OpaquePointer, _ tls: MQTTTLSConfiguration) -> Int32 {
    let directory = tls.caFile == nil ? MQTTTLSConfiguration.systemCADirectory : nil
    return unsafe mosquitto_tls_set(
        handle, tls.caFile, directory, tls.certificateFile, tls.keyFile, refusePassphrase)
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
                correlationData: MosquittoProperties.correlationData(in: properties), receivedAt: Date(),
                receivedUptimeS: ProcessInfo.processInfo.systemUptime)))
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

@unsafe
private func refusePassphrase(
    _: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32, _: UnsafeMutableRawPointer?
) -> Int32 {
    0
}
