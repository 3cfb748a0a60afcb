import Foundation
import Household
import NIOCore
import NIOPosix
import Wire

/// Talks to the daemon that has a store, over a connection for each operation.
struct ControlClient: Sendable {
    private let storePath: String

    /// Looks for the daemon of a store; nil when there is none.
    static func connect(toStore path: String) async throws -> ControlClient? {
        let client = ControlClient(storePath: path)
        do {
            guard let connection = try await client.dial() else { return nil }
            try await connection.executeThenClose { _, _ in }
            return client
        } catch {
            // A socket that nobody answers on is what a killed daemon leaves behind; the lock tells whether one lives.
            return nil
        }
    }

    /// Connects; nil where there is no socket.
    private func dial() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer>? {
        guard let socket = ControlSocket(forStoreAt: storePath), socket.exists else { return nil }
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(ControlLimits.connectS))
        return try await bootstrap.connect(unixDomainSocketPath: socket.path) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
    }

    /// Has the daemon perform an operation.
    ///
    /// - Parameters:
    ///   - operation: Which.
    ///   - input: Its fields, or a batch.
    /// - Returns: Its answer.
    /// - Throws: ``HouseholdError`` from the daemon, or ``Failure`` when it went away.
    func answer<O: HouseholdOperation>(
        _ operation: O.Type, _ input: some Encodable
    ) async throws -> O.Answer where O.Answer: Decodable {
        let line = try Data("\(O.signature.name) ".utf8) + WireJSON.encode(input)
        guard let connection = try await dial() else { throw hungUp }
        let answer = try await connection.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: line + [UInt8(ascii: "\n")]))
            var lines = LineBuffer()
            for try await chunk in inbound {
                if let line = try lines.append(chunk).first { return line }
            }
            throw hungUp
        }
        let response = try WireJSON.decode(ControlResponse<O.Answer>.self, from: Data(answer.readableBytesView))
        if let error = response.error { throw HouseholdError(error.code, error.message, field: error.field) }
        guard let data = response.data else { throw hungUp }
        return data
    }

    private var hungUp: Failure {
        Failure(code: .unavailable, message: "The daemon that has \(storePath) hung up without an answer")
    }
}

/// Gathers chunks until they make lines.
struct LineBuffer {
    private var pending = ByteBuffer()

    /// Adds a chunk.
    ///
    /// - Returns: The lines that are whole now, without their ends.
    /// - Throws: ``HouseholdError`` when a line is longer than the limit.
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
