/// The room that a device of ESPresense is nearest to. Each room reports its distance several times a second.
struct NearestRoom: Sendable {
    /// How long a room counts after its last word, in seconds.
    static let lastsS = 60.0
    /// How often a room that stays the same is reported again, in seconds.
    private static let renewalS = 20.0
    /// Another room must be nearer by this factor, so that a device between two rooms does not go to and fro.
    private static let hysteresis = 0.75

    private var room: String?
    private var distance = Double.infinity
    private var heardAt = -Double.infinity
    private var reportedAt = -Double.infinity

    /// Processes a distance.
    ///
    /// - Parameters:
    ///   - name: The room.
    ///   - metres: How far the device is from it.
    ///   - now: The time in seconds.
    ///   - limit: Farther than this, in metres, is no room.
    /// - Returns: The room to report; nil when there is nothing new.
    mutating func update(_ name: String, at metres: Double, _ now: Double, within limit: Double) -> String? {
        if name == room {
            distance = metres
            guard metres <= limit else { return nil }
            heardAt = now
            return now - reportedAt >= Self.renewalS ? report(at: now) : nil
        }
        let isGone = now - heardAt > Self.lastsS / 2 || distance > limit
        guard metres <= limit, isGone || metres < distance * Self.hysteresis else { return nil }
        (room, distance, heardAt) = (name, metres, now)
        return report(at: now)
    }

    private mutating func report(at now: Double) -> String? {
        reportedAt = now
        return room
    }

    private static let key = Array("\"distance\":".utf8)

    /// The number of the key `distance`, found without reading the rest; nil when there is none.
    static func distance(in payload: [UInt8]) -> Double? {
        guard payload.count < 4_096, let place = payload.firstRange(of: key) else { return nil }
        let digits = payload[place.upperBound...].drop { $0 == 0x20 }.prefix {
            (0x30...0x39).contains($0) || $0 == 0x2E
        }
        return Double(String(decoding: digits, as: UTF8.self))
    }
}
