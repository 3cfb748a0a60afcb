import CMosquitto
import Foundation

/// What libmosquitto reports in its callbacks, copied.
enum ConnectionEvent {
    case connected(sessionPresent: Bool)
    case refused(reason: Int32)
    case closedByBroker(reason: Int32)
    case message(MQTTMessage)
    case oversized(topic: String, bytes: Int)
    case published(id: Int32, reason: Int32)
    case subscribed(id: Int32, reasons: [Int32])
}

/// One connection to the broker, from connect to its end.
///
/// Each attempt uses a new one, so that no state of a lost connection remains in the library and changed certificates
/// and passwords are read again.
///
/// ## Concurrency model
/// Confined to the loop thread, which creates it, calls every method and releases it. libmosquitto runs the callbacks
/// inside those calls on the same thread, and they only append to `events`. The library's user data is an unretained
/// pointer to this object, which owns the handle and therefore outlives it.
@safe
final class MosquittoConnection {
    private static let libraryResult: Int32 = mosquitto_lib_init()

    /// When the socket was last found readable: that is when the messages came that are read since.
    private(set) var receiving: (date: Date, uptimeS: Double) = (Date(), ProcessInfo.processInfo.systemUptime)
    /// When bytes of the broker were last read, in seconds of the system's uptime. nil before the first.
    private(set) var lastPacketUptimeS: Double?
    private var events: [ConnectionEvent] = []
    private var eventBytes = 0
    /// When events were last taken, in seconds of the system's uptime.
    private var takenUptimeS = -Double.infinity
    /// Whether the messages that were last read are acknowledged. The broker waits for that, after a few of them.
    private var isBrokerWaiting = false
    /// The last error that the library logged. It makes the message of the error that follows more precise.
    private var complaint: String?
    private let handle: OpaquePointer
    private let configuration: MQTTConfiguration

    /// Creates the handle. Nothing is sent yet.
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
        unsafe setMosquittoCallbacks(on: handle)
        try unsafe MosquittoOptions(handle: handle, configuration: configuration).apply()
    }

    deinit {
        unsafe mosquitto_destroy(handle)
    }

    /// The largest payload a callback may copy, in bytes.
    var maxPayloadBytes: Int { configuration.limits.maxPayloadBytes }

    /// Resolves the host, connects and sends CONNECT. Blocks while the network does.
    func connect() throws(MQTTError) {
        var properties: OpaquePointer?
        defer { unsafe mosquitto_property_free_all(&properties) }
        unsafe mosquitto_property_add_int32(
            &properties, Int32(MQTT_PROP_MAXIMUM_PACKET_SIZE.rawValue), configuration.limits.maxPacketBytes)
        unsafe mosquitto_property_add_int32(
            &properties, Int32(MQTT_PROP_SESSION_EXPIRY_INTERVAL.rawValue), configuration.sessionExpiryS)
        let url = configuration.url
        try check(
            unsafe mosquitto_connect_bind_v5(
                handle, url.host, Int32(url.port), Int32(configuration.keepAliveS), nil, properties))
    }

    /// Waits for the socket, then reads, writes and checks keepalive once.
    ///
    /// - Returns: The error that ended the connection, if any. Events from before it wait in `takeEvents()`.
    func turn(_ wakeUp: WakeUp, milliseconds: Int32) -> MQTTError? {
        let socket = unsafe mosquitto_socket(handle)
        let ready = unsafe wakeUp.wait(
            socket: socket, writing: mosquitto_want_write(handle),
            milliseconds: events.isEmpty ? milliseconds : MQTTLimits.gatheringMs)
        do throws(MQTTError) {
            if ready.canRead {
                letPacketsGather(wakeUp)
                receiving = (Date(), ProcessInfo.processInfo.systemUptime)
                try read()
                lastPacketUptimeS = receiving.uptimeS
            }
            if ready.canWrite { try check(unsafe mosquitto_loop_write(handle, 1)) }
            try check(unsafe mosquitto_loop_misc(handle))
            return nil
        } catch {
            return error
        }
    }

    /// Whether the events should be taken now. In a flood the reader wakes up once for
    /// ``MQTTLimits/gatheringMs``, and not for each message.
    var areEventsDue: Bool {
        guard !events.isEmpty, events.count < MQTTLimits.maxReadsPerTurn else { return true }
        return ProcessInfo.processInfo.systemUptime - takenUptimeS >= Double(MQTTLimits.gatheringMs) / 1_000
    }

    /// Returns the events since the last call.
    func takeEvents() -> [ConnectionEvent] {
        eventBytes = 0
        if !events.isEmpty { takenUptimeS = ProcessInfo.processInfo.systemUptime }
        return exchange(&events, with: [])
    }

    /// - Returns: The message id that the SUBACK will carry.
    func subscribe(to filter: TopicFilter, qos: MQTTQoS) throws(MQTTError) -> Int32 {
        var id: Int32 = 0
        try check(unsafe mosquitto_subscribe_v5(handle, &id, filter.string, Int32(qos.rawValue), 0, nil))
        return id
    }

    func unsubscribe(from filter: TopicFilter) throws(MQTTError) {
        try check(unsafe mosquitto_unsubscribe_v5(handle, nil, filter.string, nil))
    }

    /// - Returns: The message id that the acknowledgement will carry.
    func publish(_ publication: MQTTPublication) throws(MQTTError) -> Int32 {
        var properties = unsafe MosquittoProperties.list(of: publication)
        defer { unsafe mosquitto_property_free_all(&properties) }
        var id: Int32 = 0
        try check(
            unsafe mosquitto_publish_v5(
                handle, &id, publication.topic.string, Int32(publication.payload.count), publication.payload,
                Int32(publication.qos.rawValue), publication.retain, properties))
        return id
    }

    /// Sends DISCONNECT, after which the broker discards the last will, and waits until it is written or `deadline`.
    func disconnect(_ wakeUp: WakeUp, by deadline: ContinuousClock.Instant) {
        _ = unsafe mosquitto_disconnect_v5(handle, 0, nil)
        while unsafe mosquitto_socket(handle) >= 0, deadline > .now {
            guard turn(wakeUp, milliseconds: deadline.millisecondsFromNow) == nil else { return }
        }
    }

    /// Appends an event. Called by the callbacks.
    func record(_ event: ConnectionEvent) {
        if case .message(let message) = event {
            eventBytes += message.payload.count
            if message.qos != .atMostOnce { isBrokerWaiting = true }
        }
        events.append(event)
    }

    /// Remembers an error that the library logged. Called by the log callback.
    func record(complaint: String) {
        self.complaint = complaint
    }

    /// Waits for ``MQTTLimits/gatheringMs`` when packets came less than that ago, so that many are read at once in a flood.
    ///
    /// A signal ends the wait.
    private func letPacketsGather(_ wakeUp: WakeUp) {
        let sinceLastS = ProcessInfo.processInfo.systemUptime - receiving.uptimeS
        guard !isBrokerWaiting, sinceLastS < Double(MQTTLimits.gatheringMs) / 1_000 else { return }
        _ = wakeUp.wait(socket: -1, writing: false, milliseconds: MQTTLimits.gatheringMs)
    }

    /// Reads packets until there is none left or the batch is full.
    ///
    /// `mosquitto_loop_read` reads one packet a call. This loop saves a `poll` for each of them, and the library's
    /// acknowledgements leave together.
    private func read() throws(MQTTError) {
        isBrokerWaiting = false
        holdBack(true)
        defer { holdBack(false) }
        for _ in 0..<MQTTLimits.maxReadsPerTurn {
            let seen = events.count
            try check(unsafe mosquitto_loop_read(handle, 1))
            guard events.count > seen, eventBytes < maxPayloadBytes else { return }
        }
    }

    /// Makes the system collect what is written, and send it together when this ends. It has no effect but on TCP.
    private func holdBack(_ holds: Bool) {
        var value: Int32 = holds ? 1 : 0
        unsafe setsockopt(
            mosquitto_socket(handle), Int32(IPPROTO_TCP), TCP_CORK, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private func check(_ result: Int32, errno number: Int32 = errno) throws(MQTTError) {
        try MQTTError.check(mosquitto: result, errno: number, complaint: complaint, url: configuration.url)
    }
}
