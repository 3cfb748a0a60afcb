import Household
import NIOCore
import Wire

/// An event as lines of `text/event-stream`.
///
/// https://html.spec.whatwg.org/multipage/server-sent-events.html
struct EventText {
    /// A line that clients ignore. It keeps proxies from closing the connection, and shows clients that it is alive.
    static let heartbeat = ByteBuffer(string: ": heartbeat\n\n")
    /// How long a client should wait before it connects again, in milliseconds.
    static let retry = ByteBuffer(string: "retry: 2000\n\n")

    private let lines: ByteBuffer

    /// nil when the data cannot be written as JSON.
    init?(_ announcement: Announcement) {
        // JSON has no line breaks in it, so that one line has all of it.
        guard let json = try? WireJSON.encode(announcement) else { return nil }
        var lines = ByteBuffer(string: "event: \(announcement.type)\ndata: ")
        lines.writeBytes(json)
        lines.writeString("\n")
        self.lines = lines
    }

    /// The message. Without an id a client goes on from the one it had.
    func message(id: String?) -> ByteBuffer {
        var message = lines
        message.writeString(id.map { "id: \($0)\n\n" } ?? "\n")
        return message
    }
}
