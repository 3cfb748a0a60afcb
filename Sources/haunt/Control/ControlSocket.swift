import Foundation
import Glibc
import Household
import NIOCore

/// The Unix socket beside a store, on which the daemon accepts operations from commands.
///
/// A request is one line: the name of an operation, a space, and its input as JSON. The answer is one line of JSON, see
/// ``ControlResponse``.
///
/// The path of a socket has room for 107 bytes, and a store may lie deeper. So its folder is opened, and the path goes
/// through the file descriptor.
struct ControlSocket: ~Copyable {
    /// The path, for file operations and messages.
    let displayPath: String
    private let folder: Int32
    private let name: String

    /// nil when the folder of the store cannot be opened.
    init?(forStoreAt path: String) {
        let url = URL(fileURLWithPath: path + ".sock")
        displayPath = url.path
        name = url.lastPathComponent
        folder = unsafe Glibc.open(url.deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return nil }
    }

    deinit { close(folder) }

    /// The path to bind or connect. It is valid as long as this value exists.
    var path: String { "/proc/self/fd/\(folder)/\(name)" }

    var exists: Bool { FileManager.default.fileExists(atPath: displayPath) }
}

extension Channel {
    /// The channel as async sequences of bytes. Both ends of the socket use it.
    func asyncChannel() -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> {
        eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: self) }
    }
}

/// Limits of the socket.
enum ControlLimits {
    /// Longest line that either side reads, in bytes.
    static let lineBytes = 64 << 20
    /// How long a command waits for the daemon to accept its connection, in seconds.
    static let connectS: Int64 = 5
    /// Number of rows of a file in one request.
    static let batchRows = 2_000
}

/// The answer to a request: data or an error.
struct ControlResponse<Answer> {
    var data: Answer?
    var error: ErrorView?
}

extension ControlResponse: Encodable where Answer: Encodable {}
extension ControlResponse: Decodable where Answer: Decodable {}

/// Splits the bytes of a connection into lines.
struct LineBuffer {
    private var pending = ByteBuffer()

    /// Adds a chunk.
    ///
    /// - Parameter chunk: Bytes as they were received.
    /// - Returns: The lines that are complete now, without their line feeds.
    /// - Throws: ``HouseholdError`` `too_large` when a line is longer than ``ControlLimits/lineBytes``.
    mutating func append(_ chunk: ByteBuffer) throws(HouseholdError) -> [ByteBuffer] {
        var lines: [ByteBuffer] = []
        var searched = pending.readableBytes
        pending.writeImmutableBuffer(chunk)
        while let end = pending.readableBytesView.dropFirst(searched).firstIndex(of: UInt8(ascii: "\n")) {
            let length = end - pending.readerIndex
            if let line = pending.readSlice(length: length) { lines.append(line) }
            pending.moveReaderIndex(forwardBy: 1)
            searched = 0
        }
        pending.discardReadBytes()
        guard pending.readableBytes <= ControlLimits.lineBytes else {
            throw HouseholdError(
                .tooLarge, "A line on the control socket has more than \(ControlLimits.lineBytes) bytes")
        }
        return lines
    }
}
