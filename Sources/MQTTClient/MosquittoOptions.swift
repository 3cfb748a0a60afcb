import CMosquitto
import Foundation

/// Applies a configuration to a new libmosquitto handle, before it connects.
@unsafe
struct MosquittoOptions {
    let handle: OpaquePointer
    let configuration: MQTTConfiguration

    /// Sets protocol version, limits, credentials, certificates and last will.
    ///
    /// - Throws: ``MQTTError``: `invalidConfiguration` for a file that cannot be read, otherwise what libmosquitto reports.
    func apply() throws(MQTTError) {
        unsafe mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, Int32(MQTT_PROTOCOL_V5))
        unsafe mosquitto_int_option(handle, MOSQ_OPT_SEND_MAXIMUM, Int32(configuration.limits.maxInFlight))
        unsafe mosquitto_int_option(handle, MOSQ_OPT_TCP_NODELAY, 1)
        try unsafe setCredentials()
        try unsafe setCertificates()
        try unsafe setWill()
    }

    private func setCredentials() throws(MQTTError) {
        guard let username = unsafe configuration.username else { return }
        let password = try unsafe configuration.passwordFile.map(Self.password)
        try unsafe check(mosquitto_username_pw_set(handle, username, password))
    }

    private func setCertificates() throws(MQTTError) {
        guard unsafe configuration.url.usesTLS else { return }
        let tls = unsafe configuration.tls
        for file in [tls.caFile, tls.certificateFile, tls.keyFile].compactMap(\.self) {
            guard FileManager.default.isReadableFile(atPath: file) else {
                throw MQTTError(.invalidConfiguration, "\(file) cannot be read; TLS needs it.")
            }
        }
        let directory = tls.caFile == nil ? MQTTTLSConfiguration.systemCADirectory : nil
        try unsafe check(
            mosquitto_tls_set(handle, tls.caFile, directory, tls.certificateFile, tls.keyFile, refusePassphrase))
        try unsafe check(mosquitto_tls_insecure_set(handle, tls.allowsOtherHostNames))
    }

    private func setWill() throws(MQTTError) {
        guard let will = unsafe configuration.will else { return }
        try unsafe check(
            mosquitto_will_set_v5(
                handle, will.topic.string, Int32(will.payload.count), will.payload, Int32(will.qos.rawValue),
                will.retain, nil))
    }

    private func check(_ result: Int32) throws(MQTTError) {
        try unsafe MQTTError.check(mosquitto: result, url: configuration.url)
    }

    /// Reads the first line of a password file.
    ///
    /// - Throws: ``MQTTError`` with code `invalidConfiguration`. The message names the file, never its content.
    private static func password(inFile file: String) throws(MQTTError) -> String {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw MQTTError(.invalidConfiguration, "The password file \(file) cannot be read.")
        }
        guard let text = String(bytes: data, encoding: .utf8), !text.utf8.contains(0) else {
            throw MQTTError(.invalidConfiguration, "The password file \(file) is no text.")
        }
        return String(text.prefix { !$0.isNewline })
    }
}
