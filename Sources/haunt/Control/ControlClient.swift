import Foundation
import Household
import NIOCore
import NIOPosix
import Wire

/// Sends operations to the daemon that holds a store. Each has a connection of its own.
struct ControlClient: Sendable {
    private let storePath: String

    /// Connects to the daemon of a store to see that it is there; nil when it is not.
    static func connect(toStore path: String) async throws -> ControlClient? {
        let client = ControlClient(storePath: path)
        do {
            guard let connection = try await client.connect() else { return nil }
            try await connection.executeThenClose { _, _ in }
            return client
        } catch {
            // A killed daemon leaves a socket that nobody answers on. The lock on the store shows whether one runs.
            return nil
        }
    }

    /// Connects; nil when there is no socket.
    private func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer>? {
        guard let socket = ControlSocket(forStoreAt: storePath), socket.exists else { return nil }
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(ControlLimits.connectS))
        return try await bootstrap.connect(unixDomainSocketPath: socket.path) { $0.asyncChannel() }
    }

    /// Makes the daemon perform an operation.
    ///
    /// - Parameters:
    ///   - operation: The type of the operation.
    ///   - input: Its fields, or a batch of rows.
    /// - Returns: Its answer.
    /// - Throws: ``HouseholdError`` from the daemon, ``Failure`` with code 69 when the connection breaks.
    func answer<O: HouseholdOperation>(
        _ operation: O.Type, _ input: some Encodable
    ) async throws -> O.Answer where O.Answer: Decodable {
        let line = try Data("\(O.signature.name) ".utf8) + WireJSON.encode(input)
        let answer = try await exchange(ByteBuffer(bytes: line + [UInt8(ascii: "\n")]))
        let response = try WireJSON.decode(ControlResponse<O.Answer>.self, from: Data(answer.readableBytesView))
        if let error = response.error { throw HouseholdError(error.code, error.message, field: error.field) }
        guard let data = response.data else { throw disconnected }
        return data
    }

    /// Sends a line and receives the first line of the answer.
    ///
    /// - Throws: ``Failure`` with code 69 when the connection breaks, at whatever moment the daemon ends.
    private func exchange(_ line: ByteBuffer) async throws -> ByteBuffer {
        do {
            guard let connection = try await connect() else { throw disconnected }
            return try await connection.executeThenClose { inbound, outbound in
                try await outbound.write(line)
                var lines = LineBuffer()
                for try await chunk in inbound {
                    if let line = try lines.append(chunk).first { return line }
                }
                throw disconnected
            }
        } catch let error as HouseholdError {
            throw error
        } catch {
            throw disconnected
        }
    }

    private var disconnected: Failure {
        Failure(code: .unavailable, message: "The daemon that has \(storePath) hung up without an answer")
    }
}
