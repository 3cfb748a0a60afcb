import Household
import NIOCore
import Wire

/// Numbers messages and remembers the newest ones.
struct EventMemory: Sendable {
    private struct Entry {
        var number: Int
        var message: ByteBuffer
    }

    private var entries: [Entry] = []
    private var bytes = 0
    /// Number of the newest message.
    private var last = 0
    /// Number of the newest message that was remembered once and is forgotten.
    private var forgotten = 0

    /// Numbers a message.
    ///
    /// - Parameters:
    ///   - text: What it says.
    ///   - isRemembered: Whether it is kept for clients that come back.
    ///   - run: The first part of its id.
    /// - Returns: The message with its id.
    mutating func add(_ text: EventText, isRemembered: Bool, run: String) -> ByteBuffer {
        last += 1
        let message = text.message(id: lastID(run: run))
        guard isRemembered else { return message }
        entries.append(Entry(number: last, message: message))
        bytes += message.readableBytes
        forgetOldest()
        return message
    }

    /// The id of the newest message.
    func lastID(run: String) -> String { "\(run).\(last)" }

    /// The remembered messages after an id; nil when it is of another run, or some of them are forgotten.
    func messages(after id: String?, run: String) -> [ByteBuffer]? {
        guard let parts = id?.split(separator: ".", omittingEmptySubsequences: false), parts.count == 2,
            parts[0] == run, let number = Int(parts[1]), (forgotten...last).contains(number)
        else { return nil }
        return entries.filter { $0.number > number }.map(\.message)
    }

    /// Forgets all messages.
    mutating func forget() {
        forgotten = last
        entries = []
        bytes = 0
    }

    private mutating func forgetOldest() {
        var count = 0
        while entries.count - count > HTTPLimits.rememberedEvents
            || (bytes > HTTPLimits.rememberedEventBytes && count < entries.count)
        {
            bytes -= entries[count].message.readableBytes
            forgotten = entries[count].number
            count += 1
        }
        entries.removeFirst(count)
    }
}

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
        guard let json = try? announcement.json else { return nil }
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
