import CMosquitto
import Foundation

/// MQTT 5 properties in and out of libmosquitto's lists.
enum MosquittoProperties {
    /// The properties of a publication; the caller frees the list.
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

    /// Where the sender wants an answer.
    @unsafe
    static func responseTopic(in list: OpaquePointer?) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard let list = unsafe list,
            unsafe mosquitto_property_read_string(list, Int32(MQTT_PROP_RESPONSE_TOPIC.rawValue), &text, false) != nil,
            let text = unsafe text
        else { return nil }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }

    /// What an answer must carry.
    @unsafe
    static func correlationData(in list: OpaquePointer?) -> [UInt8]? {
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
