import Foundation
import Household
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Storage
import Wire

/// Performs the operations that commands send over the socket beside the store.
///
/// The socket is for the user of the daemon, and for its group where the folder of the store is (``StoreFolder``).
struct ControlServer: Service {
    let household: Household
    let storePath: String
    let logger: Logger

    func run() async throws {
        guard let socket = ControlSocket(forStoreAt: storePath) else {
            throw Failure(code: .inputOutput, message: "Cannot open the folder of \(storePath)")
        }
        // The daemon holds the lock on the store, so an existing socket is that of a killed daemon.
        try? FileManager.default.removeItem(atPath: socket.displayPath)
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(unixDomainSocketPath: socket.path) { $0.asyncChannel() }
        let mode = StoreFolder.mode(forStoreAt: storePath, groupMode: 0o060)
        try FileManager.default.setAttributes([.posixPermissions: Int(mode)], ofItemAtPath: socket.displayPath)
        try await server.executeThenClose { connections in
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in connections.cancelOnGracefulShutdown() {
                    group.addTask { await serve(connection) }
                }
                group.cancelAll()
            }
        }
        try? FileManager.default.removeItem(atPath: socket.displayPath)
    }

    private func serve(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async {
        do {
            try await connection.executeThenClose { inbound, outbound in
                var lines = LineBuffer()
                for try await chunk in inbound {
                    for line in try lines.append(chunk) {
                        let answer = try await response(to: line)
                        try await outbound.write(ByteBuffer(bytes: answer + [UInt8(ascii: "\n")]))
                    }
                }
            }
        } catch {
            logger.debug("The connection of a command broke: \(error)")
        }
    }

    private func response(to line: ByteBuffer) async throws -> Data {
        let parts = line.readableBytesView.split(separator: UInt8(ascii: " "), maxSplits: 1)
        do {
            let name = parts.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
            let input = OperationInput(door: .commandLine, payload: parts.count == 2 ? Array(parts[1]) : [])
            return try await response(of: Operations.named(name, on: .commandLine), input)
        } catch {
            let error = HouseholdError(answering: error) { logger.error("A command failed: \($0)") }
            return try WireJSON.encode(ControlResponse<Never>(error: ErrorView(error)))
        }
    }

    private func response<O: HouseholdOperation>(of operation: O.Type, _ input: OperationInput) async throws -> Data {
        try WireJSON.encode(ControlResponse(data: try await household.answer(operation, input)))
    }
}
