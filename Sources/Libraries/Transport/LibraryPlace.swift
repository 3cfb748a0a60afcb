import AsyncHTTPClient
import Household
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// A library and its address, as messages name them. It has no secret.
struct LibraryPlace: Sendable {
    /// The name in the configuration.
    let library: String
    /// The address without user and password, or the path.
    let address: String

    func away(_ why: String) -> LibraryProblem {
        LibraryProblem(
            .away,
            """
            Library \(library) at \(address) does not answer: \(Self.clause(why)). Check that it runs and that the address \
            is right.
            """
        )
    }

    func refused(_ why: String) -> LibraryProblem {
        LibraryProblem(
            .refused,
            "Library \(library) at \(address) refused Haunt: \(Self.clause(why)). Check user, password and token.")
    }

    func malformed(_ why: String) -> LibraryProblem {
        LibraryProblem(
            .malformed,
            "Library \(library) at \(address) cannot be read: \(Self.clause(why)). Check that the address and the kind of the library are right."
        )
    }

    /// Words of a server may be a sentence with a full stop.
    private static func clause(_ words: String) -> Substring {
        let end = words.lastIndex { !$0.isWhitespace && $0 != "." }
        return end.map { words[...$0] } ?? "it tells no reason"
    }

    /// The problem that an error of the transport is.
    func problem(_ error: any Error) -> any Error {
        switch error {
        case is LibraryProblem, is CancellationError: error
        case let error as HTTPClientError: problem(error)
        case is NIOTooManyBytesError: malformed("the answer is too large")
        case let error as NIOConnectionError: away(words(of: error))
        case let error as IOError: away(Self.words(of: error))
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            away("its TLS certificate is not trusted, or it does not speak TLS")
        case HTTPParserError.invalidEOFState: away("it closed the connection")
        case is ChannelError: away("the connection was closed")
        default: malformed("its answer breaks the protocol")
        }
    }

    private func problem(_ error: HTTPClientError) -> any Error {
        switch error {
        case .cancelled: CancellationError()
        case .connectTimeout, .deadlineExceeded, .readTimeout, .writeTimeout, .tlsHandshakeTimeout:
            away("it took too long")
        case .remoteConnectionClosed, .uncleanShutdown: away("it closed the connection")
        default: malformed("it is no HTTP server, or its answer is broken (\(error.shortDescription))")
        }
    }

    private func words(of error: NIOConnectionError) -> String {
        if let error = error.connectionErrors.first?.error as? IOError { return Self.words(of: error) }
        return error.connectionErrors.isEmpty ? "no such host" : "no connection"
    }

    private static func words(of error: IOError) -> String {
        switch error.errnoCode {
        case 111: "nothing listens there"
        case 104: "it closed the connection"
        case 110, 113, 101: "the host cannot be reached"
        default: "no connection (error \(error.errnoCode))"
        }
    }
}
