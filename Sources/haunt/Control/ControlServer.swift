import Foundation
import Household
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Lets commands on this machine use the house that the daemon has: a socket beside the store, for its owner alone.
struct ControlServer: Service {
    let household: Household
    let storePath: String
    let logger: Logger

    func run() async throws {
        guard let socket = ControlSocket(forStoreAt: storePath) else {
            throw Failure(code: .inputOutput, message: "Cannot open the folder of \(storePath)")
        }
        // The daemon holds the store's lock, so a socket that lies here is a dead one's.
        try? FileManager.default.removeItem(atPath: socket.displayPath)
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(unixDomainSocketPath: socket.path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: socket.displayPath)
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
                        let answer = try HouseholdJSON.encode(await answer(line))
                        try await outbound.write(ByteBuffer(bytes: answer + [UInt8(ascii: "\n")]))
                    }
                }
            }
        } catch {
            logger.debug("A command hung up: \(error)")
        }
    }

    private func answer(_ line: ByteBuffer) async -> ControlResponse {
        do {
            let request = try HouseholdJSON.decode(ControlRequest.self, from: Data(line.readableBytesView))
            guard let operation = HouseholdOperation(rawValue: request.operation) else {
                throw HouseholdError(
                    .notFound, "This daemon knows no \"\(request.operation)\"; is it older than the command?")
            }
            let answer = try await household.perform(operation, request.input, door: "cli")
            let data = try HouseholdJSON.decode(JSONValue.self, from: HouseholdJSON.encode(AnyEncodable(answer)))
            return ControlResponse(data: data)
        } catch let error as HouseholdError {
            return ControlResponse(error: ErrorView(error))
        } catch {
            logger.error("A command failed: \(error)")
            return ControlResponse(error: ErrorView(HouseholdError(.internal, "The daemon failed; its log says how")))
        }
    }
}
