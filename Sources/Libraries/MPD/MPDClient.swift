import Household
import NIOCore
import NIOPosix

/// Talks with an MPD server. Each conversation has a connection of its own, because MPD closes idle ones.
struct MPDClient: Sendable {
    let place: LibraryPlace
    let host: String
    let port: Int
    let password: String?

    /// Asks one thing.
    ///
    /// - Parameters:
    ///   - command: What is asked.
    ///   - patience: How long it may take; nil to wait until the task is cancelled.
    /// - Returns: The answer.
    /// - Throws: ``LibraryProblem``, `CancellationError`.
    func ask(_ command: String, patience: Duration? = ServerLimits.patience) async throws -> [MPDPair] {
        try await ask([command], patience: patience)[0]
    }

    /// Asks several things, one after the other.
    ///
    /// - Parameters:
    ///   - commands: What is asked.
    ///   - patience: How long it may take; nil to wait until the task is cancelled.
    ///   - goesOn: Tells by an answer whether to ask the next thing.
    /// - Returns: An answer for each command that was asked.
    /// - Throws: ``LibraryProblem``, `CancellationError`.
    func ask(
        _ commands: [String], patience: Duration? = ServerLimits.patience,
        goesOn: @escaping @Sendable ([MPDPair]) -> Bool = { _ in true }
    ) async throws -> [[MPDPair]] {
        do {
            return try await place.within(patience) { try await converse(commands, goesOn) }
        } catch is MPDAnswerReader.Malformed {
            throw place.malformed("it does not speak MPD's protocol")
        }
    }

    private func converse(
        _ commands: [String], _ goesOn: @Sendable ([MPDPair]) -> Bool
    ) async throws -> [[MPDPair]] {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(10)).channelOption(.socketOption(.so_keepalive), value: 1)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let all = (password.map { ["password \(Self.quoted($0))"] } ?? []) + commands
        let signIn = all.count - commands.count
        let answers = try await channel.executeThenClose { inbound, outbound in
            var (reader, answers) = (MPDAnswerReader(), [[MPDPair]]())
            var isGreeted = false
            for try await bytes in inbound {
                try reader.append(bytes.readableBytesView)
                if !isGreeted {
                    guard try reader.greeting() != nil else { continue }
                    isGreeted = true
                    try await outbound.write(ByteBuffer(string: all[0] + "\n"))
                }
                while let answer = try answer(&reader) {
                    answers.append(answer)
                    if answers.count == all.count || answers.count > signIn && !goesOn(answer) { return answers }
                    try await outbound.write(ByteBuffer(string: all[answers.count] + "\n"))
                }
            }
            try Task.checkCancellation()
            throw place.away("it closed the connection")
        }
        return Array(answers.dropFirst(signIn))
    }

    private func answer(_ reader: inout MPDAnswerReader) throws -> [MPDPair]? {
        do {
            return try reader.answer()
        } catch let refusal as MPDRefusal {
            throw [3, 4].contains(refusal.code) ? place.refused(refusal.message) : place.malformed(refusal.message)
        } catch is MPDAnswerReader.Malformed {
            throw place.malformed("it does not speak MPD's protocol, or its answer is too large")
        }
    }

    /// A text as an argument of a command. A line feed would begin another command.
    static func quoted(_ text: String) -> String {
        let plain = text.filter { !$0.isNewline && $0 != "\0" }
        return "\"" + plain.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
