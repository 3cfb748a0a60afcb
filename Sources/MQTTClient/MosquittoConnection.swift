import CMosquitto
import Foundation

/// One connection to the broker, from dialling to its end; a new one is made for each attempt, so that nothing of a
/// lost connection lingers in the library and changed certificates and passwords are taken up.
///
/// ## Concurrency model
/// Confined to the loop thread: it makes the connection, calls every method and lets it go. libmosquitto runs the
/// callbacks inside those calls, on the same thread; they only copy into `events`. The library points back at this
/// object, which owns the handle and so outlives it.
@safe
final class MosquittoConnection {
    private static let libraryResult: Int32 = mosquitto_lib_init()

    /// What the library has said since `takeEvents()` was last called.
    private var events: [ConnectionEvent] = []
    private var eventBytes = 0
    /// The library's last words about an error, for the message of the error that follows.
    private var complaint: String?
    private let handle: OpaquePointer
    private let configuration: MQTTConfiguration

    /// Prepares a connection; nothing is sent yet.
    init(_ configuration: MQTTConfiguration) throws(MQTTError) {
        let cleanStart = configuration.sessionExpiryS == 0
        guard Self.libraryResult == MOSQ_ERR_SUCCESS.rawValue,
            let handle = unsafe mosquitto_new(configuration.clientID, cleanStart, nil)
        else {
            throw MQTTError(.library, "libmosquitto cannot be set up: \(String(describingErrno: errno)).")
        }
        unsafe self.handle = unsafe handle
        self.configuration = configuration
        unsafe mosquitto_user_data_set(handle, Unmanaged.passUnretained(self).toOpaque())
        setOptions()
        unsafe setMosquittoCallbacks(on: handle)
        try setCredentials()
        try setCertificates()
        try setWill()
    }

    deinit {
        unsafe mosquitto_destroy(handle)
    }

    /// Looks the host up and connects; blocks for as long as the network takes.
    func dial() throws(MQTTError) {
        var properties: OpaquePointer?
        defer { unsafe mosquitto_property_free_all(&properties) }
        unsafe mosquitto_property_add_int32(
            &properties, Int32(MQTT_PROP_MAXIMUM_PACKET_SIZE.rawValue), configuration.limits.maxPacketBytes)
        unsafe mosquitto_property_add_int32(
            &properties, Int32(MQTT_PROP_SESSION_EXPIRY_INTERVAL.rawValue), configuration.sessionExpiryS)
        let url = configuration.url
        let result = unsafe mosquitto_connect_bind_v5(
            handle, url.host, Int32(url.port), Int32(configuration.keepAliveS), nil, properties)
        let reason = errno
        try check(result, errno: reason)
    }

    /// Sleeps until there is something to do, and does it.
    ///
    /// - Returns: Why the connection is over, if it is; the events up to that point wait in `takeEvents()`.
    func turn(_ wakeUp: WakeUp, milliseconds: Int32) -> MQTTError? {
        let socket = unsafe mosquitto_socket(handle)
        let ready = unsafe wakeUp.wait(
            socket: socket, writing: mosquitto_want_write(handle),
            milliseconds: events.isEmpty ? milliseconds : 0)
        do throws(MQTTError) {
            if ready.canRead { try read() }
            if ready.canWrite { try check(unsafe mosquitto_loop_write(handle, 1)) }
            try check(unsafe mosquitto_loop_misc(handle))
            return nil
        } catch {
            return error
        }
    }

    /// What the library has said since the last call.
    func takeEvents() -> [ConnectionEvent] {
        eventBytes = 0
        return exchange(&events, with: [])
    }

    /// Asks for the messages of a filter.
    func subscribe(to filter: TopicFilter, qos: MQTTQoS) throws(MQTTError) -> Int32 {
        var id: Int32 = 0
        try check(unsafe mosquitto_subscribe_v5(handle, &id, filter.string, Int32(qos.rawValue), 0, nil))
        return id
    }

    /// Asks for them no more.
    func unsubscribe(from filter: TopicFilter) throws(MQTTError) {
        try check(unsafe mosquitto_unsubscribe_v5(handle, nil, filter.string, nil))
    }

    /// Hands a publication over.
    ///
    /// - Returns: The id its acknowledgement will carry.
    func publish(_ publication: MQTTPublication) throws(MQTTError) -> Int32 {
        var properties = unsafe MosquittoProperties.list(of: publication)
        defer { unsafe mosquitto_property_free_all(&properties) }
        var id: Int32 = 0
        let result = unsafe mosquitto_publish_v5(
            handle, &id, publication.topic.string, Int32(publication.payload.count), publication.payload,
            Int32(publication.qos.rawValue), publication.retain, properties)
        let reason = errno
        try check(result, errno: reason)
        return id
    }

    /// Says goodbye, so that the broker keeps the last will to itself, and waits until it is written.
    func disconnect(_ wakeUp: WakeUp, by deadline: ContinuousClock.Instant) {
        _ = unsafe mosquitto_disconnect_v5(handle, 0, nil)
        while unsafe mosquitto_socket(handle) >= 0, deadline > .now {
            let pause = Int32(clamping: (deadline - .now).milliseconds + 1)
            guard turn(wakeUp, milliseconds: pause) == nil else { return }
        }
    }

    /// Keeps what a callback saw.
    func record(_ event: ConnectionEvent) {
        if case .message(let message) = event { eventBytes += message.payload.count }
        events.append(event)
    }

    /// Keeps what the library complains about.
    func record(complaint: String) {
        self.complaint = complaint
    }

    /// The largest payload a callback copies.
    var maxPayloadBytes: Int { configuration.limits.maxPayloadBytes }

    /// The library reads one packet a call; as long as packets come, the next is read without asking `poll` again.
    private func read() throws(MQTTError) {
        for _ in 0..<MQTTLimits.maxReadsPerTurn {
            let seen = events.count
            try check(unsafe mosquitto_loop_read(handle, 1))
            guard events.count > seen, eventBytes < configuration.limits.maxPayloadBytes else { return }
        }
    }

    private func check(_ result: Int32, errno reason: Int32 = errno) throws(MQTTError) {
        guard result != MOSQ_ERR_SUCCESS.rawValue else { return }
        throw MQTTError(mosquitto: result, errno: reason, complaint: complaint, url: configuration.url)
    }

    private func setOptions() {
        unsafe mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, Int32(MQTT_PROTOCOL_V5))
        unsafe mosquitto_int_option(handle, MOSQ_OPT_SEND_MAXIMUM, Int32(configuration.limits.maxInFlight))
        unsafe mosquitto_int_option(handle, MOSQ_OPT_TCP_NODELAY, 1)
    }

    private func setCredentials() throws(MQTTError) {
        guard let username = configuration.username else { return }
        let password = try configuration.passwordFile.map(MQTTPassword.read)
        try check(unsafe mosquitto_username_pw_set(handle, username, password))
    }

    private func setCertificates() throws(MQTTError) {
        guard configuration.url.usesTLS else { return }
        let tls = configuration.tls
        for file in [tls.caFile, tls.certificateFile, tls.keyFile].compactMap(\.self) {
            guard FileManager.default.isReadableFile(atPath: file) else {
                throw MQTTError(.invalidConfiguration, "\(file) cannot be read; TLS needs it.")
            }
        }
        try check(unsafe setMosquittoCertificates(on: handle, tls))
        try check(unsafe mosquitto_tls_insecure_set(handle, tls.allowsOtherHostNames))
    }

    private func setWill() throws(MQTTError) {
        guard let will = configuration.will else { return }
        try check(
            unsafe mosquitto_will_set_v5(
                handle, will.topic.string, Int32(will.payload.count), will.payload, Int32(will.qos.rawValue),
                will.retain, nil))
    }
}
