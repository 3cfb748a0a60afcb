import Household
import Wire

/// A message that a user wrote for a player of their own, with places where a list's values go.
public struct CommandTemplate: Equatable, Sendable {
    /// Where it goes.
    public var topic: TextTemplate
    /// What it says.
    public var payload: TextTemplate
    /// Whether there is one for each track that has an address, rather than one for the list.
    public var forEachTrack: Bool

    /// Creates a message.
    ///
    /// - Throws: ``TextTemplate/Mistake`` when a place names a value that there is not.
    public init(topic: String, payload: String, forEachTrack: Bool) throws(TextTemplate.Mistake) {
        let names = Self.names(forEachTrack: forEachTrack)
        self.topic = try TextTemplate(topic, names: names)
        self.payload = try TextTemplate(payload, names: names)
        self.forEachTrack = forEachTrack
    }

    /// Names of the values that a message may have.
    ///
    /// - Parameter forEachTrack: Whether it is one of a track.
    /// - Returns: The names.
    public static func names(forEachTrack: Bool) -> [String] {
        let list = [
            "id", "speaker_name", "profile", "vibe", "mode", "enqueue", "duration_s", "total_tracks", "uris",
            "playlist",
        ]
        let track = ["position", "track_id", "title", "artist", "album", "uri", "track_duration_s"]
        return forEachTrack ? list + track : list
    }

    func messages(for playlist: PlaylistView) -> [CommandMessage] {
        // Our own values always encode.
        let json = (try? WireJSON.decode(JSONValue.self, from: WireJSON.encode(playlist))) ?? .null
        guard case .object(var values) = json, case .array(let tracks) = values["tracks"] else { return [] }
        values["playlist"] = json
        values["total_tracks"] = .number(Double(tracks.count))
        values["uris"] = .array(tracks.compactMap { $0["uri"] }.filter { $0 != .null })
        guard forEachTrack else { return [message(values)] }
        return tracks.compactMap { track in
            guard case .object(var own) = track, case .string = own["uri"] else { return nil }
            own["track_duration_s"] = own.removeValue(forKey: "duration_s")
            return message(values.merging(own) { $1 })
        }
    }

    private func message(_ values: [String: JSONValue]) -> CommandMessage {
        CommandMessage(topic.filled(with: values), payload.filled(with: values))
    }
}
